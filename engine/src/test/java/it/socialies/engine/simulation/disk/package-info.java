// SPDX-License-Identifier: EUPL-1.2
/**
 * A disk that loses, tears, fails, fills and rots, as a file system of its own: code that is given a path of it runs unchanged. What a process sees is
 * kept in real files in memory, so that Chronicle Queue can map them; what would survive a cut of power is kept beside.
 */
@NullMarked
package it.socialies.engine.simulation.disk;

import org.jspecify.annotations.NullMarked;

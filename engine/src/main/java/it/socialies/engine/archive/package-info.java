// SPDX-License-Identifier: EUPL-1.2
/**
 * When the days of the journal move to the archive, and by whom: a process of the lowest priority beside the node, or the operator's hand. How they
 * move, and how they are read there, is in {@code engine.journal}.
 */
@NullMarked
package it.socialies.engine.archive;

import org.jspecify.annotations.NullMarked;

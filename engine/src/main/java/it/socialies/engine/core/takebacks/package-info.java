// SPDX-License-Identifier: EUPL-1.2
/** Money that goes back from a pocket to its fund because somebody decided so, one pocket or a whole batch. */
@NullMarked
package it.socialies.engine.core.takebacks;

import org.jspecify.annotations.NullMarked;

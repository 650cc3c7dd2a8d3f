// SPDX-License-Identifier: EUPL-1.2
/** The synthetic town of Balestrate: pure data, the same for the same seed. */
@NullMarked
package it.socialies.ops.town;

import org.jspecify.annotations.NullMarked;

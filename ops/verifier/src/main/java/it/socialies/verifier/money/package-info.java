// SPDX-License-Identifier: EUPL-1.2
/** What the records moved, replayed into plain accounts by the rules of the trade. */
@NullMarked
package it.socialies.verifier.money;

import org.jspecify.annotations.NullMarked;

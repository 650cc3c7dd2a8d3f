// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import java.util.Locale;

/** How far the job is with a settlement. What became of the settlement afterwards, the core knows. */
enum DrawingState {
    /** What shops are owed of the period is being looked up. */
    PLANNING,
    /** Lines are being drawn. */
    DRAWING,
    /** Another person has it before them. */
    PROPOSED,
    /** Nothing was owed: the settlement was cancelled by itself. */
    EMPTY,
    /** The core refused something: somebody has to look at it, and to cancel it. */
    STOPPED,
    CANCELLED;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

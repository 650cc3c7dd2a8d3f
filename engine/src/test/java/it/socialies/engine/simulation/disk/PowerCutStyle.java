// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation.disk;

import java.util.SplittableRandom;

/** What becomes of the sectors that were written and not synchronised when the power goes. */
enum PowerCutStyle {
    /** None reached the disk. */
    ALL_LOST,
    /** All reached the disk. */
    ALL_KEPT,
    /** They were written in order, up to some place. */
    BEGINNING_KEPT,
    /** In order, and the one being written is torn. */
    TORN,
    /** In any order: each is there or not. */
    ANY_KEPT,
    /** In any order, and one is torn. */
    ANY_KEPT_AND_TORN;

    boolean survives(int place, int prefix, SplittableRandom random) {
        return switch (this) {
            case ALL_LOST -> false;
            case ALL_KEPT -> true;
            case BEGINNING_KEPT, TORN -> place < prefix;
            case ANY_KEPT, ANY_KEPT_AND_TORN -> random.nextBoolean();
        };
    }

    boolean tears() {
        return this == TORN || this == ANY_KEPT_AND_TORN;
    }

    static PowerCutStyle draw(SplittableRandom random) {
        return values()[random.nextInt(values().length)];
    }
}

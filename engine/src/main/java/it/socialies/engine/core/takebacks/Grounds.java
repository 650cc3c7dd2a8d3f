// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.takebacks;

/** Why money is taken back: {@code 8 × reference of the act + reason}, the {@code extra} of such proposals. */
public final class Grounds {
    private static final int REASON_BITS = 3;
    private static final long FIRST_REFERENCE = 1L << REASON_BITS;
    private static final int LAST_REASON = 5;

    private Grounds() {}

    /** True when both an act and a reason that there is are named. */
    public static boolean areValid(final long extra) {
        return extra >= FIRST_REFERENCE && reason(extra) >= 1 && reason(extra) <= LAST_REASON;
    }

    /** The reason, from 1. */
    public static int reason(final long extra) {
        return (int) (extra & FIRST_REFERENCE - 1);
    }
}

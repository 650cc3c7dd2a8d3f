// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

/** Bounds of amounts, in minor units. */
public final class Amounts {
    /** No single amount is larger: 10^14 minor units, so that ten thousand times as much stays exact in 64 bits. */
    public static final long MAX = 100_000_000_000_000L;

    private Amounts() {}

    /** True for 1 … {@link #MAX}. */
    public static boolean isPositive(final long amount) {
        return amount > 0 && amount <= MAX;
    }

    /** True for 0, which is no limit, … {@link #MAX}. */
    public static boolean isLimit(final long amount) {
        return amount >= 0 && amount <= MAX;
    }

    /** True for −{@link #MAX} … {@link #MAX} without 0. */
    public static boolean isSigned(final long amount) {
        return amount != 0 && amount >= -MAX && amount <= MAX;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

/**
 * Bounds of the core. Tables grow by doubling up to these; a command that needs more is refused with {@code LIMIT_REACHED}, one that needs
 * more keys with {@code BUSY}.
 *
 * @param accounts accounts of all kinds
 * @param wallets wallets
 * @param cards cards, replaced ones included
 * @param pockets wallet and programme pairs that ever received money
 * @param holds draws of the payments present
 * @param payments payments present: made, and not yet closed
 * @param proposals proposals
 * @param programmes programmes
 * @param merchants merchants
 * @param outlets outlets
 * @param terminals terminals
 * @param operators operators
 * @param circuits circuits
 * @param keys idempotency keys in the window
 * @param keyRetentionMinMs keys younger than this never leave the window: a full window answers {@code BUSY}
 * @param keyRetentionMaxMs keys older than this leave the window at the next tick
 */
public record CoreLimits(
        int accounts,
        int wallets,
        int cards,
        int pockets,
        int holds,
        int payments,
        int proposals,
        int programmes,
        int merchants,
        int outlets,
        int terminals,
        int operators,
        int circuits,
        int keys,
        long keyRetentionMinMs,
        long keyRetentionMaxMs) {

    /**
     * Defaults for an installation of a few towns. They fit the heap that {@code ops/jvm/node} gives, so that a full
     * table is an answer and not the end of the process, and 4 GiB for all processes together.
     */
    public static CoreLimits defaults() {
        return new CoreLimits(
                4_000_000,
                1_250_000,
                1_250_000,
                2_000_000,
                4_000_000,
                2_500_000,
                250_000,
                10_000,
                50_000,
                100_000,
                100_000,
                50_000,
                10_000,
                3_000_000,
                5 * 60_000L,
                24 * 3_600_000L);
    }
}

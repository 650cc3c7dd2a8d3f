// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which payments a run makes. Each has a number, and the same number is the same payment whoever makes it, so that different ledgers can be asked for
 * exactly the same.
 *
 * <p>Threading: any.
 */
public final class Purchases {
    /** Enough that no cache holds what is asked for next. */
    private static final int USUAL_LENGTH = 1 << 20;

    private final int[] wallets;
    private final int[] shops;
    private final int[] cents;
    private final AtomicLong next = new AtomicLong();

    /**
     * A round of so many payments, which then begins anew.
     *
     * @param wallets of the town, all alike
     * @param shops of the town, all alike
     * @param centsMax payments are of 1 to so many cents
     */
    public Purchases(int length, int wallets, int shops, int centsMax, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        this.wallets = random.ints(length, 0, wallets).toArray();
        this.shops = random.ints(length, 0, shops).toArray();
        this.cents = random.ints(length, 1, centsMax + 1).toArray();
    }

    /** Payments of a cent by anybody anywhere. */
    public static Purchases anywhere(TownPlan plan) {
        return new Purchases(USUAL_LENGTH, plan.wallets(), plan.merchants(), 1, 11);
    }

    /** Payments in a round. */
    public int length() {
        return wallets.length;
    }

    /** Takes the next number. */
    public long take() {
        return take(1);
    }

    /** Takes so many numbers at once; returns the first. */
    public long take(int numbers) {
        return next.getAndAdd(numbers);
    }

    /** Numbers taken so far. */
    public long taken() {
        return next.get();
    }

    public int wallet(long number) {
        return wallets[(int) (number % wallets.length)];
    }

    public int shop(long number) {
        return shops[(int) (number % shops.length)];
    }

    public int cents(long number) {
        return cents[(int) (number % cents.length)];
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.postgres;

import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.town.Purchases;

/**
 * What every wallet spent and every shop earned, in cents; wallets and shops count from 0.
 *
 * <p>Threading: one thread.
 */
final class Balances {
    private final long[] spent;
    private final long[] earned;

    Balances(int wallets, int shops) {
        spent = new long[wallets];
        earned = new long[shops];
    }

    /** What whole rounds of these payments make. */
    static Balances of(Purchases purchases, long rounds, int wallets, int shops) {
        Balances balances = new Balances(wallets, shops);
        for (int number = 0; number < purchases.length(); number++) {
            balances.spend(purchases.wallet(number), rounds * purchases.cents(number));
            balances.earn(purchases.shop(number), rounds * purchases.cents(number));
        }
        return balances;
    }

    void spend(int wallet, long cents) {
        spent[wallet] = Math.addExact(spent[wallet], cents);
    }

    void earn(int shop, long cents) {
        earned[shop] = Math.addExact(earned[shop], cents);
    }

    /**
     * Every account is what it must be.
     *
     * @param who whose balances these are, for the message
     * @throws SuiteFailed naming the first account that is not: then the figures compare different things
     */
    void mustEqual(Balances expected, String who) throws SuiteFailed {
        mustEqual(spent, expected.spent, who, "wallet");
        mustEqual(earned, expected.earned, who, "shop");
    }

    private static void mustEqual(long[] found, long[] expected, String who, String what) throws SuiteFailed {
        for (int i = 0; i < expected.length; i++) {
            if (found[i] != expected[i]) {
                throw new SuiteFailed(
                        who + " has " + found[i] + " cents at " + what + " " + i + ", and not " + expected[i]);
            }
        }
    }
}

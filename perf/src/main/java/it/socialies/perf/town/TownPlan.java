// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

/**
 * How large a town is.
 *
 * @param wallets each with one card and a PIN
 * @param merchants each with one outlet and one enrolled terminal
 * @param programmes every wallet has a pocket of each; a payment draws from the one that ends first
 * @param pocketCents what each pocket holds
 * @param iesWallets how many of the wallets hold IES too, to transfer it
 * @param iesCents what each of these holds
 */
public record TownPlan(int wallets, int merchants, int programmes, long pocketCents, int iesWallets, long iesCents) {

    /** So many wallets, a shop for every fifty of them, two programmes, pockets that no run empties. */
    public static TownPlan of(int wallets) {
        return new TownPlan(wallets, Math.max(1, wallets / 50), 2, 1_000_000, Math.min(wallets, 1_000), 1_000_000_000);
    }
}

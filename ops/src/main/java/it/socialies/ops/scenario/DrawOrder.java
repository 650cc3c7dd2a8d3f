// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import it.socialies.ops.scenario.Checkout.Sale;

/** Shows which of two programmes on a card pays first: the one that ends first. One thread. */
final class DrawOrder {
    private static final long CENTS = 100;

    private final WalletView wallets;
    private final Told told;

    DrawOrder(WalletView wallets, Told told) {
        this.wallets = wallets;
        this.told = told;
    }

    /** Buys for one euro where both programmes are admitted; {@code first} pays, {@code second} does not. */
    void show(Checkout checkout, TownCircuit circuit, String first, String second, String reference) {
        CardHolder holder = circuit.holders().stream()
                .filter(each -> wallets.available(each.walletId(), first) >= CENTS
                        && wallets.available(each.walletId(), second) >= CENTS)
                .findFirst()
                .orElseThrow(() -> new ScenarioFailed("Nessuno ha due programmi | nobody has two programmes"));
        long firstBefore = wallets.available(holder.walletId(), first);
        long secondBefore = wallets.available(holder.walletId(), second);
        checkout.pay(new Sale(holder, circuit.tills().getFirst(), CENTS, CENTS, reference));
        Told.require(wallets.available(holder.walletId(), first), firstBefore - CENTS, "Prima | drawn first " + first);
        Told.require(wallets.available(holder.walletId(), second), secondBefore, "Dopo | drawn later " + second);
        told.done(
                "Due programmi su una tessera: paga prima " + first + ", che scade prima di " + second,
                "two programmes on a card: " + first + " pays first, it ends before " + second);
    }
}

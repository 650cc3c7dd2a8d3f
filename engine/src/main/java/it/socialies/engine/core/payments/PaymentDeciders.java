// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.payments;

import it.socialies.engine.core.cards.CardCheck;
import it.socialies.engine.core.cards.CardSpending;
import it.socialies.engine.core.cards.Cards;
import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Holds;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.merchants.MerchantAccounts;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.core.merchants.TerminalAccess;
import it.socialies.engine.core.merchants.Terminals;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.rules.Rules;
import it.socialies.engine.core.spending.ShopDays;
import it.socialies.engine.core.spending.Spending;
import it.socialies.engine.core.vouchers.Pockets;

/**
 * The deciders of payments, wired together.
 *
 * @param pay makes payments
 * @param change captures, voids, refunds and expires them
 */
public record PaymentDeciders(PayDecider pay, PaymentDecider change) {

    /** Wires them on these tables. */
    public PaymentDeciders(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Holds holds,
            final Payments payments,
            final Merchants merchants,
            final Terminals terminals,
            final TerminalAccess terminalAccess,
            final MerchantAccounts payables,
            final Wallets wallets,
            final Cards cards,
            final CardSpending cardSpending,
            final CardCheck check,
            final Programmes programmes,
            final Pockets pockets,
            final Rules rules,
            final Spending spending,
            final ShopDays shopDays,
            final GraceGrants graces,
            final Refunds refunds,
            final Access access) {
        this(
                new PayDecider(
                        events,
                        ledger,
                        accounts,
                        holds,
                        payments,
                        merchants,
                        terminals,
                        terminalAccess,
                        payables,
                        cards,
                        cardSpending,
                        check,
                        new Drawing(accounts, wallets, programmes, pockets, rules, spending, shopDays)),
                new PaymentDecider(
                        events, ledger, holds, payments, graces, refunds, terminals, terminalAccess, access));
    }
}

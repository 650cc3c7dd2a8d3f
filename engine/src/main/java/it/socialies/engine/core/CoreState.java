// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.core.approvals.Proposals;
import it.socialies.engine.core.cards.CardGrants;
import it.socialies.engine.core.cards.Cards;
import it.socialies.engine.core.cards.Pins;
import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.circuit.DatedRoles;
import it.socialies.engine.core.circuit.Installation;
import it.socialies.engine.core.circuit.Operators;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.core.disputes.Disputes;
import it.socialies.engine.core.emergency.EmergencyAwards;
import it.socialies.engine.core.emergency.EmergencyFunds;
import it.socialies.engine.core.funds.Commitments;
import it.socialies.engine.core.idempotency.KeyWindow;
import it.socialies.engine.core.ies.TransferCount;
import it.socialies.engine.core.kernel.HashSums;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Holds;
import it.socialies.engine.core.merchants.MerchantAccounts;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.core.merchants.Terminals;
import it.socialies.engine.core.payments.Payments;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.rules.Rules;
import it.socialies.engine.core.settlement.Payees;
import it.socialies.engine.core.settlement.SettlementAccounts;
import it.socialies.engine.core.settlement.SettlementLines;
import it.socialies.engine.core.settlement.Settlements;
import it.socialies.engine.core.spending.ShopDays;
import it.socialies.engine.core.spending.Spending;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.EntityHash;

/** All tables of the core. They change by events alone: {@link EventTable}. */
final class CoreState implements StateTable {
    private static final int INITIAL_KEYS = 1024;

    final HashSums sums = new HashSums();
    final Installation installation = new Installation();
    final KeyWindow keys;
    final Accounts accounts;
    final Holds holds;
    final Circuits circuits;
    final Operators operators;
    final DatedRoles datedRoles;
    final Proposals proposals;
    final Merchants merchants;
    final Terminals terminals;
    final SettlementAccounts merchantAccounts = new SettlementAccounts(
            new MerchantAccounts(), new MerchantAccounts(), new MerchantAccounts(), new MerchantAccounts());
    final Settlements settlements;
    final SettlementLines settlementLines;
    final Payees payees;
    final Disputes disputes;
    final Wallets wallets;
    final Cards cards;
    final Pins pins;
    final CardGrants cardGrants;
    final Programmes programmes;
    final Commitments commitments;
    final Pockets pockets;
    final Rules rules;
    final Spending spending;
    final ShopDays shopDays;
    final EmergencyFunds emergencyFunds;
    final EmergencyAwards emergencyAwards;
    final Payments payments;
    final TransferCount transferCount = new TransferCount();

    /** All with a state that snapshots hold, in their order there. */
    private final StateTable[] tables;

    CoreState(final CoreLimits limits, final long layoutSeed) {
        keys = new KeyWindow(INITIAL_KEYS, limits.keys(), layoutSeed);
        accounts = new Accounts(limits.accounts(), limits.circuits(), sums);
        holds = new Holds(limits.holds(), sums);
        circuits = new Circuits(limits.circuits(), sums, accounts);
        operators = new Operators(limits.operators(), sums);
        datedRoles = new DatedRoles(limits.operators(), sums);
        proposals = new Proposals(limits.proposals(), sums);
        merchants = new Merchants(limits.merchants(), sums);
        terminals = new Terminals(limits.outlets(), limits.terminals(), sums);
        wallets = new Wallets(limits.wallets(), sums);
        cards = new Cards(limits.cards(), sums);
        pins = new Pins(limits.cards(), cards, sums);
        cardGrants = new CardGrants(limits.cards(), limits.wallets(), cards, wallets, sums);
        programmes = new Programmes(limits.programmes(), sums);
        commitments = new Commitments(limits.programmes(), programmes, accounts, sums);
        pockets = new Pockets(
                limits.pockets(), limits.accounts(), limits.wallets(), limits.programmes(), programmes, sums);
        rules = new Rules(limits.holds(), limits.programmes(), programmes, sums);
        spending = new Spending(limits.pockets(), sums);
        shopDays = new ShopDays(limits.holds(), limits.pockets(), sums);
        emergencyFunds = new EmergencyFunds(limits.programmes(), programmes, sums);
        emergencyAwards = new EmergencyAwards(limits.proposals(), sums);
        payments = new Payments(limits.payments(), sums);
        settlements = new Settlements(limits.proposals(), sums);
        settlementLines = new SettlementLines(limits.proposals(), sums);
        payees = new Payees(limits.merchants(), merchants, sums);
        disputes = new Disputes(limits.proposals(), payments, holds, sums);
        tables = new StateTable[] {
            installation,
            keys,
            accounts,
            holds,
            circuits,
            operators,
            proposals,
            merchants,
            terminals,
            wallets,
            cards,
            pins,
            programmes,
            pockets,
            payments,
            transferCount,
            commitments,
            cardGrants,
            datedRoles,
            rules,
            spending,
            shopDays,
            emergencyFunds,
            emergencyAwards,
            settlements,
            settlementLines,
            payees,
            disputes,
        };
    }

    @Override
    public void visit(final StateFields fields) {
        for (final StateTable table : tables) {
            table.visit(fields);
        }
    }

    @Override
    public void rebuild() {
        for (final StateTable table : tables) {
            table.rebuild();
        }
        for (long id = 1; id <= accounts.count(); id++) {
            final MerchantAccounts ofKind = merchantAccounts.ofKind(accounts.kind(id));
            if (ofKind != null) {
                ofKind.add(accounts.ownerId(id), accounts.programmeId(id), id);
            }
        }
    }

    long coreHash(final long sequence, final long timestampMs) {
        long h = EntityHash.start(EntityHash.FIRST_CORE_ONLY_TAG);
        h = EntityHash.add(h, sequence);
        h = EntityHash.add(h, timestampMs);
        h = EntityHash.add(h, transferCount.count());
        h = EntityHash.add(h, payments.lastId());
        h = EntityHash.add(h, holds.lastId());
        return sums.ledger() + sums.rest() + keys.hash() + installation.hash() + EntityHash.end(h);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.core.cards.Wallets;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.LedgerListener;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.rules.Rules;
import it.socialies.engine.core.settlement.SettlementAccounts;
import it.socialies.engine.core.spending.ShopDays;
import it.socialies.engine.core.spending.Spending;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.AccountKind;
import java.util.Objects;

/** Tells the owners of accounts what the ledger did. */
record AccountRouter(
        Accounts accounts,
        Circuits circuits,
        Wallets wallets,
        SettlementAccounts merchantAccounts,
        Programmes programmes,
        Pockets pockets,
        Rules rules,
        Spending spending,
        ShopDays shopDays)
        implements LedgerListener {

    @Override
    public void onAccountOpened(
            final long accountId,
            final AccountKind kind,
            final long ownerId,
            final long programmeId,
            final int circuitId) {
        switch (kind) {
            case FUNDING, FUND -> programmes.addAccount(programmeId, kind, accountId);
            case POCKET -> pockets.open(accountId, ownerId, programmeId);
            case PAYABLE, SETTLING, RECEIVABLE, PAID_OUT ->
                Objects.requireNonNull(merchantAccounts.ofKind(kind.value())).add(ownerId, programmeId, accountId);
            case RESERVE_BANK, RESERVE, ISSUANCE, FEES -> circuits.addAccount(circuitId, kind, accountId);
            case IES_WALLET -> wallets.setIesAccountId(ownerId, accountId);
            default -> throw new InvariantViolated("account " + accountId + " has no kind");
        }
    }

    @Override
    public void onDrawn(
            final long debitAccountId,
            final long creditAccountId,
            final long amount,
            final int rulesVersion,
            final int epochDay) {
        if (rulesVersion == 0) {
            return;
        }
        final long pocket = pockets.ofAccount(debitAccountId);
        spending.draw(pocket, epochDay, amount);
        if (limitsShops(pocket, rulesVersion)) {
            shopDays.draw(pocket, accounts.ownerId(creditAccountId), epochDay, amount);
        }
    }

    @Override
    public void onGivenBack(
            final long debitAccountId,
            final long creditAccountId,
            final long amount,
            final int rulesVersion,
            final int drawnOn) {
        if (rulesVersion == 0) {
            return;
        }
        final long pocket = pockets.ofAccount(debitAccountId);
        spending.giveBack(pocket, drawnOn, amount);
        if (limitsShops(pocket, rulesVersion)) {
            shopDays.giveBack(pocket, accounts.ownerId(creditAccountId), drawnOn, amount);
        }
    }

    private boolean limitsShops(final long pocket, final int rulesVersion) {
        return rules.shopDayMax(rules.slotOf(pockets.programmeId(pocket), rulesVersion)) > 0;
    }

    @Override
    public void onMoneyBack(final long accountId) {
        if (accounts.kind(accountId) == AccountKind.POCKET.value()) {
            pockets.onMoneyBack(accountId);
        }
    }
}

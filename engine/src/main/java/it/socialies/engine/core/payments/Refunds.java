// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.payments;

import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Accounts;
import it.socialies.engine.core.ledger.Holds;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.merchants.MerchantAccounts;
import it.socialies.engine.protocol.sbe.AccountKind;
import it.socialies.engine.protocol.sbe.PaymentChangedEncoder;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TransferReason;
import it.socialies.engine.protocol.sbe.UnitCode;

/**
 * Gives captured payments back along their holds, the last drawn first. What a shop was already paid for becomes its debt, which its next settlement nets;
 * IES that the shop has redeemed is not covered by a debt.
 */
public final class Refunds {
    private final PaymentChangedEncoder paymentChanged = new PaymentChangedEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Accounts accounts;
    private final Holds holds;
    private final Payments payments;
    private final MerchantAccounts debts;
    private final GraceGrants graces;

    /** Refunds on these tables. */
    public Refunds(
            final EventWriter events,
            final Ledger ledger,
            final Accounts accounts,
            final Holds holds,
            final Payments payments,
            final MerchantAccounts debts,
            final GraceGrants graces) {
        this.events = events;
        this.ledger = ledger;
        this.accounts = accounts;
        this.holds = holds;
        this.payments = payments;
        this.debts = debts;
        this.graces = graces;
    }

    /** Whether a payment that is there may be refunded by so much. */
    ResultCode check(final long id, final long amount) {
        final PaymentState state = payments.state(id);
        if (state != PaymentState.CAPTURED && state != PaymentState.PARTIALLY_REFUNDED) {
            return ResultCode.PAYMENT_STATE_CONFLICT;
        }
        if (amount > payments.captured(id) - payments.refunded(id)) {
            return ResultCode.AMOUNT_EXCEEDS_REFUNDABLE;
        }
        return payments.isDisputed(id) ? ResultCode.PAYMENT_DISPUTED : checkCover(id, amount);
    }

    /** Whether what is refunded is there, or may be owed: {@code SETTLED_ALREADY} for IES that was redeemed, {@code LIMIT_REACHED} without room for debts. */
    public ResultCode checkCover(final long id, final long amount) {
        long rest = amount;
        int debtsToOpen = 0;
        for (long hold = holds.lastOf(payments.firstHold(id), id); rest > 0; hold--) {
            final long back = Math.min(rest, holds.refundable(hold));
            final long payable = holds.creditAccountId(hold);
            if (accounts.available(payable) < back) {
                if (accounts.programmeId(payable) == 0) {
                    return ResultCode.SETTLED_ALREADY;
                }
                debtsToOpen += debtOf(payable) == 0 ? 1 : 0;
            }
            rest -= back;
        }
        return accounts.hasRoomFor(debtsToOpen) ? ResultCode.OK : ResultCode.LIMIT_REACHED;
    }

    /** Gives {@code amount} back; everything has been checked. */
    public void refund(final long id, final long amount, final int circuitId, final long nowMs) {
        final long refunded = payments.refunded(id) + amount;
        final boolean isWhole = refunded == payments.captured(id);
        events.start(paymentChanged)
                .paymentId(id)
                .amount(amount)
                .capturedTotal(payments.captured(id))
                .refundedTotal(refunded)
                .state(isWhole ? PaymentState.REFUNDED : PaymentState.PARTIALLY_REFUNDED);
        events.end();
        long rest = amount;
        for (long hold = holds.lastOf(payments.firstHold(id), id); rest > 0; hold--) {
            final long back = Math.min(rest, holds.refundable(hold));
            if (back > 0) {
                owe(id, holds.creditAccountId(hold), back, circuitId);
                ledger.refundHold(hold, back);
                graces.afterReturn(hold, nowMs);
            }
            rest -= back;
        }
    }

    private void owe(final long id, final long payable, final long back, final int circuitId) {
        final long missing = back - accounts.available(payable);
        if (missing <= 0) {
            return;
        }
        long debt = debtOf(payable);
        if (debt == 0) {
            debt = ledger.openAccount(
                    circuitId,
                    AccountKind.RECEIVABLE,
                    UnitCode.EUR,
                    accounts.ownerId(payable),
                    accounts.programmeId(payable));
        }
        ledger.transfer(debt, payable, missing, TransferReason.DEBT_INCURRED, id);
    }

    private long debtOf(final long payable) {
        return debts.accountId(accounts.ownerId(payable), accounts.programmeId(payable));
    }
}

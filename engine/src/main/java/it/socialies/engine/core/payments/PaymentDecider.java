// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.payments;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.ledger.Holds;
import it.socialies.engine.core.ledger.Ledger;
import it.socialies.engine.core.merchants.TerminalAccess;
import it.socialies.engine.core.merchants.Terminals;
import it.socialies.engine.protocol.sbe.CapturePaymentDecoder;
import it.socialies.engine.protocol.sbe.PaymentChangedEncoder;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.RefundPaymentDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.VoidPaymentDecoder;

/** Decides CapturePayment, VoidPayment and RefundPayment. Money goes back along the holds it came by. */
public final class PaymentDecider {
    private final CapturePaymentDecoder capturePayment = new CapturePaymentDecoder();
    private final VoidPaymentDecoder voidPayment = new VoidPaymentDecoder();
    private final RefundPaymentDecoder refundPayment = new RefundPaymentDecoder();
    private final PaymentChangedEncoder paymentChanged = new PaymentChangedEncoder();
    private final EventWriter events;
    private final Ledger ledger;
    private final Holds holds;
    private final Payments payments;
    private final GraceGrants graces;
    private final Refunds refunds;
    private final Terminals terminals;
    private final TerminalAccess terminalAccess;
    private final Access access;

    /** Decides on these tables. */
    PaymentDecider(
            final EventWriter events,
            final Ledger ledger,
            final Holds holds,
            final Payments payments,
            final GraceGrants graces,
            final Refunds refunds,
            final Terminals terminals,
            final TerminalAccess terminalAccess,
            final Access access) {
        this.events = events;
        this.ledger = ledger;
        this.holds = holds;
        this.payments = payments;
        this.graces = graces;
        this.refunds = refunds;
        this.terminals = terminals;
        this.terminalAccess = terminalAccess;
        this.access = access;
    }

    /** Captures an authorized payment, whole or in part. */
    public ResultCode capture(final CommandContext command) {
        command.read(capturePayment);
        final long id = capturePayment.paymentId();
        final long amount = capturePayment.amount();
        final ResultCode may = may(command);
        if (may != ResultCode.OK) {
            return may;
        }
        if (!Amounts.isPositive(amount)) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (!isVisible(command, id)) {
            return ResultCode.NOT_FOUND;
        }
        if (payments.state(id) != PaymentState.AUTHORIZED) {
            return ResultCode.PAYMENT_STATE_CONFLICT;
        }
        if (command.timestampMs() >= payments.deadlineMs(id)) {
            return ResultCode.EXPIRED;
        }
        if (amount > payments.drawn(id)) {
            return ResultCode.AMOUNT_EXCEEDS_AUTHORIZED;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        changed(id, amount, amount, 0, PaymentState.CAPTURED);
        long rest = amount;
        for (long hold = payments.firstHold(id); holds.belongsTo(hold, id); hold++) {
            final long captured = Math.min(rest, holds.amount(hold));
            if (captured > 0) {
                ledger.captureHold(hold, captured);
            } else {
                ledger.releaseHold(hold);
            }
            if (captured < holds.amount(hold)) {
                graces.afterReturn(hold, command.timestampMs());
            }
            rest -= captured;
        }
        return ResultCode.OK;
    }

    /** Releases an authorized payment. */
    public ResultCode voidPayment(final CommandContext command) {
        final long id = command.read(voidPayment).paymentId();
        final ResultCode may = may(command);
        if (may != ResultCode.OK) {
            return may;
        }
        if (!isVisible(command, id)) {
            return ResultCode.NOT_FOUND;
        }
        if (payments.state(id) != PaymentState.AUTHORIZED) {
            return ResultCode.PAYMENT_STATE_CONFLICT;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        release(id, PaymentState.VOIDED, command.timestampMs());
        return ResultCode.OK;
    }

    /** Gives a captured payment back, whole or in part. */
    public ResultCode refund(final CommandContext command) {
        command.read(refundPayment);
        final long id = refundPayment.paymentId();
        final long amount = refundPayment.amount();
        final ResultCode may = may(command);
        if (may != ResultCode.OK) {
            return may;
        }
        if (!Amounts.isPositive(amount)) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (!isVisible(command, id)) {
            return ResultCode.NOT_FOUND;
        }
        final ResultCode code = refunds.check(id, amount);
        if (code == ResultCode.OK && !command.isDryRun()) {
            refunds.refund(id, amount, command.circuitId(), command.timestampMs());
        }
        return code;
    }

    /** Releases an authorization whose time is over; a step of the tick. */
    void expire(final long id, final long nowMs) {
        release(id, PaymentState.EXPIRED, nowMs);
    }

    private void release(final long id, final PaymentState state, final long nowMs) {
        changed(id, payments.drawn(id), 0, 0, state);
        for (long hold = payments.firstHold(id); holds.belongsTo(hold, id); hold++) {
            ledger.releaseHold(hold);
            graces.afterReturn(hold, nowMs);
        }
    }

    private ResultCode may(final CommandContext command) {
        return command.isFrom(PrincipalKind.TERMINAL)
                ? terminalAccess.terminal(command)
                : access.operator(command, Roles.SOCIAL | Roles.ADMIN);
    }

    private boolean isVisible(final CommandContext command, final long id) {
        return payments.exists(id, command.circuitId())
                && !payments.hasEnded(id, command.timestampMs())
                && (!command.isFrom(PrincipalKind.TERMINAL)
                        || terminals.merchantId(payments.terminalId(id))
                                == terminals.merchantId(command.principalId()));
    }

    private void changed(
            final long id,
            final long amount,
            final long capturedTotal,
            final long refundedTotal,
            final PaymentState state) {
        events.start(paymentChanged)
                .paymentId(id)
                .amount(amount)
                .capturedTotal(capturedTotal)
                .refundedTotal(refundedTotal)
                .state(state);
        events.end();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.queries;

import it.socialies.engine.core.cards.Cards;
import it.socialies.engine.core.cards.HolderAccess;
import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.merchants.Merchants;
import it.socialies.engine.core.merchants.TerminalAccess;
import it.socialies.engine.core.merchants.Terminals;
import it.socialies.engine.core.payments.Payments;
import it.socialies.engine.protocol.sbe.PaymentViewEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.QueryPaymentDecoder;
import it.socialies.engine.protocol.sbe.QueryTerminalDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TerminalViewEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Answers QueryPayment and QueryTerminal. */
public final class PaymentQueries {
    private final QueryPaymentDecoder queryPayment = new QueryPaymentDecoder();
    private final QueryTerminalDecoder queryTerminal = new QueryTerminalDecoder();
    private final PaymentViewEncoder paymentView = new PaymentViewEncoder();
    private final TerminalViewEncoder terminalView = new TerminalViewEncoder();
    private final UnsafeBuffer publicKey = new UnsafeBuffer(new byte[TerminalViewEncoder.publicKeyLength()]);
    private final AnswerWriter answer;
    private final Access access;
    private final HolderAccess holderAccess;
    private final TerminalAccess terminalAccess;
    private final Payments payments;
    private final Merchants merchants;
    private final Terminals terminals;
    private final Cards cards;

    /** Answers from these tables. */
    public PaymentQueries(
            final AnswerWriter answer,
            final Access access,
            final HolderAccess holderAccess,
            final TerminalAccess terminalAccess,
            final Payments payments,
            final Merchants merchants,
            final Terminals terminals,
            final Cards cards) {
        this.answer = answer;
        this.access = access;
        this.holderAccess = holderAccess;
        this.terminalAccess = terminalAccess;
        this.payments = payments;
        this.merchants = merchants;
        this.terminals = terminals;
        this.cards = cards;
    }

    /** A payment, to the merchant, the payer and the operators of its circuit. */
    public ResultCode payment(final CommandContext command) {
        final long id = command.read(queryPayment).paymentId();
        final ResultCode may = may(command);
        if (may != ResultCode.OK) {
            return may;
        }
        final boolean isThere =
                payments.exists(id, command.circuitId()) && !payments.hasEnded(id, command.timestampMs());
        if (!isThere || !isVisible(command, id)) {
            return ResultCode.NOT_FOUND;
        }
        final long terminalId = payments.terminalId(id);
        answer.start(paymentView)
                .paymentId(id)
                .walletId(payments.walletId(id))
                .cardId(payments.cardId(id))
                .merchantId(terminals.merchantId(terminalId))
                .outletId(terminals.outletId(terminalId))
                .terminalId(terminalId)
                .drawn(payments.drawn(id))
                .capturedTotal(payments.captured(id))
                .refundedTotal(payments.refunded(id))
                .createdMs(payments.createdMs(id))
                .deadlineMs(payments.isDisputed(id) ? 0 : payments.deadlineMs(id))
                .billTotal(payments.billTotal(id))
                .eligibleAmount(payments.eligibleAmount(id))
                .terminalReference(payments.terminalReference(id))
                .circuitId(command.circuitId())
                .state(payments.state(id));
        answer.end(paymentView);
        return ResultCode.OK;
    }

    /** A terminal with its key, to the gateway itself. */
    public ResultCode terminal(final CommandContext command) {
        final long id = command.read(queryTerminal).terminalId();
        if (!command.isFrom(PrincipalKind.SYSTEM)) {
            return ResultCode.FORBIDDEN;
        }
        if (!terminals.exists(id)) {
            return ResultCode.NOT_FOUND;
        }
        final long merchantId = terminals.merchantId(id);
        terminals.readPublicKey(id, publicKey, 0);
        answer.start(terminalView)
                .terminalId(id)
                .outletId(terminals.outletId(id))
                .merchantId(merchantId)
                .circuitId(merchants.circuitId(merchantId))
                .category((short) merchants.category(merchantId))
                .merchantStatus(merchants.status(merchantId))
                .status(terminals.status(id))
                .putPublicKey(publicKey, 0, publicKey.capacity());
        answer.end(terminalView);
        return ResultCode.OK;
    }

    private ResultCode may(final CommandContext command) {
        if (command.isFrom(PrincipalKind.HOLDER)) {
            return holderAccess.holder(command);
        }
        return command.isFrom(PrincipalKind.TERMINAL)
                ? terminalAccess.terminal(command)
                : access.operator(command, Roles.OF_A_CIRCUIT);
    }

    private boolean isVisible(final CommandContext command, final long id) {
        if (command.isFrom(PrincipalKind.HOLDER)) {
            return payments.walletId(id) == cards.walletId(command.principalId());
        }
        return !command.isFrom(PrincipalKind.TERMINAL)
                || terminals.merchantId(payments.terminalId(id)) == terminals.merchantId(command.principalId());
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.disputes;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.payments.Payments;
import it.socialies.engine.protocol.sbe.DisputeOpenedEncoder;
import it.socialies.engine.protocol.sbe.OpenDisputeDecoder;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.engine.protocol.sbe.ResultCode;

/** Decides OpenDispute: somebody at the counter or on the phone says that a payment was wrong. */
public final class DisputeOpening implements Decider {
    private final OpenDisputeDecoder openDispute = new OpenDisputeDecoder();
    private final DisputeOpenedEncoder disputeOpened = new DisputeOpenedEncoder();
    private final EventWriter events;
    private final Disputes disputes;
    private final Payments payments;
    private final Access access;

    /** Decides on these tables. */
    public DisputeOpening(
            final EventWriter events, final Disputes disputes, final Payments payments, final Access access) {
        this.events = events;
        this.disputes = disputes;
        this.payments = payments;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        final ResultCode may = access.operator(command, Roles.SOCIAL | Roles.ADMIN | Roles.TREASURER);
        if (may != ResultCode.OK) {
            return may;
        }
        if (disputes.isFull()) {
            return ResultCode.LIMIT_REACHED;
        }
        command.read(openDispute);
        final ResultCode code = check(command);
        if (code == ResultCode.OK && !command.isDryRun()) {
            events.start(disputeOpened)
                    .disputeId(disputes.nextId())
                    .paymentId(openDispute.paymentId())
                    .amount(openDispute.amount())
                    .reference(openDispute.reference())
                    .operatorId(command.principalId());
            events.end();
        }
        return code;
    }

    private ResultCode check(final CommandContext command) {
        final long id = openDispute.paymentId();
        final long amount = openDispute.amount();
        if (!Amounts.isPositive(amount)) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (openDispute.reference() <= 0) {
            return ResultCode.INVALID_FIELD;
        }
        if (!payments.exists(id, command.circuitId()) || payments.hasEnded(id, command.timestampMs())) {
            return ResultCode.NOT_FOUND;
        }
        final PaymentState state = payments.state(id);
        if (state != PaymentState.CAPTURED && state != PaymentState.PARTIALLY_REFUNDED) {
            return ResultCode.PAYMENT_STATE_CONFLICT;
        }
        if (payments.isDisputed(id)) {
            return ResultCode.PAYMENT_DISPUTED;
        }
        return amount > payments.captured(id) - payments.refunded(id)
                ? ResultCode.AMOUNT_EXCEEDS_REFUNDABLE
                : ResultCode.OK;
    }
}

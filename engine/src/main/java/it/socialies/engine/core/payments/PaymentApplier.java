// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.payments;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.core.ledger.Holds;
import it.socialies.engine.protocol.sbe.PaymentChangedDecoder;
import it.socialies.engine.protocol.sbe.PaymentClosedDecoder;
import it.socialies.engine.protocol.sbe.PaymentMadeDecoder;
import it.socialies.engine.protocol.sbe.PaymentRejectedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of payments. PaymentMade comes before its holds, so the next hold is its first. */
public final class PaymentApplier implements EventApplier {
    private final PaymentMadeDecoder paymentMade = new PaymentMadeDecoder();
    private final PaymentChangedDecoder paymentChanged = new PaymentChangedDecoder();
    private final PaymentRejectedDecoder paymentRejected = new PaymentRejectedDecoder();
    private final PaymentClosedDecoder paymentClosed = new PaymentClosedDecoder();
    private final Payments payments;
    private final Holds holds;

    /** Applies to these tables. */
    public PaymentApplier(final Payments payments, final Holds holds) {
        this.payments = payments;
        this.holds = holds;
    }

    @Override
    public void apply(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        switch (templateId) {
            case PaymentMadeDecoder.TEMPLATE_ID ->
                payments.make(
                        paymentMade.wrap(buffer, offset, blockLength, version),
                        record.circuitId(),
                        record.timestampMs(),
                        holds.nextId());
            case PaymentChangedDecoder.TEMPLATE_ID -> {
                paymentChanged.wrap(buffer, offset, blockLength, version);
                payments.change(
                        paymentChanged.paymentId(),
                        paymentChanged.capturedTotal(),
                        paymentChanged.refundedTotal(),
                        paymentChanged.state(),
                        record.timestampMs());
            }
            case PaymentRejectedDecoder.TEMPLATE_ID ->
                payments.reject(paymentRejected
                        .wrap(buffer, offset, blockLength, version)
                        .paymentId());
            case PaymentClosedDecoder.TEMPLATE_ID ->
                close(paymentClosed.wrap(buffer, offset, blockLength, version).paymentId());
            default -> throw new InvariantViolated("unknown payment event " + templateId);
        }
    }

    /** A payment takes its holds with it. */
    private void close(final long id) {
        for (long hold = payments.firstHold(id); holds.belongsTo(hold, id); hold++) {
            holds.close(hold);
        }
        payments.close(id);
    }
}

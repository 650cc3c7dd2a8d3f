// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.disputes;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.core.payments.Payments;
import it.socialies.engine.protocol.sbe.DisputeDecidedDecoder;
import it.socialies.engine.protocol.sbe.DisputeOpenedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of disputes; what is refunded follows by the events of payments. */
public final class DisputeApplier implements EventApplier {
    private final DisputeOpenedDecoder disputeOpened = new DisputeOpenedDecoder();
    private final DisputeDecidedDecoder disputeDecided = new DisputeDecidedDecoder();
    private final Disputes disputes;
    private final Payments payments;

    /** Applies to these tables. */
    public DisputeApplier(final Disputes disputes, final Payments payments) {
        this.disputes = disputes;
        this.payments = payments;
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
            case DisputeOpenedDecoder.TEMPLATE_ID -> {
                disputeOpened.wrap(buffer, offset, blockLength, version);
                disputes.open(disputeOpened.disputeId(), disputeOpened.paymentId(), disputeOpened.amount());
                payments.dispute(disputeOpened.paymentId());
            }
            case DisputeDecidedDecoder.TEMPLATE_ID -> {
                disputeDecided.wrap(buffer, offset, blockLength, version);
                final long paymentId = disputes.paymentId(disputeDecided.disputeId());
                disputes.decide(disputeDecided.disputeId());
                payments.settleDispute(paymentId, record.timestampMs());
            }
            default -> throw new InvariantViolated("unknown event of disputes " + templateId);
        }
    }
}

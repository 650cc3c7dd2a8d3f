// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.emergency;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.EmergencyAwardedDecoder;
import it.socialies.engine.protocol.sbe.EmergencyFundSetDecoder;
import it.socialies.engine.protocol.sbe.EmergencyReviewedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of emergency funds; the money itself moves by the ledger's events. */
public final class EmergencyApplier implements EventApplier {
    private final EmergencyFundSetDecoder emergencyFundSet = new EmergencyFundSetDecoder();
    private final EmergencyAwardedDecoder emergencyAwarded = new EmergencyAwardedDecoder();
    private final EmergencyReviewedDecoder emergencyReviewed = new EmergencyReviewedDecoder();
    private final EmergencyFunds funds;
    private final EmergencyAwards awards;

    /** Applies to these tables. */
    public EmergencyApplier(final EmergencyFunds funds, final EmergencyAwards awards) {
        this.funds = funds;
        this.awards = awards;
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
            case EmergencyFundSetDecoder.TEMPLATE_ID -> {
                emergencyFundSet.wrap(buffer, offset, blockLength, version);
                funds.set(emergencyFundSet.programmeId(), emergencyFundSet.monthMax(), emergencyFundSet.reviewDays());
            }
            case EmergencyAwardedDecoder.TEMPLATE_ID ->
                awards.award(emergencyAwarded.wrap(buffer, offset, blockLength, version));
            case EmergencyReviewedDecoder.TEMPLATE_ID -> {
                emergencyReviewed.wrap(buffer, offset, blockLength, version);
                awards.review(emergencyReviewed.awardId(), emergencyReviewed.verdict());
            }
            default -> throw new InvariantViolated("unknown event of emergency funds " + templateId);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.funds;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.CashRecordedDecoder;
import it.socialies.engine.protocol.sbe.FundCommittedDecoder;
import org.agrona.DirectBuffer;

/** Applies what was committed and cashed; the money itself moves by the ledger's events. */
public final class FundApplier implements EventApplier {
    private final FundCommittedDecoder fundCommitted = new FundCommittedDecoder();
    private final CashRecordedDecoder cashRecorded = new CashRecordedDecoder();
    private final Commitments commitments;

    /** Applies to this table. */
    public FundApplier(final Commitments commitments) {
        this.commitments = commitments;
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
            case FundCommittedDecoder.TEMPLATE_ID -> {
                fundCommitted.wrap(buffer, offset, blockLength, version);
                commitments.commit(fundCommitted.programmeId(), fundCommitted.committed());
            }
            case CashRecordedDecoder.TEMPLATE_ID -> {
                cashRecorded.wrap(buffer, offset, blockLength, version);
                commitments.cash(cashRecorded.programmeId(), cashRecorded.cashed());
            }
            default -> throw new InvariantViolated("unknown fund event " + templateId);
        }
    }
}

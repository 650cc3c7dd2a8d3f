// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.approvals;

import it.socialies.engine.core.kernel.Digest;
import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.ProposalDecidedDecoder;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposalProgressedDecoder;
import org.agrona.DirectBuffer;

/** Applies the events of proposals. */
public final class ProposalApplier implements EventApplier {
    private final ProposalMadeDecoder proposalMade = new ProposalMadeDecoder();
    private final ProposalDecidedDecoder proposalDecided = new ProposalDecidedDecoder();
    private final ProposalProgressedDecoder proposalProgressed = new ProposalProgressedDecoder();
    private final Digest digest = new Digest();
    private final Proposals proposals;

    /** Applies to this table. */
    public ProposalApplier(final Proposals proposals) {
        this.proposals = proposals;
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
            case ProposalMadeDecoder.TEMPLATE_ID ->
                proposals.make(proposalMade.wrap(buffer, offset, blockLength, version), record.circuitId());
            case ProposalDecidedDecoder.TEMPLATE_ID -> {
                proposalDecided.wrap(buffer, offset, blockLength, version);
                proposals.decide(proposalDecided.proposalId(), proposalDecided.deciderId(), proposalDecided.state());
            }
            case ProposalProgressedDecoder.TEMPLATE_ID -> {
                proposalProgressed.wrap(buffer, offset, blockLength, version);
                proposals.progress(
                        proposalProgressed.proposalId(),
                        proposalProgressed.rowsDone(),
                        proposalProgressed.totalDone(),
                        proposalProgressed.state(),
                        digest.from(proposalProgressed.digest()));
            }
            default -> throw new InvariantViolated("unknown proposal event " + templateId);
        }
    }
}

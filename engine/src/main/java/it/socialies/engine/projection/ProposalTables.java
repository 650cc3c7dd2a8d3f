// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.Digest256Decoder;
import it.socialies.engine.protocol.sbe.ProposalDecidedDecoder;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalMadeDecoder;
import it.socialies.engine.protocol.sbe.ProposalProgressedDecoder;
import it.socialies.engine.protocol.sbe.ProposalState;
import java.util.List;

/** Proposals, from the first person to the second one and to the last row of a batch. */
final class ProposalTables implements TableGroup {
    private final ProposalMadeDecoder proposalMade = new ProposalMadeDecoder();
    private final ProposalDecidedDecoder proposalDecided = new ProposalDecidedDecoder();
    private final ProposalProgressedDecoder proposalProgressed = new ProposalProgressedDecoder();

    private final ColumnBuffer proposals = new ColumnBuffer(
            "proposal",
            """
            INSERT INTO proposal (proposal_id, circuit_id, kind, state, subject_id, target_id, amount, extra, row_count, digest, proposer_id,
                proposer_person_id, proposed_ms, sequence)
            SELECT proposal_id, circuit_id, kind, state, subject_id, target_id, amount, extra, row_count,
                int8send(w0) || int8send(w1) || int8send(w2) || int8send(w3), proposer_id, proposer_person_id, proposed_ms, sequence
            FROM {rows}""",
            "proposal_id",
            "circuit_id",
            "kind",
            "state",
            "subject_id",
            "target_id",
            "amount",
            "extra",
            "row_count",
            "w0",
            "w1",
            "w2",
            "w3",
            "proposer_id",
            "proposer_person_id",
            "proposed_ms",
            "sequence");
    private final ColumnBuffer decisions = ColumnBuffer.update(
            "proposal", "proposal_id", "state", "decider_id", "decider_person_id", "decided_ms", "decided_sequence");
    /** Behind the decisions: rows are executed only after the approval. */
    private final ColumnBuffer progress =
            ColumnBuffer.update("proposal", "proposal_id", "state", "rows_done", "total_done");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case ProposalMadeDecoder.TEMPLATE_ID -> onProposalMade(event);
            case ProposalDecidedDecoder.TEMPLATE_ID -> {
                proposalDecided.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                decisions.lastRow(
                        proposalDecided.proposalId(),
                        proposalDecided.stateRaw(),
                        proposalDecided.deciderId(),
                        proposalDecided.personId(),
                        event.timestampMs(),
                        event.sequence());
            }
            case ProposalProgressedDecoder.TEMPLATE_ID -> {
                proposalProgressed.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                progress.lastRow(
                        proposalProgressed.proposalId(),
                        proposalProgressed.stateRaw(),
                        proposalProgressed.rowsDone(),
                        proposalProgressed.totalDone());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onProposalMade(final EventCursor event) {
        proposalMade.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
        final Digest256Decoder digest = proposalMade.digest();
        // Nothing that a PIN went into comes here.
        final boolean isDigestSecret = proposalMade.kind() == ProposalKind.RESET_PIN;
        proposals.row(
                proposalMade.proposalId(),
                event.circuitId(),
                proposalMade.kindRaw(),
                ProposalState.PROPOSED.value(),
                proposalMade.subjectId(),
                proposalMade.targetId(),
                proposalMade.amount(),
                proposalMade.extra(),
                proposalMade.rowCount(),
                isDigestSecret ? 0 : digest.w0(),
                isDigestSecret ? 0 : digest.w1(),
                isDigestSecret ? 0 : digest.w2(),
                isDigestSecret ? 0 : digest.w3(),
                proposalMade.proposerId(),
                proposalMade.personId(),
                event.timestampMs(),
                event.sequence());
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(proposals);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of(decisions, progress);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.takebacks;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.approvals.Proposals;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.protocol.sbe.ProposalKind;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ResultCode;

/** TAKE_BACK_BATCH: subject is the batch of top-ups to reverse; amount, row count and digest bind the rows, which follow in chunks once approved. */
public final class BatchReversal implements ProposalEffect {
    private static final int MAX_ROWS = 100_000;

    private final Proposals proposals;

    /** Reverses batches among {@code proposals}. */
    public BatchReversal(final Proposals proposals) {
        this.proposals = proposals;
    }

    @Override
    public int proposerRoles() {
        return Roles.SOCIAL;
    }

    @Override
    public int approverRoles() {
        return Roles.SOCIAL | Roles.TREASURER | Roles.ADMIN;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        final long batchId = terms.subjectId();
        if (!Amounts.isPositive(terms.amount())) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (terms.rowCount() < 1 || terms.rowCount() > MAX_ROWS || !Grounds.areValid(terms.extra())) {
            return ResultCode.INVALID_FIELD;
        }
        if (!proposals.exists(batchId, terms.circuitId()) || proposals.kind(batchId) != ProposalKind.TOP_UP_BATCH) {
            return ResultCode.NOT_FOUND;
        }
        final ProposalState state = proposals.state(batchId);
        if (state != ProposalState.EXECUTED && state != ProposalState.CANCELLED) {
            return ResultCode.PROPOSAL_STATE_CONFLICT;
        }
        final long reversible = proposals.totalDone(batchId) - proposals.reversed(batchId);
        return terms.amount() <= reversible ? ResultCode.OK : ResultCode.AMOUNT_EXCEEDS_CREDITED;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        // The approval itself is the effect: rows come by ExecuteTakeBacks.
    }

    @Override
    public ProposalState stateOnceApproved() {
        return ProposalState.APPROVED;
    }
}

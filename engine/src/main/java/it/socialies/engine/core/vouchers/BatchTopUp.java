// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.protocol.sbe.ProposalState;
import it.socialies.engine.protocol.sbe.ResultCode;

/** TOP_UP_BATCH: subject is the programme; amount, row count and digest bind the rows, which follow in chunks once approved. */
public final class BatchTopUp implements ProposalEffect {
    private static final int MAX_ROWS = 100_000;

    private final TopUps topUps;

    /** Checks by the shared rules. */
    public BatchTopUp(final TopUps topUps) {
        this.topUps = topUps;
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
        if (!Amounts.isPositive(terms.amount())) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (terms.rowCount() < 1 || terms.rowCount() > MAX_ROWS) {
            return ResultCode.INVALID_FIELD;
        }
        return topUps.checkProgramme(terms.subjectId(), terms.circuitId(), terms.timestampMs());
    }

    @Override
    public ResultCode checkApproval(final ProposalTerms terms) {
        return topUps.checkCommitment(terms.subjectId(), terms.amount());
    }

    @Override
    public void execute(final ProposalTerms terms) {
        // The approval itself is the effect: rows come by ExecuteTopUps.
    }

    @Override
    public ProposalState stateOnceApproved() {
        return ProposalState.APPROVED;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.funds;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.sbe.FundCommittedEncoder;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ResultCode;

/** COMMIT_FUND: subject is the programme, amount what an act binds of the fund (or, negative, frees), extra the reference of the act. */
public final class FundCommitment implements ProposalEffect {
    private final FundCommittedEncoder fundCommitted = new FundCommittedEncoder();
    private final EventWriter events;
    private final Programmes programmes;
    private final Commitments commitments;

    /** Commits what {@code commitments} hold. */
    public FundCommitment(final EventWriter events, final Programmes programmes, final Commitments commitments) {
        this.events = events;
        this.programmes = programmes;
        this.commitments = commitments;
    }

    @Override
    public int proposerRoles() {
        return Roles.TREASURER;
    }

    @Override
    public int approverRoles() {
        return Roles.TREASURER;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        final long id = terms.subjectId();
        if (!Amounts.isSigned(terms.amount())) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (!programmes.exists(id, terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (programmes.status(id) == ProgrammeStatus.DRAFT || programmes.isRestoring(id)) {
            return ResultCode.PROGRAMME_STATE_CONFLICT;
        }
        final long after = commitments.committed(id) + terms.amount();
        if (terms.amount() < 0) {
            return after >= commitments.awarded(id) ? ResultCode.OK : ResultCode.COMMITMENT_EXCEEDED;
        }
        return after <= commitments.assigned(id) ? ResultCode.OK : ResultCode.FUND_INSUFFICIENT;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final long id = terms.subjectId();
        events.start(fundCommitted)
                .programmeId(id)
                .amount(terms.amount())
                .committed(commitments.committed(id) + terms.amount())
                .reference(terms.extra())
                .proposalId(terms.proposalId());
        events.end();
    }
}

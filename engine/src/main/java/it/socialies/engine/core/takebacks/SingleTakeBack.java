// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.takebacks;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.protocol.sbe.ResultCode;

/** TAKE_BACK: subject is the wallet, target the programme, extra the grounds. */
public final class SingleTakeBack implements ProposalEffect {
    private final TakeBacks takeBacks;

    /** Takes back by the shared rules. */
    public SingleTakeBack(final TakeBacks takeBacks) {
        this.takeBacks = takeBacks;
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
        return Grounds.areValid(terms.extra())
                ? takeBacks.check(pocket(terms), terms.amount())
                : ResultCode.INVALID_FIELD;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        takeBacks.takeBack(pocket(terms), terms.amount(), terms.proposalId());
    }

    private long pocket(final ProposalTerms terms) {
        return takeBacks.find(terms.subjectId(), terms.targetId(), terms.circuitId());
    }
}

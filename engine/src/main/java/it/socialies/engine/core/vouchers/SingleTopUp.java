// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.protocol.sbe.ResultCode;

/** TOP_UP: subject is the wallet, target the programme. */
public final class SingleTopUp implements ProposalEffect {
    private final TopUps topUps;

    /** Tops up by the shared rules. */
    public SingleTopUp(final TopUps topUps) {
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
        if (!topUps.hasRoomFor(1)) {
            return ResultCode.LIMIT_REACHED;
        }
        if (!topUps.exist(terms.subjectId(), terms.targetId(), terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        final ResultCode code = topUps.checkProgramme(terms.targetId(), terms.circuitId(), terms.timestampMs());
        return code != ResultCode.OK
                ? code
                : topUps.checkWallet(
                        terms.subjectId(), terms.targetId(), terms.circuitId(), terms.amount(), terms.timestampMs());
    }

    @Override
    public ResultCode checkApproval(final ProposalTerms terms) {
        return topUps.checkCommitment(terms.targetId(), terms.amount());
    }

    @Override
    public void execute(final ProposalTerms terms) {
        topUps.topUp(terms.circuitId(), terms.subjectId(), terms.targetId(), terms.amount(), terms.proposalId());
    }
}

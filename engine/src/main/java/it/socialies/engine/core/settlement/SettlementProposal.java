// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.SettlementDecidedEncoder;
import it.socialies.engine.protocol.sbe.SettlementState;

/** SETTLE: subject is a settlement; amount, row count and digest say which lines the two persons saw. */
public final class SettlementProposal implements ProposalEffect {
    private final SettlementDecidedEncoder settlementDecided = new SettlementDecidedEncoder();
    private final EventWriter events;
    private final Settlements settlements;

    /** Approves through {@code events}. */
    public SettlementProposal(final EventWriter events, final Settlements settlements) {
        this.events = events;
        this.settlements = settlements;
    }

    @Override
    public int proposerRoles() {
        return Roles.TREASURER;
    }

    @Override
    public int approverRoles() {
        return Roles.TREASURER | Roles.ADMIN;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        final long id = terms.subjectId();
        if (!settlements.exists(id, terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (settlements.state(id) != SettlementState.DRAWN) {
            return ResultCode.SETTLEMENT_STATE_CONFLICT;
        }
        final boolean isThis = settlements.lines(id) > 0
                && terms.rowCount() == settlements.lines(id)
                && terms.amount() == settlements.total(id)
                && settlements.hasDigest(id, terms.digest());
        return isThis ? ResultCode.OK : ResultCode.SETTLEMENT_CHANGED;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        events.start(settlementDecided)
                .settlementId(terms.subjectId())
                .proposalId(terms.proposalId())
                .state(SettlementState.APPROVED);
        events.end();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.emergency;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.Amounts;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.core.vouchers.Pockets;
import it.socialies.engine.protocol.sbe.EmergencyFundSetEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/**
 * SET_EMERGENCY_FUND: subject is the programme, amount the most that a household gets in a month, target the days within which each award is reviewed, extra the
 * reference of the act. A programme that gave vouchers never becomes one: what it gave would have met no limit and no review.
 */
public final class EmergencyFundProposal implements ProposalEffect {
    private static final int MAY = Roles.ADMIN | Roles.SOCIAL;
    private static final int MAX_REVIEW_DAYS = 90;

    private final EmergencyFundSetEncoder emergencyFundSet = new EmergencyFundSetEncoder();
    private final EventWriter events;
    private final Programmes programmes;
    private final Pockets pockets;
    private final EmergencyFunds funds;

    /** Sets terms through {@code events}. */
    public EmergencyFundProposal(
            final EventWriter events, final Programmes programmes, final Pockets pockets, final EmergencyFunds funds) {
        this.events = events;
        this.programmes = programmes;
        this.pockets = pockets;
        this.funds = funds;
    }

    @Override
    public int proposerRoles() {
        return MAY;
    }

    @Override
    public int approverRoles() {
        return MAY;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        final long id = terms.subjectId();
        if (!Amounts.isPositive(terms.amount())) {
            return ResultCode.INVALID_AMOUNT;
        }
        if (terms.targetId() < 1 || terms.targetId() > MAX_REVIEW_DAYS || terms.extra() <= 0) {
            return ResultCode.INVALID_FIELD;
        }
        if (!programmes.exists(id, terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (!funds.isFund(id) && pockets.hasAnyOf(id)) {
            return ResultCode.PROGRAMME_STATE_CONFLICT;
        }
        return programmes.hasEnded(id, terms.timestampMs()) ? ResultCode.PROGRAMME_EXPIRED : ResultCode.OK;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        events.start(emergencyFundSet)
                .programmeId(terms.subjectId())
                .monthMax(terms.amount())
                .reference(terms.extra())
                .proposalId(terms.proposalId())
                .reviewDays((int) terms.targetId());
        events.end();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.rules;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.core.programmes.Programmes;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.RulesApprovedEncoder;

/** CHANGE_RULES: subject is the programme, target the version that was drafted, extra the reference of the act. */
public final class RulesChange implements ProposalEffect {
    private static final int MAY = Roles.ADMIN | Roles.SOCIAL;

    private final RulesApprovedEncoder rulesApproved = new RulesApprovedEncoder();
    private final EventWriter events;
    private final Programmes programmes;
    private final Rules rules;

    /** Approves through {@code events}. */
    public RulesChange(final EventWriter events, final Programmes programmes, final Rules rules) {
        this.events = events;
        this.programmes = programmes;
        this.rules = rules;
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
        if (!programmes.exists(id, terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        final int slot = rules.slotOf(id, terms.targetId());
        if (slot == 0) {
            return ResultCode.NOT_FOUND;
        }
        if (rules.isApproved(slot)) {
            return ResultCode.RULES_STATE_CONFLICT;
        }
        return programmes.hasEnded(id, terms.timestampMs()) ? ResultCode.PROGRAMME_EXPIRED : ResultCode.OK;
    }

    @Override
    public ResultCode checkApproval(final ProposalTerms terms) {
        final long id = terms.subjectId();
        final long effectiveMs = rules.effectiveMs(rules.slotOf(id, terms.targetId()));
        if (effectiveMs < terms.timestampMs() && programmes.status(id) != ProgrammeStatus.DRAFT) {
            return ResultCode.RULES_TOO_LATE;
        }
        return rules.waiting(id, terms.timestampMs()) < Rules.MAX_WAITING ? ResultCode.OK : ResultCode.LIMIT_EXCEEDED;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        events.start(rulesApproved)
                .programmeId(terms.subjectId())
                .version((int) terms.targetId())
                .proposalId(terms.proposalId());
        events.end();
    }
}

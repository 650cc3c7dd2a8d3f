// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.programmes;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.engine.protocol.sbe.ProgrammeStatusChangedEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/** PUBLISH_PROGRAMME: subject is the programme, whose rules are frozen since it was created. */
public final class ProgrammePublication implements ProposalEffect {
    private static final int MAY = Roles.ADMIN | Roles.SOCIAL;

    private final ProgrammeStatusChangedEncoder programmeStatusChanged = new ProgrammeStatusChangedEncoder();
    private final EventWriter events;
    private final Programmes programmes;

    /** Publishes through {@code events}. */
    public ProgrammePublication(final EventWriter events, final Programmes programmes) {
        this.events = events;
        this.programmes = programmes;
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
        if (programmes.status(id) != ProgrammeStatus.DRAFT) {
            return ResultCode.PROGRAMME_STATE_CONFLICT;
        }
        return programmes.hasEnded(id, terms.timestampMs()) ? ResultCode.PROGRAMME_EXPIRED : ResultCode.OK;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        events.start(programmeStatusChanged).programmeId(terms.subjectId()).status(ProgrammeStatus.ACTIVE);
        events.end();
    }
}

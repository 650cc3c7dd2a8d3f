// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.operators;

import it.socialies.engine.core.approvals.ProposalEffect;
import it.socialies.engine.core.approvals.ProposalTerms;
import it.socialies.engine.core.circuit.Appointments;
import it.socialies.engine.core.circuit.DatedRoles;
import it.socialies.engine.core.circuit.Operators;
import it.socialies.engine.core.circuit.Retirements;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.RolesGrantedEncoder;

/**
 * GRANT_ROLES: subject is the operator (0 for a new one), target the natural person, extra the roles, the words of the digest say from when, until when
 * (0 = open) and by which act. They are in the digest because an approval is bound to it: who approves has seen these dates. It adds to what the
 * operator has and takes nothing away.
 */
public final class RoleGrant implements ProposalEffect {
    private final RolesGrantedEncoder rolesGranted = new RolesGrantedEncoder();
    private final EventWriter events;
    private final Operators operators;
    private final DatedRoles datedRoles;
    private final Retirements retirements;
    private final Appointments appointments;

    /** Grants through {@code events}, checked against these tables. */
    public RoleGrant(
            final EventWriter events,
            final Operators operators,
            final DatedRoles datedRoles,
            final Retirements retirements,
            final Appointments appointments) {
        this.events = events;
        this.operators = operators;
        this.datedRoles = datedRoles;
        this.retirements = retirements;
        this.appointments = appointments;
    }

    @Override
    public int proposerRoles() {
        return Roles.ADMIN;
    }

    @Override
    public int approverRoles() {
        return Roles.ADMIN;
    }

    @Override
    public boolean isOpenToSetup() {
        return true;
    }

    @Override
    public ResultCode check(final ProposalTerms terms) {
        if (!isWellFormed(terms)) {
            return ResultCode.INVALID_FIELD;
        }
        final long id = terms.subjectId();
        if (id == 0 && operators.isFull()) {
            return ResultCode.LIMIT_REACHED;
        }
        if (id != 0 && !operators.exists(id, terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (id != 0 && operators.personId(id) != terms.targetId()) {
            return ResultCode.INVALID_FIELD;
        }
        if (retirements.voids(terms.targetId(), terms.circuitId(), terms.proposalId())) {
            return ResultCode.OPERATOR_RETIRED;
        }
        if (untilMs(terms) != 0 && untilMs(terms) <= startMs(terms)) {
            return ResultCode.APPOINTMENT_TOO_LATE;
        }
        return id != 0 && !datedRoles.hasRoom(id, terms.timestampMs()) ? ResultCode.LIMIT_EXCEEDED : ResultCode.OK;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        final long operatorId = terms.subjectId() == 0
                ? appointments.enter(terms.targetId(), terms.circuitId(), terms.timestampMs())
                : terms.subjectId();
        events.start(rolesGranted)
                .appointmentId(terms.proposalId())
                .operatorId(operatorId)
                .fromMs(startMs(terms))
                .untilMs(untilMs(terms))
                .reference(terms.digest().w2())
                .circuitId(terms.circuitId())
                .roles((int) terms.extra());
        events.end();
    }

    private static boolean isWellFormed(final ProposalTerms terms) {
        final long roles = terms.extra();
        final boolean areRoles = roles != 0 && (roles & ~Roles.OF_A_CIRCUIT) == 0;
        final boolean areDates = fromMs(terms) >= 0 && (untilMs(terms) == 0 || untilMs(terms) > fromMs(terms));
        final boolean isAct = terms.digest().w2() > 0 && terms.digest().w3() == 0;
        return areRoles && areDates && isAct && terms.targetId() > 0;
    }

    /** When the roles work: as the act says, but no earlier than any role that is granted now. */
    private long startMs(final ProposalTerms terms) {
        return Math.max(fromMs(terms), appointments.earliestMs(terms.circuitId(), terms.timestampMs()));
    }

    private static long fromMs(final ProposalTerms terms) {
        return terms.digest().w0();
    }

    private static long untilMs(final ProposalTerms terms) {
        return terms.digest().w1();
    }
}

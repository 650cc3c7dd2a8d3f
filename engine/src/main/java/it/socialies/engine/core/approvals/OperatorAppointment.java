// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.approvals;

import it.socialies.engine.core.circuit.Administrators;
import it.socialies.engine.core.circuit.Appointments;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.circuit.Operators;
import it.socialies.engine.core.circuit.Retirements;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.protocol.sbe.ResultCode;

/** APPOINT_OPERATOR: subject is the operator (0 for a new one), target the natural person, extra the roles. */
public final class OperatorAppointment implements ProposalEffect {
    private final Circuits circuits;
    private final Operators operators;
    private final Retirements retirements;
    private final Administrators administrators;
    private final Appointments appointments;

    /** Checks against these tables. */
    public OperatorAppointment(
            final Circuits circuits,
            final Operators operators,
            final Retirements retirements,
            final Administrators administrators,
            final Appointments appointments) {
        this.circuits = circuits;
        this.operators = operators;
        this.retirements = retirements;
        this.administrators = administrators;
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
        final long roles = terms.extra();
        final boolean isNew = terms.subjectId() == 0;
        if ((roles & ~Roles.OF_A_CIRCUIT) != 0 || (roles == 0 && isNew) || terms.targetId() <= 0) {
            return ResultCode.INVALID_FIELD;
        }
        final long id = terms.subjectId();
        if (isNew && operators.isFull()) {
            return ResultCode.LIMIT_REACHED;
        }
        if (!isNew && !operators.exists(id, terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        if (!isNew && operators.personId(id) != terms.targetId()) {
            return ResultCode.INVALID_FIELD;
        }
        if (retirements.voids(terms.targetId(), terms.circuitId(), terms.proposalId())) {
            return ResultCode.OPERATOR_RETIRED;
        }
        return !isNew && leavesNobody(id, (int) roles, terms) ? ResultCode.LAST_ADMIN : ResultCode.OK;
    }

    private boolean leavesNobody(final long id, final int roles, final ProposalTerms terms) {
        return operators.isGranted(id, Roles.ADMIN)
                && (roles & Roles.ADMIN) == 0
                && !circuits.isSetupOpen(terms.circuitId())
                && !administrators.remainWithout(id, terms.circuitId(), terms.timestampMs());
    }

    @Override
    public void execute(final ProposalTerms terms) {
        appointments.appoint(
                terms.subjectId(), terms.targetId(), terms.circuitId(), (int) terms.extra(), terms.timestampMs());
    }
}

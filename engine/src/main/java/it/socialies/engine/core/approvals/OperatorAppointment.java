// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.approvals;

import it.socialies.engine.core.circuit.Appointments;
import it.socialies.engine.core.circuit.Operators;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.protocol.sbe.ResultCode;

/** APPOINT_OPERATOR: subject is the operator (0 for a new one), target the natural person, extra the roles. */
public final class OperatorAppointment implements ProposalEffect {
    private final Operators operators;
    private final Appointments appointments;

    /** Checks against {@code operators}. */
    public OperatorAppointment(final Operators operators, final Appointments appointments) {
        this.operators = operators;
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
        if (isNew) {
            return operators.isFull() ? ResultCode.LIMIT_REACHED : ResultCode.OK;
        }
        if (!operators.exists(terms.subjectId(), terms.circuitId())) {
            return ResultCode.NOT_FOUND;
        }
        return operators.personId(terms.subjectId()) == terms.targetId() ? ResultCode.OK : ResultCode.INVALID_FIELD;
    }

    @Override
    public void execute(final ProposalTerms terms) {
        appointments.appoint(
                terms.subjectId(), terms.targetId(), terms.circuitId(), (int) terms.extra(), terms.timestampMs());
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.operators;

import it.socialies.engine.core.circuit.Access;
import it.socialies.engine.core.circuit.Administrators;
import it.socialies.engine.core.circuit.Circuits;
import it.socialies.engine.core.circuit.DatedRoles;
import it.socialies.engine.core.circuit.Operators;
import it.socialies.engine.core.circuit.Roles;
import it.socialies.engine.core.kernel.CommandContext;
import it.socialies.engine.core.kernel.Decider;
import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.AppointmentEndedEncoder;
import it.socialies.engine.protocol.sbe.EndAppointmentDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;

/** Decides EndAppointment: who was replaced is back before the date, or the act is revoked. As a retirement, it takes one administrator. */
public final class AppointmentEnd implements Decider {
    private final EndAppointmentDecoder endAppointment = new EndAppointmentDecoder();
    private final AppointmentEndedEncoder appointmentEnded = new AppointmentEndedEncoder();
    private final EventWriter events;
    private final Circuits circuits;
    private final Operators operators;
    private final DatedRoles datedRoles;
    private final Administrators administrators;
    private final Access access;

    /** Decides on these tables. */
    public AppointmentEnd(
            final EventWriter events,
            final Circuits circuits,
            final Operators operators,
            final DatedRoles datedRoles,
            final Administrators administrators,
            final Access access) {
        this.events = events;
        this.circuits = circuits;
        this.operators = operators;
        this.datedRoles = datedRoles;
        this.administrators = administrators;
        this.access = access;
    }

    @Override
    public ResultCode decide(final CommandContext command) {
        final ResultCode may = access.operatorOrSetup(command, Roles.ADMIN);
        if (may != ResultCode.OK) {
            return may;
        }
        command.read(endAppointment);
        final long id = endAppointment.operatorId();
        final long appointmentId = endAppointment.appointmentId();
        final long nowMs = command.timestampMs();
        if (!operators.exists(id, command.circuitId()) || !datedRoles.holds(id, appointmentId, nowMs)) {
            return ResultCode.NOT_FOUND;
        }
        if ((datedRoles.roles(id, appointmentId, nowMs) & Roles.ADMIN) != 0 && leavesNobody(id, command)) {
            return ResultCode.LAST_ADMIN;
        }
        if (command.isDryRun()) {
            return ResultCode.OK;
        }
        events.start(appointmentEnded)
                .appointmentId(appointmentId)
                .operatorId(id)
                .takenByPersonId(takenByPersonId(command, id, appointmentId));
        events.end();
        return ResultCode.OK;
    }

    /** The person who takes an administrator's office away; 0 when it is no administrator's, its own, or during set-up. */
    private long takenByPersonId(final CommandContext command, final long id, final long appointmentId) {
        final boolean isAdministrators =
                (datedRoles.roles(id, appointmentId, command.timestampMs()) & Roles.ADMIN) != 0;
        final long byPersonId = operators.personId(command.principalId());
        return isAdministrators && byPersonId != operators.personId(id) && !circuits.isSetupOpen(command.circuitId())
                ? byPersonId
                : 0;
    }

    /** True unless the operator stays administrator without end, or another person is one now. */
    private boolean leavesNobody(final long id, final CommandContext command) {
        final int circuitId = command.circuitId();
        final long nowMs = command.timestampMs();
        return !circuits.isSetupOpen(circuitId)
                && operators.worksFromMs(id, Roles.ADMIN) > nowMs
                && !administrators.isAnotherThan(operators.personId(id), circuitId, nowMs);
    }
}

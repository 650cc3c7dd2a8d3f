// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.protocol.sbe.AppointmentEndedDecoder;
import it.socialies.engine.protocol.sbe.OperatorRetiredDecoder;
import it.socialies.engine.protocol.sbe.RolesGrantedDecoder;
import java.util.List;

/** Roles for a time, and who left. Rows are only added: what is in force follows from them and from the clock. */
final class OperatorTables implements TableGroup {
    private final RolesGrantedDecoder rolesGranted = new RolesGrantedDecoder();
    private final AppointmentEndedDecoder appointmentEnded = new AppointmentEndedDecoder();
    private final OperatorRetiredDecoder operatorRetired = new OperatorRetiredDecoder();

    private final ColumnBuffer appointments = ColumnBuffer.insert(
            "role_appointment",
            "appointment_id",
            "operator_id",
            "circuit_id",
            "roles",
            "from_ms",
            "until_ms",
            "reference",
            "granted_ms",
            "sequence");
    private final ColumnBuffer ends = ColumnBuffer.insert(
            "role_appointment_end",
            "sequence",
            "index",
            "appointment_id",
            "operator_id",
            "taken_by_person_id",
            "timestamp_ms");
    private final ColumnBuffer retirements = ColumnBuffer.insert(
            "operator_retirement",
            "sequence",
            "index",
            "circuit_id",
            "operator_id",
            "person_id",
            "taken_by_person_id",
            "timestamp_ms");

    @Override
    public boolean project(final EventCursor event) {
        switch (event.templateId()) {
            case RolesGrantedDecoder.TEMPLATE_ID -> {
                rolesGranted.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                appointments.row(
                        rolesGranted.appointmentId(),
                        rolesGranted.operatorId(),
                        rolesGranted.circuitId(),
                        rolesGranted.roles(),
                        rolesGranted.fromMs(),
                        rolesGranted.untilMs(),
                        rolesGranted.reference(),
                        event.timestampMs(),
                        event.sequence());
            }
            case AppointmentEndedDecoder.TEMPLATE_ID -> {
                appointmentEnded.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                ends.row(
                        event.sequence(),
                        event.index(),
                        appointmentEnded.appointmentId(),
                        appointmentEnded.operatorId(),
                        appointmentEnded.takenByPersonId(),
                        event.timestampMs());
            }
            case OperatorRetiredDecoder.TEMPLATE_ID -> {
                operatorRetired.wrap(event.buffer(), event.offset(), event.blockLength(), event.version());
                retirements.row(
                        event.sequence(),
                        event.index(),
                        operatorRetired.circuitId(),
                        operatorRetired.operatorId(),
                        operatorRetired.personId(),
                        operatorRetired.takenByPersonId(),
                        event.timestampMs());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public List<ColumnBuffer> inserts() {
        return List.of(appointments, ends, retirements);
    }

    @Override
    public List<ColumnBuffer> updates() {
        return List.of();
    }
}

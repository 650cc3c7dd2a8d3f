// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.kernel.EventApplier;
import it.socialies.engine.core.kernel.InvariantViolated;
import it.socialies.engine.core.kernel.RecordContext;
import it.socialies.engine.protocol.sbe.AppointmentEndedDecoder;
import it.socialies.engine.protocol.sbe.OperatorRetiredDecoder;
import it.socialies.engine.protocol.sbe.RolesGrantedDecoder;
import org.agrona.DirectBuffer;

/** Applies roles for a time and retirements. */
public final class OperatorApplier implements EventApplier {
    private final RolesGrantedDecoder rolesGranted = new RolesGrantedDecoder();
    private final AppointmentEndedDecoder appointmentEnded = new AppointmentEndedDecoder();
    private final OperatorRetiredDecoder operatorRetired = new OperatorRetiredDecoder();
    private final Operators operators;
    private final DatedRoles datedRoles;

    /** Applies to these tables. */
    public OperatorApplier(final Operators operators, final DatedRoles datedRoles) {
        this.operators = operators;
        this.datedRoles = datedRoles;
    }

    @Override
    public void apply(
            final int templateId,
            final DirectBuffer buffer,
            final int offset,
            final int blockLength,
            final int version,
            final RecordContext record) {
        switch (templateId) {
            case RolesGrantedDecoder.TEMPLATE_ID -> {
                rolesGranted.wrap(buffer, offset, blockLength, version);
                datedRoles.grant(
                        rolesGranted.operatorId(),
                        rolesGranted.appointmentId(),
                        rolesGranted.roles(),
                        rolesGranted.fromMs(),
                        rolesGranted.untilMs(),
                        rolesGranted.reference(),
                        record.timestampMs());
            }
            case AppointmentEndedDecoder.TEMPLATE_ID -> {
                appointmentEnded.wrap(buffer, offset, blockLength, version);
                datedRoles.end(
                        appointmentEnded.operatorId(),
                        appointmentEnded.appointmentId(),
                        appointmentEnded.takenByPersonId(),
                        record.timestampMs());
            }
            case OperatorRetiredDecoder.TEMPLATE_ID -> {
                operatorRetired.wrap(buffer, offset, blockLength, version);
                retire(
                        operatorRetired.personId(),
                        operatorRetired.circuitId(),
                        operatorRetired.lastProposalId(),
                        operatorRetired.takenByPersonId());
            }
            default -> throw new InvariantViolated("unknown operator event " + templateId);
        }
    }

    private void retire(
            final long personId, final int circuitId, final long lastProposalId, final long takenByPersonId) {
        for (long id = 1; id <= operators.count(); id++) {
            if (operators.personId(id) == personId && operators.circuitId(id) == circuitId) {
                operators.strip(id);
                datedRoles.retire(id, lastProposalId, takenByPersonId);
            }
        }
    }
}

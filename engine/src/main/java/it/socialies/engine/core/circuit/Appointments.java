// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.OperatorAppointedEncoder;

/** Writes the appointment of operators: in force at once during set-up, after 24 h later on. */
public final class Appointments {
    /** A granted role works only after this wait, once a circuit is set up. */
    public static final long WAIT_MS = 24 * 3_600_000L;

    private final OperatorAppointedEncoder operatorAppointed = new OperatorAppointedEncoder();
    private final EventWriter events;
    private final Circuits circuits;
    private final Operators operators;

    /** Appoints through {@code events}. */
    public Appointments(final EventWriter events, final Circuits circuits, final Operators operators) {
        this.events = events;
        this.circuits = circuits;
        this.operators = operators;
    }

    /** Gives roles to an operator, or to a new one when {@code operatorId} is 0. */
    public void appoint(
            final long operatorId, final long personId, final int circuitId, final int roles, final long timestampMs) {
        write(
                operatorId == 0 ? operators.nextId() : operatorId,
                personId,
                circuitId,
                roles,
                earliestMs(circuitId, timestampMs));
    }

    /** From when on a role works at the earliest that is granted now. */
    public long earliestMs(final int circuitId, final long timestampMs) {
        return circuits.isSetupOpen(circuitId) ? timestampMs : timestampMs + WAIT_MS;
    }

    /** A new operator who has no role yet; gives its id. */
    public long enter(final long personId, final int circuitId, final long timestampMs) {
        final long operatorId = operators.nextId();
        write(operatorId, personId, circuitId, 0, timestampMs);
        return operatorId;
    }

    private void write(
            final long operatorId,
            final long personId,
            final int circuitId,
            final int roles,
            final long effectiveAtMs) {
        events.start(operatorAppointed)
                .operatorId(operatorId)
                .personId(personId)
                .effectiveAtMs(effectiveAtMs)
                .circuitId(circuitId)
                .roles(roles);
        events.end();
    }
}

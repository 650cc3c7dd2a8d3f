// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

import it.socialies.engine.core.kernel.EventWriter;
import it.socialies.engine.protocol.sbe.SetupClosedEncoder;

/** Ends the set-up of a circuit when its first money is approved, be it a fund or the reserve: from then on roles wait and the installation stays out. */
public final class SetupEnd {
    private final SetupClosedEncoder setupClosed = new SetupClosedEncoder();
    private final EventWriter events;
    private final Circuits circuits;

    /** Ends set-ups through {@code events}. */
    public SetupEnd(final EventWriter events, final Circuits circuits) {
        this.events = events;
        this.circuits = circuits;
    }

    /** Money of the circuit was approved. */
    public void onMoneyApproved(final int circuitId) {
        if (circuits.isSetupOpen(circuitId)) {
            events.start(setupClosed).circuitId(circuitId);
            events.end();
        }
    }
}

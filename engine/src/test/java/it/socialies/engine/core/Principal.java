// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.PrincipalKind;

/** Who sends a command, in which circuit. */
public record Principal(PrincipalKind kind, long id, int circuitId) {
    public static final Principal SYSTEM = new Principal(PrincipalKind.SYSTEM, 0, 0);

    public static Principal operator(final long id, final int circuitId) {
        return new Principal(PrincipalKind.OPERATOR, id, circuitId);
    }

    public static Principal terminal(final long id, final int circuitId) {
        return new Principal(PrincipalKind.TERMINAL, id, circuitId);
    }

    public static Principal holder(final long cardId, final int circuitId) {
        return new Principal(PrincipalKind.HOLDER, cardId, circuitId);
    }

    /** The same principal speaking in another circuit. */
    public Principal in(final int otherCircuitId) {
        return new Principal(kind, id, otherCircuitId);
    }
}

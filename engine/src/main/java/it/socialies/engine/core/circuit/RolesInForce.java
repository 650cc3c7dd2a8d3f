// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

/** The roles of an operator at a stamp, whether granted without end or for a time. */
public final class RolesInForce {
    private final Operators operators;
    private final DatedRoles datedRoles;

    /** Reads these tables. */
    public RolesInForce(final Operators operators, final DatedRoles datedRoles) {
        this.operators = operators;
        this.datedRoles = datedRoles;
    }

    /** Roles that work at the stamp. */
    public int inForce(final long operatorId, final long nowMs) {
        return operators.inForce(operatorId, nowMs) | datedRoles.inForce(operatorId, nowMs);
    }

    /** Roles granted that have not ended, in force or not yet. */
    public int granted(final long operatorId, final long nowMs) {
        return operators.granted(operatorId) | datedRoles.granted(operatorId, nowMs);
    }

    /** When the first of the roles in force ends by its date; 0 when none does. */
    public long firstEndMs(final long operatorId, final long nowMs) {
        return datedRoles.firstEndMs(operatorId, nowMs);
    }
}

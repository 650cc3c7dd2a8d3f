// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

/**
 * Who administers a circuit, counted in natural persons: several logins of one person are one administrator. It looks at every operator, so it is for
 * what is rare.
 */
public final class Administrators {
    private final Operators operators;
    private final DatedRoles datedRoles;
    private final RolesInForce roles;

    /** Reads these tables. */
    public Administrators(final Operators operators, final DatedRoles datedRoles, final RolesInForce roles) {
        this.operators = operators;
        this.datedRoles = datedRoles;
        this.roles = roles;
    }

    /** True when two persons or more administer the circuit at the stamp, so that what they do needs nobody else. */
    public boolean areTwo(final int circuitId, final long nowMs) {
        long first = 0;
        for (long id = 1; id <= operators.count(); id++) {
            if (isAdministrator(id, circuitId, nowMs)) {
                final long person = operators.personId(id);
                if (first != 0 && first != person) {
                    return true;
                }
                first = person;
            }
        }
        return false;
    }

    /** True when somebody else than this person administers the circuit at the stamp. */
    public boolean isAnotherThan(final long personId, final int circuitId, final long nowMs) {
        for (long id = 1; id <= operators.count(); id++) {
            if (operators.personId(id) != personId && isAdministrator(id, circuitId, nowMs)) {
                return true;
            }
        }
        return false;
    }

    /**
     * True when somebody administers the circuit from the stamp on for ever, without a gap, once this operator has the role only for the times it was
     * appointed for.
     */
    public boolean remainWithout(final long operatorId, final int circuitId, final long nowMs) {
        long untilMs = nowMs;
        while (true) {
            final long sinceMs = untilMs;
            for (long id = 1; id <= operators.count(); id++) {
                if (operators.circuitId(id) != circuitId) {
                    continue;
                }
                if (id != operatorId && operators.worksFromMs(id, Roles.ADMIN) <= sinceMs) {
                    return true;
                }
                untilMs = Math.max(untilMs, datedRoles.worksUntilMs(id, Roles.ADMIN, sinceMs));
            }
            if (untilMs == Long.MAX_VALUE) {
                return true;
            }
            if (untilMs == sinceMs) {
                return false;
            }
        }
    }

    private boolean isAdministrator(final long id, final int circuitId, final long nowMs) {
        return operators.circuitId(id) == circuitId && (roles.inForce(id, nowMs) & Roles.ADMIN) != 0;
    }
}

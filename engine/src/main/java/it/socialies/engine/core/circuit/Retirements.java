// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.circuit;

/** What the retirement of a person voids: whatever was proposed for it before, by whichever login. */
public final class Retirements {
    private final Operators operators;
    private final DatedRoles datedRoles;

    /** Reads these tables. */
    public Retirements(final Operators operators, final DatedRoles datedRoles) {
        this.operators = operators;
        this.datedRoles = datedRoles;
    }

    /** True when the person was retired in the circuit after this proposal was made. */
    public boolean voids(final long personId, final int circuitId, final long proposalId) {
        for (long id = 1; id <= operators.count(); id++) {
            if (operators.personId(id) == personId
                    && operators.circuitId(id) == circuitId
                    && proposalId <= datedRoles.retiredAfter(id)) {
                return true;
            }
        }
        return false;
    }
}

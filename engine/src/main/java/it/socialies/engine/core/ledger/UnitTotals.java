// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import it.socialies.engine.core.kernel.InvariantViolated;

/** Sums per unit, kept apart from the accounts, so that a movement with one side only is caught at once. */
final class UnitTotals {
    private final long[] pending;
    private final long[] posted;

    UnitTotals(final int units) {
        pending = new long[units];
        posted = new long[units];
    }

    void debits(final int unit, final long pendingDelta, final long postedDelta) {
        pending[unit] += pendingDelta;
        posted[unit] += postedDelta;
    }

    void credits(final int unit, final long pendingDelta, final long postedDelta) {
        pending[unit] -= pendingDelta;
        posted[unit] -= postedDelta;
    }

    void verify(final int unit) {
        if (pending[unit] != 0 || posted[unit] != 0) {
            throw new InvariantViolated("debits and credits of unit " + unit + " differ");
        }
    }
}

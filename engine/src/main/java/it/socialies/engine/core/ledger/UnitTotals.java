// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.ledger;

import it.socialies.engine.core.kernel.InvariantViolated;

/** Sums per unit, kept apart from the accounts, so that a movement with one side only is caught at once. In minor units. */
final class UnitTotals {
    private final long[] debitsPending;
    private final long[] debitsPosted;
    private final long[] creditsPending;
    private final long[] creditsPosted;

    UnitTotals(final int units) {
        debitsPending = new long[units];
        debitsPosted = new long[units];
        creditsPending = new long[units];
        creditsPosted = new long[units];
    }

    void debits(final int unit, final long pendingDelta, final long postedDelta) {
        debitsPending[unit] += pendingDelta;
        debitsPosted[unit] += postedDelta;
    }

    void credits(final int unit, final long pendingDelta, final long postedDelta) {
        creditsPending[unit] += pendingDelta;
        creditsPosted[unit] += postedDelta;
    }

    long debitsPending(final int unit) {
        return debitsPending[unit];
    }

    long debitsPosted(final int unit) {
        return debitsPosted[unit];
    }

    long creditsPending(final int unit) {
        return creditsPending[unit];
    }

    long creditsPosted(final int unit) {
        return creditsPosted[unit];
    }

    void verify() {
        for (int unit = 0; unit < debitsPosted.length; unit++) {
            verify(unit);
        }
    }

    void verify(final int unit) {
        if (debitsPending[unit] != creditsPending[unit] || debitsPosted[unit] != creditsPosted[unit]) {
            throw new InvariantViolated("debits and credits of unit " + unit + " differ");
        }
    }
}

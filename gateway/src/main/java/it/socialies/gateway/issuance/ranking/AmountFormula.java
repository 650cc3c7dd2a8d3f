// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import it.socialies.gateway.issuance.HouseholdTable;

/** What an application gets, in cents, by its household. */
public sealed interface AmountFormula {
    /**
     * The award of an application, 0 or more.
     *
     * @throws ArithmeticException when it does not fit
     */
    long cents(Application application);

    /** So much for each size of the household. */
    record BySize(HouseholdTable table) implements AmountFormula {
        @Override
        public long cents(Application application) {
            return table.cents(application.householdSize());
        }
    }

    /** A base, and so much for each member beyond the first, up to a maximum. */
    record PerMember(long baseCents, long perMemberCents, long maxCents) implements AmountFormula {
        public PerMember {
            requireSums(baseCents, perMemberCents, maxCents);
        }

        @Override
        public long cents(Application application) {
            return atMost(baseCents, perMemberCents, application.householdSize() - 1, maxCents);
        }
    }

    /** A base, which may be nothing, and so much for each minor, up to a maximum. */
    record PerMinor(long baseCents, long perMinorCents, long maxCents) implements AmountFormula {
        public PerMinor {
            requireSums(baseCents, perMinorCents, maxCents);
        }

        @Override
        public long cents(Application application) {
            return atMost(baseCents, perMinorCents, application.minors(), maxCents);
        }
    }

    private static void requireSums(long baseCents, long eachCents, long maxCents) {
        if (baseCents < 0 || eachCents < 0 || maxCents <= 0) {
            throw new IllegalArgumentException("amounts are not negative, and the maximum is above zero");
        }
    }

    private static long atMost(long baseCents, long eachCents, int count, long maxCents) {
        return Math.min(maxCents, Math.addExact(baseCents, Math.multiplyExact(eachCents, (long) count)));
    }
}

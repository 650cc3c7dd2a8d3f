// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a file is checked against.
 *
 * @param caps the programme's maximum for each household size
 * @param householdSizeMax a larger household is a slip of the pen
 * @param amountsInFile whether the file says the amounts; when not, a formula will, and no column of them is needed
 * @param isee what becomes of columns with the economic indicator
 * @param cards what is known of cards; null where every row names its person, as in a call
 * @param today against which ages and dates are measured (Europe/Rome)
 */
public record RankingRules(
        HouseholdTable caps,
        int householdSizeMax,
        boolean amountsInFile,
        Isee isee,
        @Nullable CardBook cards,
        LocalDate today,
        FileLimits limits) {
    private static final int HOUSEHOLD_SIZE_MAX = 20;

    /** What becomes of columns with the economic indicator, which nobody may import. */
    public enum Isee {
        /** The file is refused with an explanation. */
        REFUSE,
        /** The caller has said so: the cells are dropped before anything is kept of them. */
        DROP
    }

    /** Amounts in the file, columns with the indicator refused. */
    public static RankingRules of(HouseholdTable caps, LocalDate today) {
        return new RankingRules(caps, HOUSEHOLD_SIZE_MAX, true, Isee.REFUSE, null, today, FileLimits.DEFAULT);
    }

    public RankingRules dropIsee() {
        return new RankingRules(caps, householdSizeMax, amountsInFile, Isee.DROP, cards, today, limits);
    }

    public RankingRules withoutAmounts() {
        return new RankingRules(caps, householdSizeMax, false, isee, cards, today, limits);
    }

    /** Takes lists by card too. */
    public RankingRules byCard(CardBook book) {
        return new RankingRules(caps, householdSizeMax, amountsInFile, isee, book, today, limits);
    }

    public RankingRules within(FileLimits other) {
        return new RankingRules(caps, householdSizeMax, amountsInFile, isee, cards, today, other);
    }
}

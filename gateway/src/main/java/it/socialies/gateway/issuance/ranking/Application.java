// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import it.socialies.gateway.issuance.Outcome;
import it.socialies.gateway.issuance.RankingRow;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What an application brings into the ranking. Under a pseudonymous number; how many minors or disabled people live in a household is still about people, so it prints as
 * nothing.
 *
 * @param number unique within the call, 1 character or more
 * @param household opaque: applications with the same one come from one household
 * @param householdSize 1 or more
 * @param score in points; higher comes first
 * @param submitted null = not known, which comes last
 * @param exclusion the code of the reason why it is not eligible; empty when it is
 */
public record Application(
        String number,
        String household,
        int householdSize,
        int minors,
        int disabled,
        BigDecimal score,
        @Nullable LocalDateTime submitted,
        String exclusion) {
    public Application {
        if (number.isBlank() || household.isBlank()) {
            throw new IllegalArgumentException("an application has a number and a household");
        }
        if (householdSize < 1 || minors < 0 || disabled < 0) {
            throw new IllegalArgumentException("a household has 1 member or more, none of its counts is negative");
        }
    }

    /**
     * The application in a row of a ranking file; a household without a code is its own.
     *
     * @param exclusionCode what stands for the row's own words of exclusion, which may tell too much
     * @throws IllegalArgumentException for a row without application number or, unless excluded, without household size
     */
    public static Application of(RankingRow row, String exclusionCode) {
        boolean isExcluded = row.outcome() == Outcome.EXCLUDED;
        return new Application(
                row.application(),
                row.householdCode().isEmpty() ? "application " + row.application() : "household " + row.householdCode(),
                isExcluded ? Math.max(1, row.householdSize()) : row.householdSize(),
                Math.max(0, row.minors()),
                Math.max(0, row.disabled()),
                row.score() == null ? BigDecimal.ZERO : row.score(),
                row.submitted(),
                isExcluded ? exclusionCode : "");
    }

    public boolean isEligible() {
        return exclusion.isEmpty();
    }

    @Override
    public String toString() {
        return "Application[redacted]";
    }
}

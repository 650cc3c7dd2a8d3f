// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One application of a ranking file without error. Texts are empty and numbers -1 when the file does not say. All of it is personal: it prints as its row alone.
 *
 * @param sheetRow the row as the spreadsheet numbers it
 * @param taxCode valid, in capitals; empty when {@code taxCodeReason} says why
 * @param familyName both names when they stand in one cell and could not be told apart
 * @param householdCode what the municipality calls the household; empty when unknown
 * @param amountCents 0 when the file says none (reserve, excluded, or a formula will)
 */
public record RankingRow(
        int sheetRow,
        int position,
        String application,
        String taxCode,
        String taxCodeReason,
        String familyName,
        String givenName,
        @Nullable LocalDate birthDate,
        int householdSize,
        String householdCode,
        int minors,
        int disabled,
        @Nullable BigDecimal score,
        Outcome outcome,
        String reason,
        long amountCents,
        @Nullable LocalDateTime submitted,
        String address,
        String phone,
        String email,
        String card) {
    /** A row that names a card and nobody. */
    static RankingRow ofCard(int sheetRow, int position, String application, long amountCents, String card) {
        return new RankingRow(
                sheetRow,
                position,
                application,
                "",
                "",
                "",
                "",
                null,
                -1,
                "",
                -1,
                -1,
                null,
                Outcome.ADMITTED,
                "",
                amountCents,
                null,
                "",
                "",
                "",
                card);
    }

    @Override
    public String toString() {
        return "RankingRow[" + sheetRow + "]";
    }
}

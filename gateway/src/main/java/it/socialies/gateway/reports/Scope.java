// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about. Everything in a report follows from this, from the journal up to {@code sequence}, and from what the office told no later than {@code atMs}.
 *
 * @param programmeId 0 = all of the circuit
 * @param period null for kinds that have none
 * @param atLeast the fewest people that a figure of {@link ReportKind#FIRST_SPEND} is told of
 * @param sequence last record that counts
 * @param atMs time of that record
 * @param locale English for English, Italian for all others
 */
record Scope(
        int circuitId,
        ReportKind kind,
        long programmeId,
        @Nullable Period period,
        int atLeast,
        long sequence,
        long atMs,
        Locale locale) {
    /** Of kinds that have one. */
    Period span() {
        if (period == null) {
            throw new IllegalStateException(kind + " without a period");
        }
        return period;
    }
}

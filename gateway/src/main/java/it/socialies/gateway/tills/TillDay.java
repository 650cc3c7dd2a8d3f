// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import it.socialies.gateway.api.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/** Days as shops count them: in Italy. Stateless. */
final class TillDay {
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");

    private TillDay() {}

    /** @param epochMs installation time */
    static LocalDate of(long epochMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(epochMs), ITALY);
    }

    /** When the day begins; it ends when the next begins, which need not be 24 hours later. */
    static long startMs(LocalDate day) {
        return day.atStartOfDay(ITALY).toInstant().toEpochMilli();
    }

    /**
     * A day that has begun.
     *
     * @throws ProblemException invalid_field
     */
    static LocalDate begun(String field, String text, long nowMs) {
        LocalDate day;
        try {
            day = LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw ProblemException.field(field, "date", "A day looks like 2026-03-02.");
        }
        if (day.isAfter(of(nowMs))) {
            throw ProblemException.field(field, "future", "This day has not begun.");
        }
        if (day.getYear() < 2000) {
            throw ProblemException.field(field, "date", "No payment is so old.");
        }
        return day;
    }

    /**
     * A month that has begun.
     *
     * @throws ProblemException invalid_field
     */
    static YearMonth month(String field, String text, long nowMs) {
        try {
            YearMonth month = YearMonth.parse(text);
            begun(field, month.atDay(1).toString(), nowMs);
            return month;
        } catch (DateTimeException e) {
            throw ProblemException.field(field, "date", "A month looks like 2026-03.");
        }
    }
}

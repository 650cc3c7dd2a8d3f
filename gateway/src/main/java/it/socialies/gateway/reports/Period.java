// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Days of Italy that a report is about.
 *
 * @param from first day
 * @param until the day behind the last one
 */
public record Period(LocalDate from, LocalDate until) {
    static final ZoneId ITALY = ZoneId.of("Europe/Rome");
    private static final int MONTHS_OF_QUARTER = 3;

    /**
     * The one period that a request names: {@code quarter}, {@code year}, or {@code from} and {@code until}; null when it names none.
     *
     * @throws ProblemException invalid_field
     */
    public static @Nullable Period of(JsonObject body) {
        String quarter = body.getString("quarter");
        Integer year = body.getInteger("year");
        String from = body.getString("from");
        String until = body.getString("until");
        boolean isRange = from != null || until != null;
        if ((quarter != null ? 1 : 0) + (year != null ? 1 : 0) + (isRange ? 1 : 0) > 1) {
            throw ProblemException.field(
                    quarter != null ? "/quarter" : "/year", "one_of", "One of quarter, year, or from and until.");
        }
        if (quarter != null) {
            LocalDate first = LocalDate.of(
                    Integer.parseInt(quarter.substring(0, 4)), (quarter.charAt(6) - '1') * MONTHS_OF_QUARTER + 1, 1);
            return new Period(first, first.plusMonths(MONTHS_OF_QUARTER));
        }
        if (year != null) {
            return new Period(LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 1, 1));
        }
        return isRange ? range(from, until) : null;
    }

    private static Period range(@Nullable String from, @Nullable String until) {
        Period period = new Period(day("/from", from), day("/until", until));
        if (!period.until.isAfter(period.from)) {
            throw ProblemException.field("/until", "out_of_range", "After from: it is the day behind the last one.");
        }
        return period;
    }

    private static LocalDate day(String field, @Nullable String text) {
        if (text == null) {
            throw ProblemException.field(field, "required", null);
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw ProblemException.field(field, "date", "A day looks like 2026-03-02.");
        }
    }

    public static LocalDate dayOf(long epochMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(epochMs), ITALY);
    }

    public long fromMs() {
        return from.atStartOfDay(ITALY).toInstant().toEpochMilli();
    }

    public long untilMs() {
        return until.atStartOfDay(ITALY).toInstant().toEpochMilli();
    }

    LocalDate last() {
        return until.minusDays(1);
    }

    boolean isYear() {
        return from.getDayOfYear() == 1 && until.equals(from.plusYears(1));
    }
}

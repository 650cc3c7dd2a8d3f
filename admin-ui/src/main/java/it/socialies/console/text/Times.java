// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;

/** Times of the journal (milliseconds since the epoch) as the clock on the office wall shows them. */
public final class Times {
    /** Where the day of a payment begins and ends. */
    public static final ZoneId ZONE = ZoneId.of("Europe/Rome");

    private Times() {}

    public static ZonedDateTime local(long epochMs) {
        return Instant.ofEpochMilli(epochMs).atZone(ZONE);
    }

    public static LocalDate date(long epochMs) {
        return local(epochMs).toLocalDate();
    }

    public static long startOfDayMs(LocalDate date) {
        return date.atStartOfDay(ZONE).toInstant().toEpochMilli();
    }

    /** {@code 12 mar 2026, 09:15:04}. */
    public static String dateTime(long epochMs, Locale locale) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(local(epochMs));
    }

    /** {@code 12 mar 2026}. */
    public static String date(LocalDate date, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(date);
    }

    /** {@code giovedì 12 marzo 2026}. */
    public static String fullDate(LocalDate date, Locale locale) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL)
                .withLocale(locale)
                .format(date);
    }

    /** {@code 12/3}, for the axis of a chart. */
    public static String shortDate(LocalDate date, Locale locale) {
        return DateTimeFormatter.ofPattern("d/M", locale).format(date);
    }

    /** {@code 09:15:04}. */
    public static String time(long epochMs, Locale locale) {
        return DateTimeFormatter.ofLocalizedTime(FormatStyle.MEDIUM)
                .withLocale(locale)
                .format(local(epochMs));
    }
}

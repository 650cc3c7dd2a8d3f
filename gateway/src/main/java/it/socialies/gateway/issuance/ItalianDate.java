// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date as it stands in an Italian file, day first, with or without a time of the day. What a spreadsheet made of dates (serial numbers, the month first, two digits
 * of a year) is a fault with the likely date as suggestion. Stateless.
 */
final class ItalianDate {
    static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);

    /** Serial numbers count from here (day 60, the 29 February 1900 that never was, lies behind us). */
    private static final LocalDate SERIAL_ORIGIN = LocalDate.of(1899, 12, 30);

    private static final String TIME = "(?:[ T]+(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2}))?(?:[.,]\\d+)?Z?)?";
    private static final Pattern DAY_FIRST = Pattern.compile("(\\d{1,2})[/.\\- ](\\d{1,2})[/.\\- ](\\d{4})" + TIME);
    private static final Pattern YEAR_FIRST = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})" + TIME);
    private static final Pattern SHORT_YEAR = Pattern.compile("(\\d{1,2})[/.\\-](\\d{1,2})[/.\\-](\\d{2})");
    private static final Pattern SERIAL = Pattern.compile("([1-6]\\d{4})(?:[.,]\\d+)?");
    private static final Pattern IN_WORDS = Pattern.compile("(\\d{1,2})[ \\-]([a-z]{3,9})[ \\-.](\\d{4})");
    private static final List<String> MONTHS =
            List.of("gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic");

    private ItalianDate() {}

    /**
     * Reads a date and the time, midnight when there is none.
     *
     * @param today what two digits of a year are measured against
     */
    static Reading<LocalDateTime> read(String text, LocalDate today) {
        Matcher day = DAY_FIRST.matcher(text);
        if (day.matches()) {
            return dayFirst(day);
        }
        Matcher year = YEAR_FIRST.matcher(text);
        if (year.matches()) {
            return at(number(year, 1), number(year, 2), number(year, 3), time(year));
        }
        Matcher words = IN_WORDS.matcher(text.toLowerCase(Locale.ITALIAN));
        if (words.matches()) {
            return at(
                    number(words, 3),
                    1 + MONTHS.indexOf(words.group(2).substring(0, 3)),
                    number(words, 1),
                    LocalTime.MIDNIGHT);
        }
        Matcher shortYear = SHORT_YEAR.matcher(text);
        if (shortYear.matches()) {
            int century = today.getYear() - today.getYear() % 100;
            int full = century + number(shortYear, 3);
            LocalDateTime likely = at(
                            full > today.getYear() ? full - 100 : full,
                            number(shortYear, 2),
                            number(shortYear, 1),
                            LocalTime.MIDNIGHT)
                    .value();
            return Reading.faulty(FaultCode.DATE_SHORT_YEAR, likely == null ? "" : likely.format(FORMAT));
        }
        Matcher serial = SERIAL.matcher(text);
        if (serial.matches()) {
            return Reading.faulty(
                    FaultCode.DATE_SERIAL,
                    SERIAL_ORIGIN.plusDays(number(serial, 1)).format(FORMAT));
        }
        return Reading.faulty(FaultCode.DATE_UNREADABLE);
    }

    private static Reading<LocalDateTime> dayFirst(Matcher match) {
        int first = number(match, 1);
        int second = number(match, 2);
        int year = number(match, 3);
        if (second > 12 && first <= 12) {
            LocalDateTime likely = at(year, first, second, LocalTime.MIDNIGHT).value();
            return likely == null
                    ? Reading.faulty(FaultCode.DATE_IMPOSSIBLE)
                    : Reading.faulty(FaultCode.DATE_MONTH_FIRST, likely.format(FORMAT));
        }
        return at(year, second, first, time(match));
    }

    private static Reading<LocalDateTime> at(int year, int month, int day, @Nullable LocalTime time) {
        if (time == null) {
            return Reading.faulty(FaultCode.DATE_IMPOSSIBLE);
        }
        try {
            return Reading.of(LocalDate.of(year, month, day).atTime(time));
        } catch (DateTimeException e) {
            return Reading.faulty(FaultCode.DATE_IMPOSSIBLE);
        }
    }

    private static @Nullable LocalTime time(Matcher match) {
        if (match.group(4) == null) {
            return LocalTime.MIDNIGHT;
        }
        int hour = number(match, 4);
        int minute = number(match, 5);
        int second = match.group(6) == null ? 0 : number(match, 6);
        return hour < 24 && minute < 60 && second < 60 ? LocalTime.of(hour, minute, second) : null;
    }

    private static int number(Matcher match, int group) {
        return Integer.parseInt(match.group(group));
    }
}

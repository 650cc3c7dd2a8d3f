// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.shops;

import it.socialies.console.shops.ShopQueries.Period;
import it.socialies.console.text.Times;
import it.socialies.console.view.Badge.Tone;
import it.socialies.console.view.Words;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a shop is told. */
final class ShopWords {
    private ShopWords() {}

    static String state(ShopStatus status, Locale locale) {
        return Words.of("shops.state", status, locale);
    }

    static Tone tone(ShopStatus status) {
        return switch (status) {
            case ACTIVE -> Tone.GOOD;
            case SUSPENDED -> Tone.BAD;
            case CLOSED -> Tone.OVER;
        };
    }

    static Tone tone(TerminalStatus status) {
        return switch (status) {
            case ENROLLED -> Tone.GOOD;
            case REGISTERED -> Tone.WAITING;
            case REVOKED -> Tone.OVER;
        };
    }

    static String trade(Trade trade, Locale locale) {
        return Words.of("shops.trade", trade, locale);
    }

    /** The month of a moment, in the time of the office. */
    static Period monthOf(long momentMs) {
        LocalDate first = Times.date(momentMs).withDayOfMonth(1);
        return new Period(Times.startOfDayMs(first), Times.startOfDayMs(first.plusMonths(1)));
    }

    /** {@code marzo 2026}. */
    static String month(LocalDate day, Locale locale) {
        return DateTimeFormatter.ofPattern("LLLL uuuu", locale).format(day);
    }
}

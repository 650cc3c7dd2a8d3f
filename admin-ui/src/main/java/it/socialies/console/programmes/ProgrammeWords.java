// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.programmes;

import it.socialies.console.shops.Trade;
import it.socialies.console.text.Messages;
import it.socialies.console.view.Badge;
import it.socialies.console.view.Badge.Tone;
import it.socialies.console.view.Words;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** How a programme is told. */
final class ProgrammeWords {
    private static final Set<Trade> ALL = Set.of(Trade.values());

    private ProgrammeWords() {}

    /** Its state, or that its term has ended or not begun. */
    static Badge badge(Programme programme, long nowMs, Locale locale) {
        return new Badge(state(programme, nowMs, locale), tone(programme, nowMs));
    }

    static String state(Programme programme, long nowMs, Locale locale) {
        if (programme.status() == ProgrammeStatus.ACTIVE && !programme.isValidAt(nowMs)) {
            return Messages.text(
                    programme.hasEndedAt(nowMs) ? "programmes.state.ended" : "programmes.state.not-begun", locale);
        }
        return Words.of("programmes.state", programme.status(), locale);
    }

    static Tone tone(Programme programme, long nowMs) {
        return switch (programme.status()) {
            case DRAFT -> Tone.WAITING;
            case SUSPENDED -> Tone.BAD;
            case ACTIVE ->
                programme.isValidAt(nowMs) ? Tone.GOOD : programme.hasEndedAt(nowMs) ? Tone.OVER : Tone.WAITING;
        };
    }

    /** Its term, and how long that still lasts. */
    static String term(Programme programme, long nowMs, Locale locale) {
        String term = Words.term(programme.validFromMs(), programme.validUntilMs(), locale);
        long days = Duration.ofMillis(programme.validUntilMs() - nowMs).toDays();
        return programme.isValidAt(nowMs) ? Messages.text("programmes.term-left", locale, term, days) : term;
    }

    static String trades(Programme programme, Locale locale) {
        return programme.trades().containsAll(ALL)
                ? Messages.text("programmes.all-trades", locale)
                : programme.trades().stream()
                        .map(trade -> Words.of("shops.trade", trade, locale))
                        .collect(Collectors.joining(", "));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.cards;

import it.socialies.console.view.Badge.Tone;
import it.socialies.console.view.Words;
import java.util.Locale;

/** How the state of a card is told. */
public final class CardWords {
    private CardWords() {}

    public static String state(CardStatus status, Locale locale) {
        return Words.of("cards.state", status, locale);
    }

    public static Tone tone(CardStatus status) {
        return switch (status) {
            case ACTIVE -> Tone.GOOD;
            case ISSUED -> Tone.WAITING;
            case BLOCKED -> Tone.BAD;
            case REPLACED, CLOSED -> Tone.OVER;
        };
    }
}

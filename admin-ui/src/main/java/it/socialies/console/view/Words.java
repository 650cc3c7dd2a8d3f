// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.view;

import it.socialies.console.ledger.Actor;
import it.socialies.console.ledger.Coded;
import it.socialies.console.ledger.MoneyUnit;
import it.socialies.console.names.CircuitNames;
import it.socialies.console.text.Messages;
import it.socialies.console.text.Money;
import it.socialies.console.text.Times;
import java.util.Arrays;
import java.util.Locale;

/** Words for what the projection writes as numbers. */
public final class Words {
    private Words() {}

    /** A word of an enum; its keys begin with {@code prefix}. */
    public static String of(String prefix, Coded word, Locale locale) {
        return Messages.text(prefix + "." + word.word(), locale);
    }

    /** The word for a result code; a code without a word of its own shows as a number. */
    public static <E extends Enum<E> & Coded> String code(String prefix, Class<E> type, int code, Locale locale) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> each.code() == code)
                .findFirst()
                .map(each -> of(prefix, each, locale))
                .orElseGet(() -> Messages.text("view.code", locale, code));
    }

    /** An amount in its unit. */
    public static String money(long amount, MoneyUnit unit, Locale locale) {
        return unit == MoneyUnit.EUR ? Money.euro(amount, locale) : Money.decimal(amount, locale) + " " + unit.name();
    }

    /** What money is of: a programme, or IES. */
    public static String source(long programmeId, CircuitNames names) {
        return programmeId == 0 ? MoneyUnit.IES.name() : names.programme(programmeId);
    }

    /** Who did something. */
    public static String actor(Actor actor, Locale locale) {
        return Messages.text("view.actor." + actor.kind().word(), locale, actor.publicId());
    }

    /** First and last day of a term whose end is the first moment outside. */
    public static String term(long fromMs, long untilMs, Locale locale) {
        return Messages.text(
                "view.term",
                locale,
                Times.date(Times.date(fromMs), locale),
                Times.date(Times.date(untilMs - 1), locale));
    }
}

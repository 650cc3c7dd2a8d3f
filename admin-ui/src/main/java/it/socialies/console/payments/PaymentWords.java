// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import it.socialies.console.text.Messages;
import it.socialies.console.text.Money;
import it.socialies.console.view.Badge.Tone;
import it.socialies.console.view.Words;
import java.util.Locale;

/** How the state of a payment is told. */
public final class PaymentWords {
    private PaymentWords() {}

    public static String state(PaymentState state, Locale locale) {
        return Words.of("payments.state", state, locale);
    }

    public static Tone tone(PaymentState state) {
        return switch (state) {
            case CAPTURED -> Tone.GOOD;
            case AUTHORIZED -> Tone.WAITING;
            case REJECTED -> Tone.BAD;
            case VOIDED, EXPIRED, REFUNDED, PARTIALLY_REFUNDED -> Tone.OVER;
        };
    }

    /** Why a payment was rejected; nothing for one that was not. */
    public static String reason(PaymentRow payment, Locale locale) {
        return payment.state() == PaymentState.REJECTED
                ? Words.code("payments.outcome", Outcome.class, payment.outcome(), locale)
                : "";
    }

    /** What a row says beside the state: why it was rejected, or how much of it was given back. */
    public static String note(PaymentRow payment, Locale locale) {
        return payment.refunded() == 0
                ? reason(payment, locale)
                : Messages.text("payments.refunded", locale, Money.euro(payment.refunded(), locale));
    }

    /** What happened in a step; the first one tells how the payment began. */
    public static String step(PaymentState state, boolean isFirst, Locale locale) {
        return Messages.text((isFirst ? "payments.began." : "payments.step.") + state.word(), locale);
    }
}

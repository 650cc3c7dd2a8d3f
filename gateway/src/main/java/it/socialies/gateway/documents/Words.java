// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.math.BigDecimal;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.ResourceBundle;

/** The fixed words of documents, in Italian or English; {@code documents_it.properties} and {@code documents_en.properties}. Immutable. */
final class Words {
    private final Locale locale;
    private final ResourceBundle words;

    /** @param locale English for English, Italian for all others */
    Words(Locale locale) {
        this.locale = locale.getLanguage().equals("en") ? Locale.UK : Locale.ITALY;
        words = ResourceBundle.getBundle(
                Words.class.getPackageName() + ".documents",
                this.locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String get(String key, Object... values) {
        return new MessageFormat(words.getString(key), locale).format(values);
    }

    /** For readers aloud: {@code it-IT} or {@code en-GB}. */
    String languageTag() {
        return locale.toLanguageTag();
    }

    String date(LocalDate date) {
        return date.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale));
    }

    /** Day and minute. */
    String moment(LocalDateTime moment) {
        return get(
                "moment",
                date(moment.toLocalDate()),
                moment.format(
                        DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale)));
    }

    /** 123450 → "1.234,50 €" or "€1,234.50". */
    String amount(long cents) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(Currency.getInstance("EUR"));
        return format.format(BigDecimal.valueOf(cents, 2))
                .replace('\u00a0', ' ')
                .replace('\u202f', ' ');
    }
}

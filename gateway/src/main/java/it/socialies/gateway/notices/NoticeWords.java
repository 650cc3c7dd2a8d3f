// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.sqlclient.Row;
import it.socialies.gateway.documents.Letterhead;
import java.math.BigDecimal;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * What notices say, in Italian or English; {@code notices_it.properties} and {@code notices_en.properties}. Neutral: no programme, and no shop, is in what somebody else may see over a shoulder. Immutable.
 */
final class NoticeWords {
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");
    private static final String ITALIAN = "it";

    private final Locale locale;
    private final ResourceBundle words;

    NoticeWords(Locale locale) {
        this.locale = locale;
        words = ResourceBundle.getBundle(
                NoticeWords.class.getPackageName() + ".notices",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** Italian, and English below it for who speaks another language. */
    static List<NoticeWords> of(String language) {
        NoticeWords italian = new NoticeWords(Locale.ITALY);
        return language.equals(ITALIAN) ? List.of(italian) : List.of(italian, new NoticeWords(Locale.UK));
    }

    /** The subject of a mail. */
    static String subject(Row notice, @Nullable Letterhead from) {
        NoticeWords words = new NoticeWords(Locale.ITALY);
        if (NoticeKind.valueOf(notice.getString("kind")).isForShop()) {
            return words.get("subject.shop");
        }
        return from == null ? words.get("subject") : words.get("subject.from", from.municipality());
    }

    /** The text of a mail. */
    static String mail(Row notice, @Nullable String name, String language, @Nullable Letterhead from) {
        StringBuilder text = new StringBuilder();
        for (NoticeWords words : of(language)) {
            if (!text.isEmpty()) {
                text.append("\n---\n\n");
            }
            text.append(words.get(name == null ? "greeting.shop" : "greeting", name == null ? "" : name))
                    .append("\n\n")
                    .append(words.event(notice))
                    .append("\n\n");
            if (from != null) {
                text.append(words.get("closing", from.municipality(), from.office(), from.contact()))
                        .append("\n\n");
            }
            text.append(words.get(name == null ? "footer.shop" : "footer")).append('\n');
        }
        return text.toString();
    }

    /** A short message: who says it, and what happened. The euro has no place in the alphabet that every telephone shares. */
    static String sms(Row notice, @Nullable Letterhead from) {
        String event = new NoticeWords(Locale.ITALY).event(notice).replace("\u20ac", "euro");
        return from == null ? event : from.municipality() + ": " + event;
    }

    /** What happened, in a sentence or two. */
    String event(Row notice) {
        long endsMs = notice.getLong("ends_ms");
        return get(
                notice.getString("kind"),
                amount(notice.getLong("amount")),
                date(notice.getLong("happened_ms")),
                endsMs == 0 ? "" : date(endsMs - 1));
    }

    String get(String key, Object... values) {
        return new MessageFormat(words.getString(key), locale).format(values);
    }

    private String date(long epochMs) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(epochMs), ITALY);
        return day.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale));
    }

    private String amount(long cents) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(Currency.getInstance("EUR"));
        return format.format(BigDecimal.valueOf(cents, 2))
                .replace('\u00a0', ' ')
                .replace('\u202f', ' ');
    }
}

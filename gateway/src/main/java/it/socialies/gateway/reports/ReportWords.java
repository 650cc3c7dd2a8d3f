// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import it.socialies.gateway.issuance.Euro;
import java.text.MessageFormat;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/** The fixed words of reports, Italian or English. Immutable. Days and amounts are written the Italian way in both: they go into Italian accounts. */
final class ReportWords {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT);
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss", Locale.ROOT);

    private final Locale locale;
    private final ResourceBundle words;

    ReportWords(Locale locale) {
        this.locale = locale.getLanguage().equals("en") ? Locale.UK : Locale.ITALY;
        words = ResourceBundle.getBundle(
                ReportWords.class.getPackageName() + ".reports",
                this.locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    Locale locale() {
        return locale;
    }

    String get(String key, Object... values) {
        return new MessageFormat(words.getString(key), locale).format(values);
    }

    /** 123450 → "1234,50": no point between the thousands, which importers take for the decimal one. */
    String amount(long cents) {
        return Euro.text(cents).replace(".", "");
    }

    String day(LocalDate day) {
        return day.format(DAY);
    }

    String day(long epochMs) {
        return day(Period.dayOf(epochMs));
    }

    String moment(long epochMs) {
        return Instant.ofEpochMilli(epochMs).atZone(Period.ITALY).format(MOMENT);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.text;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/** Amounts of minor units as people write them: {@code 1.240,00 €} in Italian, {@code €1,240.00} in English, {@code 12,40 IES}. */
public final class Money {
    private static final int SCALE = 2;
    private static final Currency EURO = Currency.getInstance("EUR");

    private Money() {}

    public static String euro(long cents, Locale locale) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(EURO);
        return format.format(BigDecimal.valueOf(cents, SCALE));
    }

    public static String ies(long cents, Locale locale) {
        return decimal(cents, locale) + " IES";
    }

    /** Without a unit, for columns whose heading names it. */
    public static String decimal(long cents, Locale locale) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(SCALE);
        format.setMaximumFractionDigits(SCALE);
        return format.format(BigDecimal.valueOf(cents, SCALE));
    }

    /** A count, with thousands set apart. */
    public static String count(long number, Locale locale) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }
}

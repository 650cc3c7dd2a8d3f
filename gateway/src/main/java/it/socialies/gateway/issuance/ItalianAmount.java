// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of money as it stands in an Italian file: "1.234,50", "€ 300,00", "300", "300,-". What could mean two sums ("1,234") is a fault, never a
 * guess. Stateless.
 */
final class ItalianAmount {
    /** No award has more digits before the comma, and no file so many rows that such amounts together do not fit. */
    private static final int DIGITS_MAX = 9;

    private static final Pattern CURRENCY = Pattern.compile("€|\\b(?:euro|eur)\\b\\.?", Pattern.CASE_INSENSITIVE);
    private static final Pattern BLANKS = Pattern.compile("[\\s\\u00a0\\u2007\\u2009\\u202f]+");
    private static final Pattern NO_CENTS = Pattern.compile(",(?:-+|=+|—|–)$");
    private static final Pattern ITALIAN = Pattern.compile("(\\d+|\\d{1,3}(?:\\.\\d{3})+)(?:,(\\d{1,2}))?");
    private static final Pattern POINT = Pattern.compile("(\\d+)\\.(\\d{1,2})");
    private static final Pattern ENGLISH = Pattern.compile("(\\d{1,3}(?:,\\d{3})+)(?:\\.(\\d{1,2}))?");
    private static final Pattern FINER = Pattern.compile("(\\d+|\\d{1,3}(?:\\.\\d{3})+)[.,](\\d{3,})");
    private static final Pattern POWER = Pattern.compile("\\d{1,12}(?:[.,]\\d{1,15})?[eE]\\+?\\d{1,2}");

    private ItalianAmount() {}

    /** Cents; faults say what is wrong, with the amount as it should be written. */
    static Reading<Long> read(String text) {
        String bare = BLANKS.matcher(CURRENCY.matcher(text).replaceAll(""))
                .replaceAll("")
                .replace("'", "")
                .replace("’", "");
        bare = NO_CENTS.matcher(bare).replaceFirst(",00");
        boolean isNegative = false;
        if (bare.startsWith("-") || bare.startsWith("−") || bare.startsWith("+")) {
            isNegative = bare.charAt(0) != '+';
            bare = bare.substring(1);
        } else if (bare.endsWith("-")) {
            isNegative = true;
            bare = bare.substring(0, bare.length() - 1);
        } else if (bare.startsWith("(") && bare.endsWith(")") && bare.length() > 2) {
            isNegative = true;
            bare = bare.substring(1, bare.length() - 1);
        }
        Reading<Long> reading = unsigned(bare);
        Long cents = reading.value();
        return isNegative && cents != null && cents != 0 ? Reading.faulty(FaultCode.AMOUNT_NEGATIVE) : reading;
    }

    private static Reading<Long> unsigned(String bare) {
        Matcher italian = ITALIAN.matcher(bare);
        if (italian.matches()) {
            return cents(italian.group(1).replace(".", ""), italian.group(2));
        }
        Matcher point = POINT.matcher(bare);
        if (point.matches()) {
            Long cents = cents(point.group(1), point.group(2)).value();
            return cents == null
                    ? Reading.faulty(FaultCode.AMOUNT_UNREADABLE)
                    : Reading.warned(cents, FaultCode.AMOUNT_DECIMAL_POINT, Euro.text(cents));
        }
        Matcher english = ENGLISH.matcher(bare);
        if (english.matches()) {
            String decimals = english.group(2);
            Long cents = cents(english.group(1).replace(",", ""), decimals).value();
            return decimals == null || cents == null
                    ? Reading.faulty(FaultCode.AMOUNT_AMBIGUOUS)
                    : Reading.faulty(FaultCode.AMOUNT_AMBIGUOUS, Euro.text(cents));
        }
        if (POWER.matcher(bare).matches()) {
            return Reading.faulty(FaultCode.NUMBER_SCIENTIFIC, rounded(bare.replace(',', '.')));
        }
        Matcher finer = FINER.matcher(bare);
        if (finer.matches()) {
            return Reading.faulty(
                    FaultCode.AMOUNT_DECIMALS, rounded(finer.group(1).replace(".", "") + '.' + finer.group(2)));
        }
        return Reading.faulty(FaultCode.AMOUNT_UNREADABLE);
    }

    private static Reading<Long> cents(String whole, @Nullable String decimals) {
        if (whole.length() > DIGITS_MAX) {
            return Reading.faulty(FaultCode.AMOUNT_UNREADABLE);
        }
        long cents = Long.parseLong(whole) * 100;
        if (decimals != null) {
            cents += Integer.parseInt(decimals) * (decimals.length() == 1 ? 10L : 1L);
        }
        return Reading.of(cents);
    }

    /** To the cent, half up; empty when it is too long to be an award. */
    private static String rounded(String number) {
        BigDecimal exact = new BigDecimal(number);
        if ((long) exact.precision() - exact.scale() > DIGITS_MAX) {
            return "";
        }
        return Euro.text(
                exact.setScale(2, RoundingMode.HALF_UP).movePointRight(2).longValueExact());
    }
}

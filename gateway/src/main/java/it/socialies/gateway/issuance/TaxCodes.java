// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import it.kamaladafrica.codicefiscale.CodiceFiscale;
import it.kamaladafrica.codicefiscale.internal.DatePart;
import it.kamaladafrica.codicefiscale.internal.LastnamePart;
import it.kamaladafrica.codicefiscale.internal.NamePart;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tax codes as they stand in files (D.M. 23 December 1976 n. 13813): what is wrong with one, and what was probably meant. A code in small letters or with spaces is
 * taken with a warning, its last letter vouches for it; confused characters (O and 0, I and 1 …) are only suggested. Stateless.
 */
final class TaxCodes {
    static final int LENGTH = 16;
    private static final int NUMERIC_LENGTH = 11;
    private static final Pattern BETWEEN = Pattern.compile("[\\s\\u00a0\\u200b.\\-/'’*]+");
    private static final Pattern NOT_ITS_CHARACTERS = Pattern.compile("[^A-Z0-9]");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    /** L = letter, D = digit (or the letter that stands for it in an omocodia). */
    private static final String SHAPE = "LLLLLLDDLDDLDDDL";

    private TaxCodes() {}

    static Reading<String> read(String text) {
        String code = BETWEEN.matcher(text.toUpperCase(Locale.ROOT)).replaceAll("");
        if (code.length() == NUMERIC_LENGTH && DIGITS.matcher(code).matches()) {
            return Reading.faulty(FaultCode.TAX_CODE_NUMERIC);
        }
        if (code.length() != LENGTH) {
            return Reading.faulty(FaultCode.TAX_CODE_LENGTH);
        }
        if (isValid(code)) {
            return code.equals(text) ? Reading.of(code) : Reading.warned(code, FaultCode.TAX_CODE_WRITTEN, code);
        }
        String likely = unconfused(code);
        if (isValid(likely)) {
            return Reading.faulty(FaultCode.TAX_CODE_CONFUSED, likely);
        }
        return Reading.faulty(
                NOT_ITS_CHARACTERS.matcher(code).find() ? FaultCode.TAX_CODE_CHARACTERS : FaultCode.TAX_CODE_WRONG);
    }

    static boolean isValid(String code) {
        try {
            CodiceFiscale.validate(code);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String unconfused(String code) {
        StringBuilder likely = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            char c = code.charAt(i);
            likely.append(SHAPE.charAt(i) == 'L' ? asLetter(c) : asDigit(c));
        }
        return likely.toString();
    }

    private static char asLetter(char c) {
        return switch (c) {
            case '0' -> 'O';
            case '1' -> 'I';
            case '2' -> 'Z';
            case '5' -> 'S';
            case '8' -> 'B';
            default -> c;
        };
    }

    /** L, M, N, P, Q, R, S, T, U and V stand for digits in an omocodia: they stay. */
    private static char asDigit(char c) {
        return switch (c) {
            case 'O' -> '0';
            case 'I' -> '1';
            case 'Z' -> '2';
            case 'B' -> '8';
            default -> c;
        };
    }

    /**
     * The birth date in a valid code. Its century is not there: the latest that is not after {@code today}.
     */
    static LocalDate birthDate(String code, LocalDate today) {
        LocalDate date = DatePart.from(code.substring(6, 11)).getDate();
        LocalDate latest = date.withYear(today.getYear() / 100 * 100 + date.getYear() % 100);
        return latest.isAfter(today) ? latest.minusYears(100) : latest;
    }

    /** Whether the names can be those of the code; a name the rule cannot be applied to counts as fitting. */
    static boolean fits(String code, String familyName, String givenName) {
        String family = familyPart(familyName);
        String given = givenPart(givenName);
        return (family == null || code.startsWith(family)) && (given == null || code.startsWith(given, 3));
    }

    private static @Nullable String familyPart(String name) {
        try {
            return LastnamePart.of(name).getValue();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String givenPart(String name) {
        try {
            return NamePart.of(name).getValue();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

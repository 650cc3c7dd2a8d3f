// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payees;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.api.ProblemException.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.iban4j.BicUtil;
import org.iban4j.Iban4jException;
import org.iban4j.IbanFormatException;
import org.iban4j.IbanUtil;
import org.iban4j.InvalidCheckDigitException;
import org.iban4j.UnsupportedCountryException;
import org.jspecify.annotations.Nullable;

/**
 * A bank account that money can be sent to. Prints as nothing.
 *
 * @param iban checked, without spaces
 * @param holder whose account it is, as the bank has it
 * @param bic null where none was given: within the SEPA area the IBAN is enough
 */
public record BankAccount(
        String iban, String holder, @Nullable String bic) {
    /** What follows the CIN in an Italian IBAN: ABI, CAB and number. */
    private static final int CIN_AT = 4;

    private static final int ENDING = 4;
    private static final int COUNTRY = 2;
    private static final int CHECK_DIGITS = 2;

    /** Countries and territories of the SEPA schemes that have IBANs of their own (EPC409-09). */
    private static final Set<String> SEPA = Set.of(
            "AD", "AL", "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HR",
            "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MC", "MD", "ME", "MK", "MT", "NL", "NO", "PL", "PT", "RO",
            "RS", "SE", "SI", "SK", "SM", "VA");

    /** Values of characters at odd places, from 0 to 9 or from A to Z; those at even places are their places in the alphabet. */
    private static final int[] ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    /**
     * Of a request: spaces and small letters are allowed.
     *
     * @throws ProblemException invalid_field: what is wrong with the IBAN is the code of the field: {@code country} (no country of the SEPA area), {@code length}, {@code characters} (a letter where the country has digits),
     *     {@code check_digits}, {@code cin}; a BIC that is none is {@code bic}
     */
    public static BankAccount of(JsonObject body) {
        String iban = body.getString("iban").replace(" ", "").toUpperCase(Locale.ROOT);
        String bic = body.getString("bic");
        List<FieldError> errors = new ArrayList<>();
        String fault = fault(iban);
        if (fault != null) {
            errors.add(new FieldError("/iban", fault, null));
        }
        if (bic != null && !isBic(bic)) {
            errors.add(new FieldError("/bic", "bic", null));
        }
        if (!errors.isEmpty()) {
            throw new ProblemException("invalid_field", null, errors, Map.of());
        }
        return new BankAccount(iban, body.getString("account_holder").strip(), bic);
    }

    /** What is wrong with an IBAN; null when nothing is. The nearest to the eye first: a digit too few also breaks the check digits. */
    private static @Nullable String fault(String iban) {
        if (iban.length() < COUNTRY + CHECK_DIGITS) {
            return "length";
        }
        if (!SEPA.contains(iban.substring(0, COUNTRY))) {
            return "country";
        }
        try {
            IbanUtil.validate(iban);
        } catch (InvalidCheckDigitException e) {
            return "check_digits";
        } catch (UnsupportedCountryException e) {
            return "country";
        } catch (IbanFormatException e) {
            return switch (e.getFormatViolation()) {
                case BBAN_LENGTH -> "length";
                case CHECK_DIGIT_ONLY_DIGITS, CHECK_DIGIT_TWO_DIGITS -> "check_digits";
                default -> "characters";
            };
        }
        boolean hasCin = iban.startsWith("IT") || iban.startsWith("SM");
        return hasCin && iban.charAt(CIN_AT) != cin(iban.substring(CIN_AT + 1)) ? "cin" : null;
    }

    private static boolean isBic(String bic) {
        try {
            BicUtil.validate(bic);
            return true;
        } catch (Iban4jException e) {
            return false;
        }
    }

    /** The control letter of an Italian account (CIN, ABI rule for BBANs). */
    private static char cin(String account) {
        int sum = 0;
        for (int i = 0; i < account.length(); i++) {
            char c = account.charAt(i);
            int place = c <= '9' ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? ODD[place] : place;
        }
        return (char) ('A' + sum % ODD.length);
    }

    /** Last four characters: what people are shown. */
    String ending() {
        return iban.substring(iban.length() - ENDING);
    }

    byte[] bytes() {
        JsonObject json = new JsonObject().put("iban", iban).put("holder", holder);
        return (bic == null ? json : json.put("bic", bic)).encode().getBytes(StandardCharsets.UTF_8);
    }

    static BankAccount of(byte[] bytes) {
        JsonObject json = new JsonObject(new String(bytes, StandardCharsets.UTF_8));
        return new BankAccount(json.getString("iban"), json.getString("holder"), json.getString("bic"));
    }

    @Override
    public String toString() {
        return "BankAccount[redacted]";
    }
}

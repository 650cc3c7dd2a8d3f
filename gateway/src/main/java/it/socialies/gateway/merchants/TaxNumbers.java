// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.merchants;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.api.ProblemException.FieldError;
import it.socialies.gateway.office.TaxCode;
import it.socialies.gateway.security.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The numbers that the tax authority knows a shop by: the VAT number (partita IVA, D.P.R. 26 October 1972 n. 633, art. 35), and the tax code, of a person (16 characters) or of a company (11 digits, D.M. 23 December 1976 n. 13813,
 * whose last digit is the check digit of a VAT number).
 */
public final class TaxNumbers {
    private static final int DIGITS = 11;

    private TaxNumbers() {}

    /**
     * A request with its tax code in capitals.
     *
     * @throws ProblemException invalid_field: the code of a field is {@code check_digit} for a number of {@value #DIGITS} digits, {@code tax_code} for the tax code of a person
     */
    public static JsonObject checked(JsonObject body) {
        List<FieldError> errors = new ArrayList<>();
        String vatNumber = body.getString("vat_number");
        if (vatNumber != null && !isNumber(vatNumber)) {
            errors.add(new FieldError("/vat_number", "check_digit", null));
        }
        JsonObject checked = body.copy();
        String taxCode = body.getString("tax_code");
        if (taxCode != null && isDigits(taxCode)) {
            if (!isNumber(taxCode)) {
                errors.add(new FieldError("/tax_code", "check_digit", null));
            }
        } else if (taxCode != null) {
            try {
                checked.put("tax_code", TaxCode.parse(taxCode).value());
            } catch (Refusal e) {
                errors.add(new FieldError("/tax_code", "tax_code", null));
            }
        }
        if (!errors.isEmpty()) {
            throw new ProblemException("invalid_field", null, errors, Map.of());
        }
        return checked;
    }

    private static boolean isDigits(String text) {
        return text.length() == DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Eleven digits, the last the check digit of the others by Luhn's formula (ISO/IEC 7812-1, annex B); zeros alone have one too and are nobody's. */
    static boolean isNumber(String text) {
        if (!isDigits(text) || text.chars().allMatch(c -> c == '0')) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = text.charAt(i) - '0';
            int value = i % 2 == 0 ? digit : 2 * digit;
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }
}

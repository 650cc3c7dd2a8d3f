// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import it.kamaladafrica.codicefiscale.CodiceFiscale;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An Italian tax code (codice fiscale, D.M. 23 December 1976 n. 13813) with its form and check character verified; the 11 digits of a
 * company are refused, an operator is a natural person. Lives only while a request does: what is kept is its keyed hash. Prints as nothing.
 */
public final class TaxCode {
    private final String value;

    private TaxCode(String value) {
        this.value = value;
    }

    /**
     * Reads a tax code in any case of letters.
     *
     * @throws Refusal {@code TAX_CODE_INVALID}
     */
    public static TaxCode parse(String text) {
        try {
            return new TaxCode(CodiceFiscale.validate(text.strip().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            // The cause quotes it.
            throw new Refusal(RefusalCode.TAX_CODE_INVALID);
        }
    }

    /** In capitals, for the people vault, which keeps it encrypted. */
    public String value() {
        return value;
    }

    /** What stands for the person in the office database. */
    byte[] hmac(KeyedHash personKey) {
        return personKey.bytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaxCode that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "TaxCode[redacted]";
    }
}

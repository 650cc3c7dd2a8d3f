// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import java.util.List;

/**
 * A person's names; both in {@code family} when they could not be told apart.
 */
record PersonName(String family, String given) {
    /** Splits "ROSSI MARIO" or "Mario Rossi" where the tax code says; without a code nobody can know. */
    static PersonName split(String full, String taxCode) {
        List<String> words = List.of(full.split(" "));
        if (!taxCode.isEmpty()) {
            for (int i = 1; i < words.size(); i++) {
                String first = String.join(" ", words.subList(0, i));
                String second = String.join(" ", words.subList(i, words.size()));
                if (TaxCodes.fits(taxCode, first, second)) {
                    return new PersonName(first, second);
                }
                if (TaxCodes.fits(taxCode, second, first)) {
                    return new PersonName(second, first);
                }
            }
        }
        return new PersonName(full, "");
    }

    @Override
    public String toString() {
        return "PersonName[redacted]";
    }
}

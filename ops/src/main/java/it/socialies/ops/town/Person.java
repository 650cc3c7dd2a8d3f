// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

import java.time.LocalDate;

/** A synthetic natural person with a valid tax code; nobody who lives. */
public record Person(String givenName, String familyName, boolean female, LocalDate birthDate, String taxCode) {
    public String fullName() {
        return givenName + " " + familyName;
    }
}

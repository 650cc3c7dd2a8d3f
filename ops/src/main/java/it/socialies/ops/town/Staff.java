// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

import java.util.Locale;

/** Somebody at the town hall with one role. */
public record Staff(Person person, String role) {
    /** A user name that is the person's own in this circuit. */
    public String usernameIn(String circuitId) {
        String name = (person.givenName() + "." + person.familyName()).toLowerCase(Locale.ROOT);
        return name.replaceAll("[^a-z.]", "") + "." + circuitId.replaceAll("[^a-z0-9]", "");
    }
}

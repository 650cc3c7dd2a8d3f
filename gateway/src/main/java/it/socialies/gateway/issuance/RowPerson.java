// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Who a row is about, as the contract's {@code PersonData} says it. Stateless. */
public final class RowPerson {
    private static final Pattern PHONE = Pattern.compile("[+]?[0-9][0-9 ./-]{4,24}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]+[.][^@\\s]+");

    /** Beginnings of words that municipalities write, and what they mean; the first that is found. */
    private static final Map<String, String> ABSENCES = Map.of(
            "neonat", "newborn",
            "asilo", "asylum_seeker",
            "protezione", "asylum_seeker",
            "apolid", "stateless",
            "fissa dimora", "homeless_unregistered",
            "irregolar", "undocumented",
            "senza document", "undocumented");

    private RowPerson() {}

    /**
     * The person.
     *
     * @param today against which the century of a tax code is found
     * @param municipality where the applicants live
     */
    public static JsonObject of(RankingRow row, LocalDate today, String municipality) {
        JsonObject person = new JsonObject();
        names(row, person);
        LocalDate birthDate = row.birthDate();
        if (birthDate == null && !row.taxCode().isEmpty()) {
            birthDate = TaxCodes.birthDate(row.taxCode(), today);
        }
        if (birthDate != null) {
            person.put("birth_date", birthDate.toString());
        }
        if (row.taxCode().isEmpty()) {
            person.put("tax_code_absence", absence(row.taxCodeReason()));
        } else {
            person.put("tax_code", row.taxCode());
        }
        JsonObject contacts = new JsonObject();
        if (PHONE.matcher(row.phone()).matches()) {
            contacts.put("phone", row.phone());
        }
        if (EMAIL.matcher(row.email()).matches()) {
            contacts.put("email", row.email());
        }
        if (!row.address().isBlank()) {
            contacts.put(
                    "postal_address",
                    new JsonObject().put("street", row.address()).put("municipality", municipality));
        }
        return contacts.isEmpty() ? person : person.put("contacts", contacts);
    }

    /** Offices write the family name first, so the last word of a name that nobody could split is the given one; who has one word only has it twice. */
    private static void names(RankingRow row, JsonObject person) {
        String family = row.familyName();
        String given = row.givenName();
        if (given.isEmpty()) {
            int last = family.lastIndexOf(' ');
            given = last < 0 ? family : family.substring(last + 1);
            family = last < 0 ? family : family.substring(0, last);
        }
        person.put("given_name", given).put("family_name", family);
    }

    private static String absence(String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        return ABSENCES.entrySet().stream()
                .filter(each -> text.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("foreigner_awaiting");
    }
}

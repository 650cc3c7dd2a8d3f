// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.office.TaxCode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** What a record says of a person, as the contract's {@code PersonData}: the rules that a schema cannot tell, and how a record changes. Stateless. */
final class PersonData {
    static final String GIVEN_NAME = "given_name";
    static final String FAMILY_NAME = "family_name";
    static final String BIRTH_DATE = "birth_date";
    static final String TAX_CODE = "tax_code";
    static final String TAX_CODE_ABSENCE = "tax_code_absence";
    static final String HOUSEHOLD = "household";
    private static final String CONTACTS = "contacts";

    private PersonData() {}

    /**
     * A record as it is kept: names without outer blanks, the tax code in capitals.
     *
     * @param today in Italy
     * @throws ProblemException invalid_field, tax_code_invalid (as a refusal)
     */
    static JsonObject checked(JsonObject data, LocalDate today) {
        JsonObject person = data.copy();
        for (String name : new String[] {GIVEN_NAME, FAMILY_NAME}) {
            String stripped = person.getString(name).strip();
            if (PersonIndex.normalised(stripped).isEmpty()) {
                throw ProblemException.field("/person/" + name, "name", "A name has a letter.");
            }
            person.put(name, stripped);
        }
        requireBirthDate(person.getString(BIRTH_DATE), today);
        if (person.containsKey(TAX_CODE) == person.containsKey(TAX_CODE_ABSENCE)) {
            throw ProblemException.field(
                    "/person/tax_code", "tax_code", "A person has a tax code, or a reason why there is none.");
        }
        if (person.containsKey(TAX_CODE)) {
            person.put(TAX_CODE, TaxCode.parse(person.getString(TAX_CODE)).value());
        }
        return person;
    }

    private static void requireBirthDate(String text, LocalDate today) {
        try {
            if (!LocalDate.parse(text).isAfter(today)) {
                return;
            }
        } catch (DateTimeException e) {
            // No day of the calendar; told the same way.
        }
        throw ProblemException.field("/person/birth_date", "date", "A birth date is a day that has been.");
    }

    /** A record with some members replaced, each as a whole; a tax code takes the place of the reason for none, and the other way round. */
    static JsonObject changed(JsonObject before, JsonObject changes) {
        JsonObject after = before.copy();
        for (String name : changes.fieldNames()) {
            after.put(name, changes.getValue(name));
        }
        if (changes.containsKey(TAX_CODE) && !changes.containsKey(TAX_CODE_ABSENCE)) {
            after.remove(TAX_CODE_ABSENCE);
        } else if (changes.containsKey(TAX_CODE_ABSENCE) && !changes.containsKey(TAX_CODE)) {
            after.remove(TAX_CODE);
        }
        return after;
    }

    /** The names of the fields that differ, contacts one by one; never a value. */
    static List<String> differences(JsonObject before, JsonObject after) {
        List<String> fields = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.fieldNames());
        names.addAll(after.fieldNames());
        for (String name : names) {
            if (Objects.equals(before.getValue(name), after.getValue(name))) {
                continue;
            }
            if (name.equals(CONTACTS)) {
                JsonObject none = new JsonObject();
                differences(before.getJsonObject(name, none), after.getJsonObject(name, none))
                        .forEach(contact -> fields.add(CONTACTS + '.' + contact));
            } else {
                fields.add(name);
            }
        }
        return fields;
    }
}

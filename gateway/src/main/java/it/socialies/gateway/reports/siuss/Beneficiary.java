// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports.siuss;

import io.vertx.core.json.JsonObject;

/**
 * Who was given a benefit, as the flow names people: much of it stands in the tax code (DM 23.12.1976). Prints as nothing.
 *
 * @param birthPlace cadastral code of the Comune, or Z and three digits for a state
 * @param isFemale by the day of birth in the tax code, which is 40 higher then
 */
record Beneficiary(
        String taxCode, String familyName, String givenName, int birthYear, String birthPlace, boolean isFemale) {
    /** Letters that stand for the digits 0 to 9 where two people would have the same code. */
    private static final String OMOCODES = "LMNPQRSTUV";

    private static final int DAY_FROM = 9;
    private static final int PLACE_FROM = 11;
    private static final int CONTROL_AT = 15;
    private static final int FEMALE_FROM = 40;
    private static final char ABROAD = 'Z';

    /** @param person of the vault, with a tax code */
    static Beneficiary of(JsonObject person) {
        String taxCode = person.getString("tax_code");
        return new Beneficiary(
                taxCode,
                person.getString("family_name"),
                person.getString("given_name"),
                Integer.parseInt(person.getString("birth_date").substring(0, 4)),
                taxCode.charAt(PLACE_FROM) + digits(taxCode.substring(PLACE_FROM + 1, CONTROL_AT)),
                Integer.parseInt(digits(taxCode.substring(DAY_FROM, PLACE_FROM))) > FEMALE_FROM);
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int omocode = OMOCODES.indexOf(text.charAt(i));
            digits.append(omocode < 0 ? text.charAt(i) : (char) ('0' + omocode));
        }
        return digits.toString();
    }

    /** Whether the citizenship that is told of all is to be looked at. */
    boolean isBornAbroad() {
        return birthPlace.charAt(0) == ABROAD;
    }

    @Override
    public String toString() {
        return "Beneficiary[redacted]";
    }
}

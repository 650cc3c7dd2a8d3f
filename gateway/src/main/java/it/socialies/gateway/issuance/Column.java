// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance;

/** What a column of a ranking file can hold. Which headers mean it is in {@link Headers}. */
public enum Column {
    POSITION,
    APPLICATION,
    TAX_CODE,
    TAX_CODE_REASON,
    FULL_NAME,
    FAMILY_NAME,
    GIVEN_NAME,
    BIRTH_DATE,
    HOUSEHOLD_SIZE,
    HOUSEHOLD_CODE,
    MINORS,
    DISABLED,
    SCORE,
    AMOUNT,
    OUTCOME,
    ADMITTED,
    EXCLUDED,
    REASON,
    ADDRESS,
    PHONE,
    EMAIL,
    CARD,
    SUBMITTED,
    /** The economic indicator, which may not be imported. */
    ISEE;

    /** Codes, that a spreadsheet takes for numbers: it loses their leading zeros and writes long ones as powers of ten. */
    boolean isCode() {
        return switch (this) {
            case APPLICATION, TAX_CODE, HOUSEHOLD_CODE, CARD, PHONE -> true;
            default -> false;
        };
    }

    /** Words for people, kept as they are written. */
    boolean isText() {
        return switch (this) {
            case FULL_NAME, FAMILY_NAME, GIVEN_NAME, REASON, TAX_CODE_REASON, ADDRESS, EMAIL -> true;
            default -> false;
        };
    }
}

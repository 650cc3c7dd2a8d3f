// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

/** Why names are read: chosen once for a case, never in words of one's own. */
enum Purpose {
    /** Applications, household, requirements. */
    ELIGIBILITY_REVIEW,
    /** Awards, letters, sheets, cards handed over. */
    ISSUANCE,
    /** The person asks at the desk or on the telephone. */
    HOLDER_ASSISTANCE,
    /** Accounts to the funder, the annex with names. */
    REPORTING,
    /** Somebody exercises a right of GDPR 12 to 22. */
    DATA_SUBJECT_REQUEST,
    /** A case of a sample was handed to an auditor; nobody chooses it. */
    AUDIT,
    /** The node writes to somebody; nobody chooses it. */
    NOTICES,
    /** A duty by law, or a claim: the only one that opens a restricted record. */
    LEGAL_DUTY_OR_DEFENCE;

    /** Whether an answer to a data-subject request may be prepared with it. */
    boolean servesRequests() {
        return this == DATA_SUBJECT_REQUEST || this == LEGAL_DUTY_OR_DEFENCE;
    }
}

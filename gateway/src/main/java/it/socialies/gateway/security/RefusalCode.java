// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.util.Locale;

/** Why the gateway itself says no, before or beside the core. The API code is the same word in lower case (RFC 9457 {@code code}). */
public enum RefusalCode {
    INVALID_TOKEN(401),
    TOKEN_EXPIRED(401),
    INVALID_CREDENTIALS(401),
    INVALID_ASSERTION(401),
    SESSION_UNKNOWN(401),
    MAC_INVALID(401),
    SECOND_FACTOR_NEEDED(401),
    SECOND_FACTOR_WRONG(401),
    SECOND_FACTOR_NOT_ENROLLED(403),
    SECOND_FACTOR_ACTIVE(409),
    SECOND_FACTOR_NOT_PREPARED(409),
    SECOND_FACTOR_UNREADABLE(503),
    ROLE_NOT_EFFECTIVE(403),
    TOO_MANY_ATTEMPTS(429),
    BUSY(503),
    OFFICE_UNAVAILABLE(503),

    PIN_LENGTH(422),
    PIN_NOT_DIGITS(422),
    PIN_TOO_WEAK(422),

    QR_NOT_OURS(422),
    QR_VERSION_UNKNOWN(422),
    QR_MALFORMED(422),
    QR_KEY_UNKNOWN(422),
    QR_FORGED(422),
    BLOCK_CODE_WRONG(422),
    CARD_CODE_WRONG(422),

    PASSWORD_TOO_SHORT(422),
    PASSWORD_TOO_LONG(422),
    PASSWORD_TOO_WEAK(422),
    USERNAME_INVALID(422),
    USERNAME_TAKEN(409),
    OPERATOR_RETIRED(409),
    TAX_CODE_INVALID(422),
    PUBLIC_KEY_INVALID(422),
    ACTIVATION_REFUSED(401),
    LOGIN_NOT_PREPARED(409),
    BATCH_ROWS_DIFFER(409),
    CARD_BATCH_UNMADE(409),
    CARD_BATCH_PRINTED(409),
    CARD_FACE_MISSING(409),
    PIN_MAILER_PRINTED(409),

    CASE_NEEDED(403),
    CASE_NOT_OPEN(403),
    PERSON_RESTRICTED(403),
    PERSON_EXISTS(409),
    PERSON_CHANGED(409),
    PERSON_ERASED(410),
    REQUEST_STATE_CONFLICT(409),
    EXTENSION_TOO_LATE(409),
    PEOPLE_KEYS_UNREADABLE(503),

    IDEMPOTENCY_KEY_REUSED(422),
    IDEMPOTENCY_KEY_TOO_OLD(422),
    IDEMPOTENCY_KEY_IN_FUTURE(422);

    private final int status;
    private final String code;

    RefusalCode(int status) {
        this.status = status;
        code = name().toLowerCase(Locale.ROOT);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** The stable word of the API. */
    public String code() {
        return code;
    }
}

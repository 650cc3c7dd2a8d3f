// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import static java.util.Map.entry;

import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.security.RefusalCode;
import java.util.HashMap;
import java.util.Map;

/**
 * HTTP status and waiting time of every problem code: the one place where they are decided; {@code ops/docs/errors.md} shows them. 402 tells a till that a payment
 * was rejected, 409 that the state does not allow it, 422 that the request can never work as it is, 503 that it never entered, 504 that its outcome is
 * unknown.
 */
public final class ProblemTable {
    /** @param retryAfterSeconds for {@code Retry-After}; 0 = none */
    public record Entry(int status, int retryAfterSeconds) {}

    private static final Entry INTERNAL = new Entry(500, 0);
    private static final Map<String, Entry> ENTRIES = entries();

    private ProblemTable() {}

    /** The entry of a code; an unknown one is an internal error. */
    public static Entry of(String code) {
        return ENTRIES.getOrDefault(code, INTERNAL);
    }

    /** Every code there is, with its entry. */
    public static Map<String, Entry> all() {
        return ENTRIES;
    }

    private static Map<String, Entry> entries() {
        Map<String, Entry> entries = new HashMap<>(Map.ofEntries(
                entry("unauthorized", new Entry(401, 0)),
                entry("method_not_allowed", new Entry(405, 0)),
                entry("not_acceptable", new Entry(406, 0)),
                entry("not_yet_checkpointed", new Entry(409, 0)),
                entry("proof_too_long", new Entry(409, 0)),
                entry("issuance_state_conflict", new Entry(409, 0)),
                entry("issuance_batch_changed", new Entry(409, 0)),
                entry("issuance_rows_changed", new Entry(409, 0)),
                entry("issuance_ranking_changed", new Entry(409, 0)),
                entry("issuance_of_a_batch", new Entry(409, 0)),
                entry("issuance_wallet_changed", new Entry(409, 0)),
                entry("issuance_nothing_to_award", new Entry(409, 0)),
                entry("programme_logo_missing", new Entry(409, 0)),
                entry("programme_not_described", new Entry(409, 0)),
                entry("household_mismatch", new Entry(409, 0)),
                entry("act_known", new Entry(409, 0)),
                entry("person_without_card", new Entry(409, 0)),
                entry("card_stock_short", new Entry(409, 0)),
                entry("card_put_aside", new Entry(409, 0)),
                entry("person_has_card", new Entry(409, 0)),
                entry("debit_note_total_differs", new Entry(409, 0)),
                entry("debit_note_confirmed", new Entry(409, 0)),
                entry("day_closed", new Entry(409, 0)),
                entry("reference_ambiguous", new Entry(409, 0)),
                entry("application_state_conflict", new Entry(409, 0)),
                entry("agreement_not_accepted", new Entry(402, 0)),
                entry("agreement_state_conflict", new Entry(409, 0)),
                entry("settlement_proposed", new Entry(409, 0)),
                entry("debit_note_number_used", new Entry(409, 0)),
                entry("nothing_to_order", new Entry(409, 0)),
                entry("order_under_way", new Entry(409, 0)),
                entry("report_not_made", new Entry(409, 0)),
                entry("not_by_transfer", new Entry(409, 0)),
                entry("accounting_commitment_known", new Entry(409, 0)),
                entry("not_by_mandate", new Entry(409, 0)),
                entry("outcome_file_unreadable", new Entry(422, 0)),
                entry("cuc_missing", new Entry(409, 0)),
                entry("dispute_not_heard", new Entry(409, 0)),
                entry("dispute_state_conflict", new Entry(409, 0)),
                entry("payee_code_wrong", new Entry(409, 0)),
                entry("payee_code_exhausted", new Entry(409, 0)),
                entry("card_batch_unfetched", new Entry(409, 0)),
                entry("address_missing", new Entry(409, 0)),
                entry("pin_reset_reviewed", new Entry(409, 0)),
                entry("body_too_large", new Entry(413, 0)),
                entry("unsupported_media_type", new Entry(415, 0)),
                entry("headers_too_large", new Entry(431, 0)),
                entry("rate_limited", new Entry(429, 1)),
                entry("internal_error", INTERNAL),
                entry("projection_unavailable", new Entry(503, 5)),
                entry("office_unavailable", new Entry(503, 5)),
                entry("not_ready", new Entry(503, 5)),
                entry("outcome_unknown", new Entry(504, 0))));
        for (RefusalCode code : RefusalCode.values()) {
            entries.put(code.code(), new Entry(code.status(), code.status() == 503 ? 1 : 0));
        }
        for (ResultCode code : ResultCode.values()) {
            if (code != ResultCode.OK && code != ResultCode.NULL_VAL) {
                entries.put(ProblemException.codeOf(code), entryOf(code));
            }
        }
        return Map.copyOf(entries);
    }

    private static Entry entryOf(ResultCode code) {
        return switch (code) {
            case BUSY -> new Entry(503, 1);
            case STORAGE_LOW, CLOCK_SUSPECT -> new Entry(503, 30);
            case LIMIT_REACHED -> new Entry(503, 3_600);
            default -> new Entry(statusOf(code), 0);
        };
    }

    private static int statusOf(ResultCode code) {
        return switch (code) {
            case MALFORMED, IDEMPOTENCY_KEY_MISSING -> 400;
            case MERCHANT_SUSPENDED,
                    CARD_UNKNOWN,
                    CARD_NOT_ACTIVE,
                    CARD_BLOCKED,
                    CARD_REPLACED,
                    PIN_NOT_SET,
                    PIN_LOCKED,
                    PIN_WRONG,
                    CATEGORY_NOT_ALLOWED,
                    EXPIRED,
                    INSUFFICIENT_FUNDS,
                    LIMIT_EXCEEDED,
                    BELOW_MINIMUM,
                    NOT_DIVISIBLE,
                    NOT_YET_VALID,
                    CARD_CLOSED,
                    CARD_EXPIRED,
                    CARD_OTHER_SHOP,
                    CARD_LIMIT_EXCEEDED,
                    PIN_NEEDED -> 402;
            case FORBIDDEN,
                    ROLE_NOT_EFFECTIVE,
                    SAME_PERSON,
                    OTHER_PERSON_NEEDED,
                    ENROLMENT_CODE_WRONG,
                    TRANSFERS_DISABLED,
                    REDEMPTION_DISABLED,
                    OTHER_CIRCUIT -> 403;
            case NOT_FOUND, IDEMPOTENCY_KEY_UNKNOWN -> 404;
            case NOT_A_SANDBOX,
                    ALREADY_STARTED,
                    PAYMENT_STATE_CONFLICT,
                    SETTLED_ALREADY,
                    PROPOSAL_STATE_CONFLICT,
                    PROPOSAL_CHANGED,
                    PROPOSER_RETIRED,
                    OPERATOR_RETIRED,
                    LAST_ADMIN,
                    APPOINTMENT_STATE_CONFLICT,
                    BATCH_GAP,
                    BATCH_EXCESS,
                    BATCH_DIGEST_MISMATCH,
                    PROGRAMME_STATE_CONFLICT,
                    PROGRAMME_EXPIRED,
                    FUND_INSUFFICIENT,
                    FUND_COMMITTED,
                    COMMITMENT_EXCEEDED,
                    EXTENSION_TOO_EARLY,
                    RULES_STATE_CONFLICT,
                    RULES_TOO_LATE,
                    EMERGENCY_FUND,
                    NOT_EMERGENCY_FUND,
                    REVIEW_OVERDUE,
                    REVIEW_STATE_CONFLICT,
                    WALLET_UNASSIGNED,
                    SETTLEMENT_STATE_CONFLICT,
                    SETTLEMENT_CHANGED,
                    PAYEE_MISSING,
                    PAYEE_HELD,
                    PAYEE_STATE_CONFLICT,
                    PAYMENT_DISPUTED,
                    AMOUNT_EXCEEDS_CREDITED,
                    WALLET_CLOSED,
                    WALLET_IN_USE,
                    WALLET_NOT_EMPTY,
                    RESERVE_INSUFFICIENT,
                    CARD_STATE_CONFLICT,
                    TOKEN_IN_USE,
                    CARD_NOT_IN_STOCK,
                    CARDS_EXHAUSTED,
                    TERMINAL_STATE_CONFLICT,
                    MERCHANT_STATE_CONFLICT -> 409;
            case INVALID_AMOUNT,
                    INVALID_FIELD,
                    IDEMPOTENCY_KEY_TOO_OLD,
                    IDEMPOTENCY_KEY_IN_FUTURE,
                    IDEMPOTENCY_KEY_REUSED,
                    IDEMPOTENCY_KEY_BURNED,
                    AMOUNT_EXCEEDS_AUTHORIZED,
                    AMOUNT_EXCEEDS_REFUNDABLE,
                    AMOUNT_EXCEEDS_DEBT,
                    HOUSEHOLD_CAP_EXCEEDED,
                    EMERGENCY_LIMIT_EXCEEDED,
                    POCKETS_EXHAUSTED,
                    SAME_WALLET,
                    APPOINTMENT_TOO_LATE,
                    CLOCK_STEP_BACKWARD -> 422;
            case OK, BUSY, LIMIT_REACHED, STORAGE_LOW, CLOCK_SUSPECT, NULL_VAL ->
                throw new IllegalArgumentException("no problem, or decided elsewhere: " + code);
        };
    }
}

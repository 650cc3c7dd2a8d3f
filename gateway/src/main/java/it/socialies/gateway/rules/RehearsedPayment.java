// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.rules;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A payment of the past, as far as a programme's rules are about it. Amounts are cents.
 *
 * @param category number of the shop's trade
 * @param eligible part of the bill that vouchers may pay
 * @param outcome OK, or why it was refused
 * @param share what it drew from the programme's pocket
 * @param available what was in that pocket before it
 * @param remaining what the till was told that could be drawn, of a refusal
 */
record RehearsedPayment(
        long id,
        long walletId,
        long cardId,
        long merchantId,
        int category,
        long createdMs,
        long eligible,
        ResultCode outcome,
        long share,
        long available,
        long remaining) {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");

    static RehearsedPayment of(Row row) {
        return new RehearsedPayment(
                row.getLong("payment_id"),
                row.getLong("wallet_id"),
                row.getLong("card_id"),
                row.getLong("merchant_id"),
                row.getInteger("category"),
                row.getLong("created_ms"),
                row.getLong("eligible_amount"),
                ResultCode.get(row.getInteger("outcome")),
                row.getLong("share"),
                row.getLong("available"),
                row.getLong("remaining"));
    }

    LocalDate day() {
        return LocalDate.ofInstant(Instant.ofEpochMilli(createdMs), ROME);
    }

    boolean wasPaid() {
        return outcome == ResultCode.OK;
    }

    /** True when rules refused it: other rules may not. */
    boolean wasRefusedByRules() {
        return switch (outcome) {
            case CATEGORY_NOT_ALLOWED, LIMIT_EXCEEDED, BELOW_MINIMUM, NOT_DIVISIBLE -> true;
            default -> false;
        };
    }

    /** As the contract shows it, with the reason that it was or would be refused for and what the programme paid or would pay. */
    JsonObject json(ResultCode reason, long amount) {
        return new JsonObject()
                .put("payment_id", Ids.PAYMENT.format(id))
                .put("card_id", Ids.CARD.format(cardId))
                .put("merchant_id", Ids.MERCHANT.format(merchantId))
                .put("time", Json.time(createdMs))
                .put("eligible_amount", Json.euro(eligible))
                .put("amount", Json.euro(amount))
                .put("reason", Json.word(reason));
    }
}

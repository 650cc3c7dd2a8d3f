// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is paid in one go.
 *
 * @param lines ascending
 * @param programmeId of its only line; null when it pays lines of several
 * @param amount cents
 * @param reference what outcomes name
 * @param payee the account in force when it was ordered; null before
 * @param state {@code PLANNED}, {@code ORDERED}, {@code LEFT_OUT}, {@code PAID}, {@code REJECTED}, {@code WITHDRAWN} or {@code BOUNCED} (it was paid and came back)
 * @param reason why it is left out, or was not paid
 * @param mandate its number, as accounting told it
 */
public record OrderItem(
        long orderId,
        int item,
        long merchantId,
        List<Long> lines,
        @Nullable Long programmeId,
        long amount,
        String reference,
        @Nullable Long payee,
        String state,
        @Nullable String reason,
        @Nullable String mandate) {
    static final String COLUMNS =
            "order_id, item, merchant_id, lines, programme_id, amount, reference, payee, state, reason, mandate";

    static OrderItem of(Row row) {
        return new OrderItem(
                row.getLong("order_id"),
                row.getInteger("item"),
                row.getLong("merchant_id"),
                List.of(row.getArrayOfLongs("lines")),
                row.getLong("programme_id"),
                row.getLong("amount"),
                row.getString("reference"),
                row.getLong("payee"),
                row.getString("state"),
                row.getString("reason"),
                row.getString("mandate"));
    }

    JsonObject json() {
        JsonArray ids = new JsonArray();
        lines.forEach(line -> ids.add(Ids.SETTLEMENT_LINE.format(line)));
        JsonObject json = new JsonObject()
                .put("reference", reference)
                .put("merchant_id", Ids.MERCHANT.format(merchantId))
                .put("lines", ids)
                .put("amount", Json.euro(amount))
                .put("state", state.toLowerCase(Locale.ROOT));
        if (programmeId != null) {
            json.put("programme_id", Ids.PROGRAMME.format(programmeId));
        }
        if (reason != null) {
            json.put("reason", reason);
        }
        if (mandate != null) {
            json.put("mandate", mandate);
        }
        return json;
    }
}

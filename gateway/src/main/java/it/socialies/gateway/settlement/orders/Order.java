// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.http.Idempotency;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order of an approved settlement.
 *
 * @param orderId also the reference that the core is told
 * @param debtor of a SEPA order: name, iban, bic, cuc
 * @param madeBy operator on whose behalf it is ordered
 * @param isDone whether every payment of it is ordered or left out
 */
record Order(
        long orderId,
        long settlementId,
        int circuitId,
        OrderKind kind,
        LocalDate executionDate,
        @Nullable JsonObject debtor,
        UUID key,
        long madeBy,
        long madeMs,
        boolean isDone) {
    static final String COLUMNS =
            "order_id, settlement_id, circuit_id, kind, execution_date, debtor, key, made_by, made_ms, state";

    static Order of(Row row) {
        return new Order(
                row.getLong("order_id"),
                row.getLong("settlement_id"),
                row.getInteger("circuit_id"),
                OrderKind.valueOf(row.getString("kind")),
                row.getLocalDate("execution_date"),
                row.getJsonObject("debtor"),
                row.getUUID("key"),
                row.getLong("made_by"),
                row.getLong("made_ms"),
                row.getString("state").equals("ORDERED"));
    }

    String id() {
        return Ids.PAYMENT_ORDER.format(orderId);
    }

    Idempotency request() {
        return Idempotency.of(key);
    }

    JsonObject json() {
        return new JsonObject()
                .put("id", id())
                .put("settlement_id", Ids.SETTLEMENT.format(settlementId))
                .put("kind", kind.word())
                .put("execution_date", executionDate.toString())
                .put("made_by", Ids.OPERATOR.format(madeBy))
                .put("made_at", Json.time(madeMs))
                .put("state", isDone ? "ordered" : "ordering");
    }
}

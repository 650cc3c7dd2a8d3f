// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.samples;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.util.List;
import java.util.Locale;

/**
 * What the office keeps about a payment: notes, orders with their mandates, rows of the files by which the household was awarded. None of it is in the journal.
 */
record OfficeFacts(JsonArray notes, JsonArray orders, JsonArray rows) {
    private static final String NOTES =
            "SELECT settlement_id, number, note_date, total, confirmed_by, confirmed_ms FROM debit_note"
                    + " WHERE circuit_id = $1 AND merchant_id = $2 AND settlement_id = ANY($3) ORDER BY settlement_id";

    private static final String ORDERS = """
            SELECT o.order_id, o.settlement_id, o.kind, o.execution_date, i.reference, i.amount, i.state, i.reason, i.mandate
            FROM payment_order o JOIN payment_order_item i USING (order_id)
            WHERE o.circuit_id = $1 AND i.merchant_id = $2 AND o.settlement_id = ANY($3) ORDER BY o.order_id, i.item""";

    private static final String ROWS = """
            SELECT batch_id, row_number, sheet_row, public_code, outcome, reason, amount, household_size, result
            FROM issuance_row WHERE circuit_id = $1 AND wallet_id = $2 ORDER BY batch_id, row_number""";

    static Future<OfficeFacts> of(SqlConnection office, int circuitId, LedgerFacts ledger) {
        List<Long> settlements = ledger.settlementIds();
        Tuple settled = Tuple.of(circuitId, ledger.merchantId())
                .addArrayOfLong(settlements.stream().distinct().toArray(Long[]::new));
        return office.preparedQuery(NOTES)
                .execute(settled)
                .compose(notes -> office.preparedQuery(ORDERS)
                        .execute(settled)
                        .compose(orders -> office.preparedQuery(ROWS)
                                .execute(Tuple.of(circuitId, ledger.walletId()))
                                .map(rows -> {
                                    OfficeFacts facts =
                                            new OfficeFacts(new JsonArray(), new JsonArray(), new JsonArray());
                                    notes.forEach(row -> facts.notes.add(note(row)));
                                    orders.forEach(row -> facts.orders.add(order(row)));
                                    rows.forEach(row -> facts.rows.add(row(row)));
                                    return facts;
                                })));
    }

    private static JsonObject note(Row row) {
        return new JsonObject()
                .put("settlement_id", Ids.SETTLEMENT.format(row.getLong("settlement_id")))
                .put("number", row.getString("number"))
                .put("date", row.getLocalDate("note_date").toString())
                .put("total", row.getLong("total"))
                .put("confirmed_by", row.getString("confirmed_by"))
                .put("confirmed_at", Json.time(row.getLong("confirmed_ms")));
    }

    private static JsonObject order(Row row) {
        JsonObject json = new JsonObject()
                .put("id", Ids.PAYMENT_ORDER.format(row.getLong("order_id")))
                .put("settlement_id", Ids.SETTLEMENT.format(row.getLong("settlement_id")))
                .put("kind", row.getString("kind").toLowerCase(Locale.ROOT))
                .put("execution_date", row.getLocalDate("execution_date").toString())
                .put("reference", row.getString("reference"))
                .put("amount", row.getLong("amount"))
                .put("state", row.getString("state").toLowerCase(Locale.ROOT));
        for (String field : new String[] {"reason", "mandate"}) {
            if (row.getString(field) != null) {
                json.put(field, row.getString(field));
            }
        }
        return json;
    }

    private static JsonObject row(Row row) {
        JsonObject json = new JsonObject()
                .put("batch_id", Ids.ISSUANCE_BATCH.format(row.getLong("batch_id")))
                .put("sheet_row", row.getInteger("sheet_row"))
                .put("public_code", row.getString("public_code"))
                .put("reason", row.getString("reason"))
                .put("household_size", row.getShort("household_size"))
                .put("amount", row.getLong("amount"));
        for (String field : new String[] {"outcome", "result"}) {
            if (row.getString(field) != null) {
                json.put(field, row.getString(field).toLowerCase(Locale.ROOT));
            }
        }
        return json;
    }
}

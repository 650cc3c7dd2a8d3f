// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.notes;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a shop is to be paid of a settlement, in words that say neither who bought nor by which programme: outside VAT (art. 2 c. 3 lett. a DPR 633/1972), with 2 € stamp duty above 77.47 € (DPR 642/1972, tariff, art. 13), which
 * the shop puts on its note and which is not part of the total; no CIG (ANAC resolution 313/2020). Stateless.
 */
final class DebitNoteJson {
    static final String COLUMNS =
            "n.settlement_id, n.merchant_id, n.circuit_id, n.period_end_ms, n.gross, n.netted, n.payments";

    /** Of approved settlements; lines that were returned are of a later one. */
    static final String SOURCE = "(SELECT s.settlement_id, s.circuit_id, s.period_end_ms, l.merchant_id,"
            + " sum(l.amount)::bigint AS gross, sum(l.netted)::bigint AS netted, sum((SELECT count(*) FROM settled_part p"
            + " WHERE p.line_id = l.line_id AND p.payment_id <> 0 AND p.amount > 0))::bigint AS payments"
            + " FROM settlement s JOIN settlement_line l USING (settlement_id) WHERE s.state = 2 AND l.state <> 4"
            + " GROUP BY s.settlement_id, s.circuit_id, s.period_end_ms, l.merchant_id HAVING sum(l.to_pay) > 0) n";

    private static final long STAMP_ABOVE_CENTS = 77_47;
    private static final long STAMP_CENTS = 2_00;

    private DebitNoteJson() {}

    /** A draft, of a row with {@link #COLUMNS}. */
    static JsonObject draft(Row row) {
        long gross = row.getLong("gross");
        long netted = row.getLong("netted");
        long total = gross - netted;
        return new JsonObject()
                .put("settlement_id", Ids.SETTLEMENT.format(row.getLong("settlement_id")))
                .put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")))
                .put("state", "drafted")
                .put("period_end", Json.time(row.getLong("period_end_ms")))
                .put("payments", row.getLong("payments"))
                .put("gross", Json.euro(gross))
                .put("netted", Json.euro(netted))
                .put("total", Json.euro(total))
                .put("stamp_duty", Json.euro(total > STAMP_ABOVE_CENTS ? STAMP_CENTS : 0));
    }

    /** Adds what the shop said, if it said something. */
    static JsonObject with(JsonObject draft, @Nullable Confirmation said) {
        return said == null
                ? draft
                : draft.put("state", "confirmed")
                        .put("number", said.number())
                        .put("date", said.date().toString())
                        .put("confirmed_by", said.by())
                        .put("confirmed_at", Json.time(said.atMs()));
    }
}

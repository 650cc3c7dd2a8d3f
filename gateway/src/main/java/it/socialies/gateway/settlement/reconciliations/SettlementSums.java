// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.reconciliations;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.settlement.desk.SettlementDesk;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where the money of a settlement is, line by line as the journal has it and payment by payment as the orders have it: both must say the same. Threading: any event loop.
 */
final class SettlementSums implements Resource {
    private static final String LINES = "SELECT (SELECT last_sequence FROM position) AS as_of_sequence,"
            + " coalesce(sum(amount), 0)::bigint AS gross, coalesce(sum(netted), 0)::bigint AS netted,"
            + " coalesce(sum(to_pay), 0)::bigint AS total,"
            + " coalesce(sum(to_pay) FILTER (WHERE state = 1), 0)::bigint AS open,"
            + " coalesce(sum(to_pay) FILTER (WHERE state = 2), 0)::bigint AS ordered,"
            + " coalesce(sum(to_pay) FILTER (WHERE state = 3), 0)::bigint AS paid,"
            + " coalesce(sum(to_pay) FILTER (WHERE state = 4), 0)::bigint AS returned"
            + " FROM settlement_line WHERE settlement_id = $1";
    private static final String PAYMENTS = "SELECT i.state, sum(i.amount)::bigint FROM payment_order_item i"
            + " JOIN payment_order o USING (order_id) WHERE o.settlement_id = $1 AND o.circuit_id = $2 GROUP BY i.state";

    private final Projection projection;
    private final OfficeDatabase office;
    private final SettlementDesk settlements;

    SettlementSums(Projection projection, OfficeDatabase office) {
        this.projection = projection;
        this.office = office;
        settlements = new SettlementDesk(projection);
    }

    @Override
    public void mount(Api api) {
        api.on("reconcileSettlement", this::sums);
    }

    private Future<ApiAnswer> sums(ApiRequest request) {
        SettlementDesk.requireReader(request);
        return settlements
                .settlement(request)
                .compose(settlementId -> office.withConnection(connection ->
                                connection.preparedQuery(PAYMENTS).execute(Tuple.of(settlementId, request.circuitId())))
                        .map(SettlementSums::byState)
                        .compose(payments -> projection
                                .rows(request.query("min_sequence", 0), LINES, Tuple.of(settlementId))
                                .map(rows -> ApiAnswer.ok(
                                        json(settlementId, rows.iterator().next(), payments)))));
    }

    private static Map<String, Long> byState(Iterable<Row> rows) {
        Map<String, Long> sums = new HashMap<>();
        rows.forEach(row -> sums.put(row.getString(0), row.getLong(1)));
        return sums;
    }

    private static JsonObject json(long settlementId, Row lines, Map<String, Long> payments) {
        long total = lines.getLong("total");
        long ordered = lines.getLong("ordered");
        long paid = lines.getLong("paid");
        long parts = lines.getLong("open") + ordered + paid + lines.getLong("returned");
        JsonObject orders = new JsonObject();
        for (String state : new String[] {"ORDERED", "PAID", "REJECTED", "WITHDRAWN", "BOUNCED"}) {
            orders.put(state.toLowerCase(Locale.ROOT), Json.euro(payments.getOrDefault(state, 0L)));
        }
        boolean agrees = total == parts
                && ordered == payments.getOrDefault("ORDERED", 0L)
                && paid == payments.getOrDefault("PAID", 0L);
        return new JsonObject()
                .put("settlement_id", Ids.SETTLEMENT.format(settlementId))
                .put("gross", Json.euro(lines.getLong("gross")))
                .put("netted", Json.euro(lines.getLong("netted")))
                .put("total", Json.euro(total))
                .put("open", Json.euro(lines.getLong("open")))
                .put("ordered", Json.euro(ordered))
                .put("paid", Json.euro(paid))
                .put("returned", Json.euro(lines.getLong("returned")))
                .put("orders", orders)
                .put("agrees", agrees)
                .put("as_of_sequence", lines.getLong("as_of_sequence"));
    }
}

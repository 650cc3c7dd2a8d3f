// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.traces;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the holds of payments with what became of them. Stateless. */
final class Holds {
    private static final String MOVES = "SELECT " + Move.COLUMNS + " FROM ledger_entry e" + Move.ACCOUNTS
            + " WHERE e.payment_id = ANY($1) AND e.payment_id <> 0 AND e.kind IN (133, 134, 136) AND e.amount > 0"
            + " ORDER BY e.sequence, e.index";

    private static final String PARTS = """
            SELECT p.hold_id, p.payment_id, p.amount, p.line_id, l.settlement_id, l.merchant_id, l.programme_id, l.state,
                   l.order_reference, l.outcome, 0::bigint AS proposal_id, l.sequence
            FROM settled_part p JOIN settlement_line l USING (line_id)
            WHERE p.payment_id = ANY($1) AND p.payment_id <> 0 AND NOT p.given_up
            UNION ALL
            SELECT r.hold_id, r.payment_id, -r.amount, 0, 0, d.merchant_id, d.programme_id, 0::smallint, 0, 0::smallint, d.proposal_id, d.sequence
            FROM repaid_part r JOIN debt_settlement d USING (proposal_id)
            WHERE r.payment_id = ANY($1) AND r.payment_id <> 0
            ORDER BY sequence, line_id, hold_id""";

    private static final List<String> LINE_STATES = List.of("", "open", "ordered", "paid", "returned", "netted");
    private static final List<String> OUTCOMES = List.of("", "paid", "rejected", "withdrawn", "bounced");

    private Holds() {}

    /** By their ids; only what was captured. */
    static Future<Map<Long, Hold>> of(SqlClient client, Collection<Long> payments) {
        if (payments.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        Tuple named = Tuple.tuple().addArrayOfLong(payments.stream().distinct().toArray(Long[]::new));
        return client.preparedQuery(MOVES)
                .execute(named)
                .compose(moves -> client.preparedQuery(PARTS).execute(named).map(parts -> {
                    Map<Long, Move> captures = new LinkedHashMap<>();
                    Map<Long, List<Move>> refunds = new HashMap<>();
                    for (Row row : moves) {
                        Move move = Move.of(row);
                        if (move.isRefund()) {
                            refunds.computeIfAbsent(move.holdId(), hold -> new ArrayList<>())
                                    .add(move);
                        } else {
                            captures.put(move.holdId(), move);
                        }
                    }
                    Map<Long, List<LinePart>> paid = new HashMap<>();
                    Map<Long, List<LinePart>> back = new HashMap<>();
                    for (Row row : parts) {
                        long amount = row.getLong("amount");
                        (amount > 0 ? paid : back)
                                .computeIfAbsent(row.getLong("hold_id"), hold -> new ArrayList<>())
                                .add(new LinePart(row.getLong("line_id"), Math.abs(amount), end(row)));
                    }
                    Map<Long, Hold> holds = new HashMap<>();
                    captures.forEach((id, capture) -> holds.put(
                            id,
                            new Hold(
                                    capture,
                                    refunds.getOrDefault(id, List.of()),
                                    paid.getOrDefault(id, List.of()),
                                    back.getOrDefault(id, List.of()))));
                    return holds;
                }));
    }

    private static JsonObject end(Row row) {
        JsonObject json = row.getLong("line_id") == 0
                ? new JsonObject()
                        .put("kind", "repaid")
                        .put("proposal_id", Ids.PROPOSAL.format(row.getLong("proposal_id")))
                : line(row);
        return json.put("payment_id", Ids.PAYMENT.format(row.getLong("payment_id")));
    }

    /** Of a row with the columns of a line. */
    static JsonObject line(Row row) {
        JsonObject json = new JsonObject()
                .put("kind", "settlement_line")
                .put("settlement_id", Ids.SETTLEMENT.format(row.getLong("settlement_id")))
                .put("settlement_line_id", Ids.SETTLEMENT_LINE.format(row.getLong("line_id")))
                .put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")))
                .put("programme_id", Ids.PROGRAMME.format(row.getLong("programme_id")))
                .put("line_state", LINE_STATES.get(row.getShort("state")));
        if (row.getLong("order_reference") != 0) {
            json.put("order_reference", row.getLong("order_reference"));
        }
        if (row.getShort("outcome") != 0) {
            json.put("outcome", OUTCOMES.get(row.getShort("outcome")));
        }
        return json;
    }
}

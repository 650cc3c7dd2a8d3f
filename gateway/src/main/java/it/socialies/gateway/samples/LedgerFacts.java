// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.samples;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.CardStatus;
import it.socialies.engine.protocol.sbe.PaymentState;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.traces.WholeTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the journal says about a payment, from one state of the projection.
 *
 * @param holderId 0 when nobody holds the wallet
 * @param settlementIds of the lines that pay it
 * @param sequences records that have to do with it
 */
record LedgerFacts(
        JsonObject payment,
        JsonArray walletPayments,
        JsonArray awards,
        JsonArray cards,
        JsonArray lines,
        JsonObject forward,
        JsonObject back,
        long walletId,
        long merchantId,
        long holderId,
        List<Long> settlementIds,
        SortedSet<Long> sequences,
        long asOf) {
    private static final String PAYMENT =
            "SELECT p.*, w.holder_id, s.last_sequence FROM payment p JOIN wallet w USING (wallet_id) CROSS JOIN position s"
                    + " WHERE p.payment_id = $1 AND p.circuit_id = $2";

    private static final String CHANGES = "SELECT sequence, amount, captured_total, refunded_total, state, timestamp_ms"
            + " FROM payment_change WHERE payment_id = $1 ORDER BY sequence, index";

    private static final String OF_WALLET = """
            SELECT p.payment_id, p.created_ms, p.merchant_id, p.terminal_id, p.state, p.captured_total, p.refunded_total
            FROM payment p
            WHERE p.wallet_id = $1 AND p.captured_total > 0 AND EXISTS (
                SELECT FROM hold h JOIN account a ON a.account_id = h.debit_account_id
                WHERE h.payment_id = p.payment_id AND a.programme_id IN (
                    SELECT b.programme_id FROM hold k JOIN account b ON b.account_id = k.debit_account_id WHERE k.payment_id = $2))
            ORDER BY p.payment_id""";

    private static final String AWARDS = """
            SELECT t.sequence, t.programme_id, t.amount, t.proposal_id, t.timestamp_ms, coalesce(p.proposer_id, e.operator_id, 0) AS proposer_id,
                   coalesce(p.decider_id, 0) AS decider_id, coalesce(p.decided_ms, 0) AS decided_ms, coalesce(e.award_id, 0) AS award_id,
                   coalesce(e.reference, 0) AS reference
            FROM top_up t LEFT JOIN proposal p ON p.proposal_id = t.proposal_id AND t.proposal_id <> 0
            LEFT JOIN emergency_award e ON e.sequence = t.sequence AND e.wallet_id = t.wallet_id AND t.proposal_id = 0
            WHERE t.wallet_id = $1 AND t.programme_id IN (
                SELECT b.programme_id FROM hold k JOIN account b ON b.account_id = k.debit_account_id WHERE k.payment_id = $2)
            ORDER BY t.sequence, t.index""";

    private static final String CARDS =
            "SELECT card_id, replaces_card_id, status, issued_ms, assigned_ms, status_changed_ms FROM card WHERE wallet_id = $1 ORDER BY card_id";

    private static final String LINES = """
            SELECT l.line_id, l.settlement_id, s.reference, s.decided_by, s.decided_ms, s.drawn_by, l.drawn_ms, l.amount, l.netted, l.to_pay,
                   sum(p.amount)::bigint AS of_payment, bool_and(p.given_up) AS given_up, l.order_reference, l.ordered_sequence, l.outcome_sequence, l.sequence,
                   s.decided_sequence
            FROM settled_part p JOIN settlement_line l USING (line_id) JOIN settlement s USING (settlement_id)
            WHERE p.payment_id = $1 AND p.payment_id <> 0
            GROUP BY l.line_id, s.settlement_id ORDER BY l.line_id""";

    /** Fails with not_found when the circuit has no such payment. */
    static Future<LedgerFacts> of(SqlClient client, int circuitId, long paymentId) {
        String name = Ids.PAYMENT.format(paymentId);
        return WholeTrace.of(client, circuitId, name, true)
                .compose(forward -> WholeTrace.of(client, circuitId, name, false)
                        .compose(back -> client.preparedQuery(PAYMENT)
                                .execute(Tuple.of(paymentId, circuitId))
                                .compose(rows -> of(client, rows.iterator().next(), forward, back))));
    }

    private static Future<LedgerFacts> of(SqlClient client, Row row, JsonObject forward, JsonObject back) {
        long paymentId = row.getLong("payment_id");
        long walletId = row.getLong("wallet_id");
        SortedSet<Long> sequences = new TreeSet<>();
        sequences.add(row.getLong("sequence"));
        note(sequences, forward);
        note(sequences, back);
        List<Long> settlements = new ArrayList<>();
        return list(client, CHANGES, Tuple.of(paymentId), change -> {
                    sequences.add(change.getLong("sequence"));
                    return change(change);
                })
                .compose(changes -> list(client, OF_WALLET, Tuple.of(walletId, paymentId), LedgerFacts::brief)
                        .compose(payments -> list(client, AWARDS, Tuple.of(walletId, paymentId), award -> {
                                    sequences.add(award.getLong("sequence"));
                                    return award(award);
                                })
                                .compose(awards -> list(client, CARDS, Tuple.of(walletId), LedgerFacts::card)
                                        .compose(cards -> list(client, LINES, Tuple.of(paymentId), line -> {
                                                    settlements.add(line.getLong("settlement_id"));
                                                    for (String at : new String[] {
                                                        "sequence",
                                                        "decided_sequence",
                                                        "ordered_sequence",
                                                        "outcome_sequence"
                                                    }) {
                                                        sequences.add(line.getLong(at));
                                                    }
                                                    return line(line);
                                                })
                                                .map(lines -> {
                                                    sequences.remove(0L);
                                                    return new LedgerFacts(
                                                            payment(row).put("changes", changes),
                                                            payments,
                                                            awards,
                                                            cards,
                                                            lines,
                                                            forward,
                                                            back,
                                                            walletId,
                                                            row.getLong("merchant_id"),
                                                            row.getLong("holder_id"),
                                                            settlements,
                                                            sequences,
                                                            row.getLong("last_sequence"));
                                                })))));
    }

    private static Future<JsonArray> list(SqlClient client, String sql, Tuple named, Function<Row, JsonObject> json) {
        return client.preparedQuery(sql).execute(named).map((RowSet<Row> rows) -> {
            JsonArray items = new JsonArray();
            rows.forEach(row -> items.add(json.apply(row)));
            return items;
        });
    }

    private static void note(SortedSet<Long> sequences, JsonObject trace) {
        for (Object each : trace.getJsonArray("items")) {
            for (Object step : ((JsonObject) each).getJsonArray("steps")) {
                String entry = ((JsonObject) step).getString("entry");
                sequences.add(Long.parseLong(entry.substring(0, entry.indexOf('-'))));
            }
        }
    }

    private static JsonObject brief(Row row) {
        return new JsonObject()
                .put("id", Ids.PAYMENT.format(row.getLong("payment_id")))
                .put("time", Json.time(row.getLong("created_ms")))
                .put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")))
                .put("terminal_id", Ids.TERMINAL.format(row.getLong("terminal_id")))
                .put("state", Json.word(PaymentState.get(row.getShort("state"))))
                .put("captured", row.getLong("captured_total"))
                .put("refunded", row.getLong("refunded_total"));
    }

    private static JsonObject payment(Row row) {
        return brief(row)
                .put("outlet_id", Ids.OUTLET.format(row.getLong("outlet_id")))
                .put("wallet_id", Ids.WALLET.format(row.getLong("wallet_id")))
                .put("card_id", Ids.CARD.format(row.getLong("card_id")))
                .put("bill_total", row.getLong("bill_total"))
                .put("eligible_amount", row.getLong("eligible_amount"))
                .put("sequence", row.getLong("sequence"));
    }

    private static JsonObject change(Row row) {
        return new JsonObject()
                .put("sequence", row.getLong("sequence"))
                .put("time", Json.time(row.getLong("timestamp_ms")))
                .put("amount", row.getLong("amount"))
                .put("captured", row.getLong("captured_total"))
                .put("refunded", row.getLong("refunded_total"))
                .put("state", Json.word(PaymentState.get(row.getShort("state"))));
    }

    private static JsonObject award(Row row) {
        JsonObject json = new JsonObject()
                .put("sequence", row.getLong("sequence"))
                .put("time", Json.time(row.getLong("timestamp_ms")))
                .put("programme_id", Ids.PROGRAMME.format(row.getLong("programme_id")))
                .put("amount", row.getLong("amount"));
        put(json, "proposal_id", Ids.PROPOSAL, row.getLong("proposal_id"));
        put(json, "emergency_award_id", Ids.EMERGENCY_AWARD, row.getLong("award_id"));
        put(json, "proposed_by", Ids.OPERATOR, row.getLong("proposer_id"));
        put(json, "approved_by", Ids.OPERATOR, row.getLong("decider_id"));
        time(json, "approved_at", row.getLong("decided_ms"));
        return row.getLong("reference") == 0 ? json : json.put("act_reference", row.getLong("reference"));
    }

    private static JsonObject card(Row row) {
        JsonObject json = new JsonObject()
                .put("id", Ids.CARD.format(row.getLong("card_id")))
                .put("status", Json.word(CardStatus.get(row.getShort("status"))))
                .put("issued_at", Json.time(row.getLong("issued_ms")));
        put(json, "replaces_card_id", Ids.CARD, row.getLong("replaces_card_id"));
        time(json, "handed_over_at", row.getLong("assigned_ms"));
        time(json, "status_changed_at", row.getLong("status_changed_ms"));
        return json;
    }

    private static JsonObject line(Row row) {
        JsonObject json = new JsonObject()
                .put("id", Ids.SETTLEMENT_LINE.format(row.getLong("line_id")))
                .put("settlement_id", Ids.SETTLEMENT.format(row.getLong("settlement_id")))
                .put("act_reference", row.getLong("reference"))
                .put("drawn_at", Json.time(row.getLong("drawn_ms")))
                .put("drawn_by", Ids.OPERATOR.format(row.getLong("drawn_by")))
                .put("amount", row.getLong("amount"))
                .put("netted", row.getLong("netted"))
                .put("to_pay", row.getLong("to_pay"))
                .put("of_this_payment", row.getLong("of_payment"))
                .put("given_up", row.getBoolean("given_up"));
        put(json, "approved_by", Ids.OPERATOR, row.getLong("decided_by"));
        time(json, "approved_at", row.getLong("decided_ms"));
        return json;
    }

    private static void put(JsonObject json, String field, Ids kind, long number) {
        if (number != 0) {
            json.put(field, kind.format(number));
        }
    }

    private static void time(JsonObject json, String field, long epochMs) {
        if (epochMs != 0) {
            json.put(field, Json.time(epochMs));
        }
    }
}

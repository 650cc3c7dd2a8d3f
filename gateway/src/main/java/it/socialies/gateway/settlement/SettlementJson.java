// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.engine.protocol.sbe.SettlementState;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A settlement and its lines as the contract shows them. Stateless. */
final class SettlementJson {
    /** Of a settlement and what became of its lines. */
    static final String COLUMNS = "s.settlement_id, s.period_end_ms, s.reference, s.state, s.lines, s.total, s.digest,"
            + " s.drawn_by, s.drawn_ms, s.sequence, s.decided_by, s.decided_ms, n.open, n.ordered, n.paid, n.returned, n.netted, n.paid_total";

    static final String SOURCE = "settlement s CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE l.state = 1) AS open,"
            + " count(*) FILTER (WHERE l.state = 2) AS ordered, count(*) FILTER (WHERE l.state = 3) AS paid,"
            + " count(*) FILTER (WHERE l.state = 4) AS returned, count(*) FILTER (WHERE l.state = 5) AS netted,"
            + " coalesce(sum(l.to_pay) FILTER (WHERE l.state = 3), 0)::bigint AS paid_total"
            + " FROM settlement_line l WHERE l.settlement_id = s.settlement_id) n";

    static final String LINE_COLUMNS =
            "line_id, settlement_id, position, merchant_id, programme_id, amount, netted, to_pay,"
                    + " state, order_reference, ordered_ms, outcome, outcome_ms, sequence, changed_sequence";

    private static final List<String> COUNTS = List.of("open", "ordered", "paid", "returned", "netted");
    private static final List<String> LINE_STATES = List.of("", "open", "ordered", "paid", "returned", "netted");
    private static final List<String> OUTCOMES = List.of("", "paid", "rejected", "withdrawn", "bounced");

    private SettlementJson() {}

    /** Before the projection knows it. */
    static JsonObject of(Drawing drawing) {
        JsonObject json = new JsonObject()
                .put("id", drawing.id())
                .put("state", drawing.state().word())
                .put("period_end", Json.time(drawing.periodEndMs()))
                .put("act_reference", drawing.reference())
                .put("drawn_by", Ids.OPERATOR.format(drawing.drawnBy()))
                .put("drawn_at", Json.time(drawing.drawnMs()))
                .put("sequence", drawing.sequence());
        return withDrawing(json, drawing);
    }

    /** Of a row with {@link #COLUMNS}; {@code drawn} until the drawing says more. */
    static JsonObject of(Row row) {
        JsonObject counts = new JsonObject();
        COUNTS.forEach(count -> counts.put(count, row.getLong(count)));
        JsonObject json = new JsonObject()
                .put("id", Ids.SETTLEMENT.format(row.getLong("settlement_id")))
                .put("state", Json.word(SettlementState.get(row.getShort("state"))))
                .put("period_end", Json.time(row.getLong("period_end_ms")))
                .put("act_reference", row.getLong("reference"))
                .put("drawn_by", Ids.OPERATOR.format(row.getLong("drawn_by")))
                .put("drawn_at", Json.time(row.getLong("drawn_ms")))
                .put("line_count", row.getInteger("lines"))
                .put("total", Json.euro(row.getLong("total")))
                .put("paid", Json.euro(row.getLong("paid_total")))
                .put("digest", HexFormat.of().formatHex(row.getBuffer("digest").getBytes()))
                .put("lines", counts)
                .put("sequence", row.getLong("sequence"));
        if (row.getLong("decided_by") != 0) {
            json.put("decided_by", Ids.OPERATOR.format(row.getLong("decided_by")))
                    .put("decided_at", Json.time(row.getLong("decided_ms")));
        }
        return json;
    }

    /** Adds what the job knows, as long as the core has decided nothing. */
    static JsonObject withDrawing(JsonObject json, @Nullable Drawing drawing) {
        if (drawing == null) {
            return json;
        }
        boolean isUndecided = !json.getString("state").equals(word(SettlementState.APPROVED));
        if (isUndecided) {
            json.put("state", drawing.state().word());
        }
        if (drawing.proposalId() != null) {
            json.put("proposal_id", Ids.PROPOSAL.format(drawing.proposalId()));
        }
        if (drawing.stopCode() != null) {
            json.put("stop_code", drawing.stopCode());
        }
        return json;
    }

    private static String word(SettlementState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** What is left out of it, and why. */
    static JsonArray leftOut(List<PlanRow> plan) {
        JsonArray all = new JsonArray();
        for (PlanRow row : plan) {
            if (row.leftOut() != null) {
                all.add(new JsonObject()
                        .put("merchant_id", Ids.MERCHANT.format(row.merchantId()))
                        .put("programme_id", Ids.PROGRAMME.format(row.programmeId()))
                        .put("amount", Json.euro(row.most()))
                        .put("reason", row.leftOut()));
            }
        }
        return all;
    }

    /** Of a row with {@link #LINE_COLUMNS}. */
    static JsonObject line(Row row) {
        JsonObject json = new JsonObject()
                .put("id", Ids.SETTLEMENT_LINE.format(row.getLong("line_id")))
                .put("position", row.getInteger("position"))
                .put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")))
                .put("programme_id", Ids.PROGRAMME.format(row.getLong("programme_id")))
                .put("amount", Json.euro(row.getLong("amount")))
                .put("netted", Json.euro(row.getLong("netted")))
                .put("to_pay", Json.euro(row.getLong("to_pay")))
                .put("state", LINE_STATES.get(row.getShort("state")))
                .put("sequence", row.getLong("changed_sequence"));
        if (row.getLong("order_reference") != 0) {
            json.put("ordered_at", Json.time(row.getLong("ordered_ms")));
        }
        if (row.getShort("outcome") != 0) {
            json.put("outcome", OUTCOMES.get(row.getShort("outcome")))
                    .put("outcome_at", Json.time(row.getLong("outcome_ms")));
        }
        return json;
    }
}

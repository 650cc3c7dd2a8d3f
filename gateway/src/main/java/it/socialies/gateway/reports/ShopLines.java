// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import static it.socialies.gateway.reports.Table.Column.count;
import static it.socialies.gateway.reports.Table.Column.euro;
import static it.socialies.gateway.reports.Table.Column.text;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.projection.Projection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What shops were reimbursed of a programme: line by line with note and mandate, and shop by shop. Threading: any event loop. */
final class ShopLines {
    private static final int OPEN = 1;
    private static final int NETTED = 5;
    private static final int PAID = 3;

    // The state is that behind the last change that counts; a line that was netted away never changes.
    private static final String LINES = """
            SELECT l.line_id, l.settlement_id, l.merchant_id, s.reference, l.amount, l.netted, l.to_pay,
                   coalesce(x.state, CASE WHEN l.to_pay = 0 THEN 5 ELSE 1 END)::integer AS state,
                   coalesce(p.timestamp_ms, 0) AS paid_ms
            FROM settlement_line l
            JOIN settlement s USING (settlement_id)
            LEFT JOIN LATERAL (SELECT c.state FROM settlement_line_change c
                               WHERE c.line_id = l.line_id AND c.sequence <= $2 AND c.timestamp_ms < $4
                               ORDER BY c.sequence DESC, c.index DESC LIMIT 1) x ON true
            LEFT JOIN LATERAL (SELECT c.timestamp_ms FROM settlement_line_change c
                               WHERE c.line_id = l.line_id AND c.outcome = 1 AND c.sequence <= $2 AND c.timestamp_ms >= $3 AND c.timestamp_ms < $4
                               ORDER BY c.sequence DESC, c.index DESC LIMIT 1) p ON true
            WHERE l.programme_id = $1 AND l.sequence <= $2 AND l.drawn_ms < $4 AND (l.drawn_ms >= $3 OR p.timestamp_ms IS NOT NULL)
            ORDER BY l.merchant_id, l.line_id""";
    private static final String NOTES = """
            SELECT settlement_id, merchant_id, number, note_date FROM debit_note
            WHERE circuit_id = $1 AND settlement_id = ANY ($2) AND confirmed_ms <= $3 ORDER BY settlement_id, merchant_id""";
    private static final String MANDATES = """
            SELECT line_id, i.mandate FROM payment_order_item i JOIN payment_order o USING (order_id), unnest(i.lines) AS line_id
            WHERE o.circuit_id = $1 AND o.settlement_id = ANY ($2) AND i.state = 'PAID' AND i.mandate IS NOT NULL ORDER BY line_id""";

    private final Projection projection;

    ShopLines(Projection projection) {
        this.projection = projection;
    }

    private record Note(String number, LocalDate date) {}

    private record Key(long settlementId, long merchantId) {}

    /** Lines drawn or paid within the period, and what each shop was paid within it. */
    Future<List<Table>> tables(Scope scope, OfficeFacts facts, ReportWords words) {
        return projection
                .longRows(
                        0,
                        LINES,
                        Tuple.of(
                                scope.programmeId(),
                                scope.sequence(),
                                scope.span().fromMs(),
                                scope.span().untilMs()))
                .compose(lines -> described(lines, scope, facts, words));
    }

    private static Future<List<Table>> described(RowSet<Row> lines, Scope scope, OfficeFacts facts, ReportWords words) {
        TreeSet<Long> shops = new TreeSet<>();
        TreeSet<Long> settlements = new TreeSet<>();
        TreeSet<Long> references = new TreeSet<>();
        TreeSet<Long> paid = new TreeSet<>();
        for (Row line : lines) {
            shops.add(line.getLong("merchant_id"));
            settlements.add(line.getLong("settlement_id"));
            references.add(line.getLong("reference"));
            if (line.getInteger("state") == PAID) {
                paid.add(line.getLong("line_id"));
            }
        }
        Long[] named = settlements.toArray(Long[]::new);
        return facts.descriptions(Ids.MERCHANT.name(), shops)
                .compose(names -> facts.citations(references)
                        .compose(cited -> notes(scope, facts, named)
                                .compose(notes -> mandates(scope, facts, named, paid)
                                        .map(mandates -> List.of(
                                                byShop(lines, names, words),
                                                byLine(lines, names, cited, notes, mandates, words))))));
    }

    private static Future<Map<Key, Note>> notes(Scope scope, OfficeFacts facts, Long[] settlements) {
        return facts.rows(NOTES, Tuple.of(scope.circuitId(), (Object) settlements, scope.atMs()))
                .map(rows -> {
                    Map<Key, Note> notes = new HashMap<>();
                    for (Row row : rows) {
                        Note note = new Note(row.getString("number"), row.getLocalDate("note_date"));
                        Key key = new Key(row.getLong("settlement_id"), row.getLong("merchant_id"));
                        notes.put(key, note);
                        facts.taken("NOTE", key.settlementId(), key.merchantId(), note.number(), note.date());
                    }
                    return notes;
                });
    }

    /** Of lines that the journal says are paid. */
    private static Future<Map<Long, String>> mandates(
            Scope scope, OfficeFacts facts, Long[] settlements, Set<Long> paid) {
        return facts.rows(MANDATES, Tuple.of(scope.circuitId(), (Object) settlements))
                .map(rows -> {
                    Map<Long, String> mandates = new HashMap<>();
                    for (Row row : rows) {
                        long lineId = row.getLong("line_id");
                        if (paid.contains(lineId)) {
                            mandates.put(lineId, row.getString("mandate"));
                            facts.taken("MANDATE", lineId, row.getString("mandate"));
                        }
                    }
                    return mandates;
                });
    }

    private static Table byShop(RowSet<Row> lines, Map<Long, JsonObject> names, ReportWords words) {
        Map<Long, long[]> sums = new TreeMap<>();
        for (Row line : lines) {
            long[] sum = sums.computeIfAbsent(line.getLong("merchant_id"), shop -> new long[2]);
            sum[0]++;
            sum[1] += line.getLong("paid_ms") > 0 ? line.getLong("to_pay") : 0;
        }
        List<List<Object>> rows = new ArrayList<>();
        sums.forEach((shop, sum) -> rows.add(List.of(
                Ids.MERCHANT.format(shop), of(names, shop, "name"), of(names, shop, "vat_number"), sum[0], sum[1])));
        return new Table(
                words.get("region.shops"),
                List.of(
                        text(words.get("shop.id"), 0),
                        text(words.get("shop.name"), 9),
                        text(words.get("shop.vat_number"), 5),
                        count(words.get("shop.lines"), 3),
                        euro(words.get("line.paid_in_period"), 4)),
                rows);
    }

    private static Table byLine(
            RowSet<Row> lines,
            Map<Long, JsonObject> names,
            Map<Long, String> cited,
            Map<Key, Note> notes,
            Map<Long, String> mandates,
            ReportWords words) {
        List<List<Object>> rows = new ArrayList<>();
        for (Row line : lines) {
            long shop = line.getLong("merchant_id");
            Note note = notes.get(new Key(line.getLong("settlement_id"), shop));
            long paidMs = line.getLong("paid_ms");
            rows.add(List.of(
                    Ids.SETTLEMENT_LINE.format(line.getLong("line_id")),
                    of(names, shop, "name"),
                    of(names, shop, "vat_number"),
                    cited.getOrDefault(line.getLong("reference"), ""),
                    note == null ? "" : note.number(),
                    note == null ? "" : words.day(note.date()),
                    line.getLong("amount"),
                    line.getLong("netted"),
                    line.getLong("to_pay"),
                    words.get("line.state." + Math.clamp(line.getInteger("state"), OPEN, NETTED)),
                    paidMs == 0 ? "" : words.day(paidMs),
                    paidMs == 0 ? 0L : line.getLong("to_pay"),
                    mandates.getOrDefault(line.getLong("line_id"), "")));
        }
        return new Table(
                words.get("region.lines"),
                List.of(
                        text(words.get("line.id"), 0),
                        text(words.get("shop.name"), 6),
                        text(words.get("shop.vat_number"), 0),
                        text(words.get("act.reference"), 0),
                        text(words.get("note.number"), 3),
                        text(words.get("note.date"), 4),
                        euro(words.get("line.amount"), 0),
                        euro(words.get("line.netted"), 0),
                        euro(words.get("line.to_pay"), 4),
                        text(words.get("line.state"), 4),
                        text(words.get("line.paid_on"), 4),
                        euro(words.get("line.paid_in_period"), 4),
                        text(words.get("line.mandate"), 4)),
                rows);
    }

    private static String of(Map<Long, JsonObject> names, long shop, String field) {
        JsonObject data = names.get(shop);
        return data == null ? "" : data.getString(field, "");
    }
}

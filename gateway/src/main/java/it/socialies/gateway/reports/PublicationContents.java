// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import static it.socialies.gateway.reports.Table.Column.euro;
import static it.socialies.gateway.reports.Table.Column.text;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who was awarded more than 1,000 € in a year (D.Lgs. 33/2013, articles 26 and 27), all programmes of the circuit together, under a code: article 26(4) forbids to say who they are, since the award says that they are in need.
 */
final class PublicationContents implements Contents {
    static final long THRESHOLD_CENTS = 1_000_00;

    // Somebody to whom the card was handed over behind the sequence was nobody then.
    private static final String SQL = """
            WITH award AS (
                SELECT wallet_id, programme_id, proposal_id, amount FROM top_up
                WHERE circuit_id = $1 AND sequence <= $2 AND timestamp_ms >= $3 AND timestamp_ms < $4
                UNION ALL
                SELECT wallet_id, programme_id, NULL, -(amount + forgone) FROM take_back
                WHERE circuit_id = $1 AND sequence <= $2 AND timestamp_ms >= $3 AND timestamp_ms < $4
            ), of_somebody AS (
                SELECT coalesce(h.holder_id, a.wallet_id) AS whom, h.holder_id IS NULL AS is_wallet, a.programme_id, a.proposal_id, a.amount
                FROM award a
                LEFT JOIN LATERAL (
                    SELECT w.holder_id FROM wallet w
                    WHERE w.wallet_id = a.wallet_id AND w.holder_id <> 0
                      AND EXISTS (SELECT FROM card c WHERE c.wallet_id = w.wallet_id AND c.assigned_ms > 0 AND c.assigned_ms <= $5)
                ) h ON true
            ), listed AS (
                SELECT whom, is_wallet FROM of_somebody GROUP BY 1, 2 HAVING sum(amount) > $6
            )
            SELECT s.whom, s.is_wallet, s.programme_id, coalesce(max(s.proposal_id), 0)::bigint AS proposal_id, sum(s.amount)::bigint AS amount
            FROM of_somebody s JOIN listed USING (whom, is_wallet)
            GROUP BY s.whom, s.is_wallet, s.programme_id HAVING sum(s.amount) > 0
            ORDER BY s.whom, s.is_wallet, s.programme_id""";
    private static final String CALLS =
            "SELECT proposal_id, act_reference FROM issuance_batch WHERE circuit_id = $1 AND proposal_id = ANY ($2) ORDER BY proposal_id";
    private static final String COMMITMENTS = """
            SELECT DISTINCT ON (programme_id) programme_id, reference FROM fund_commitment
            WHERE circuit_id = $1 AND programme_id = ANY ($2) AND sequence <= $3 ORDER BY programme_id, sequence DESC, index DESC""";

    private final Projection projection;
    private final PublicationCode codes;

    PublicationContents(Projection projection, PublicationCode codes) {
        this.projection = projection;
        this.codes = codes;
    }

    @Override
    public Future<List<Table>> tables(Scope scope, OfficeFacts facts, ReportWords words) {
        return projection
                .longRows(
                        0,
                        SQL,
                        Tuple.of(
                                        scope.circuitId(),
                                        scope.sequence(),
                                        scope.span().fromMs(),
                                        scope.span().untilMs(),
                                        scope.atMs())
                                .addLong(THRESHOLD_CENTS))
                .compose(awards -> described(awards, scope, facts, words));
    }

    private Future<List<Table>> described(RowSet<Row> awards, Scope scope, OfficeFacts facts, ReportWords words) {
        TreeSet<Long> programmes = new TreeSet<>();
        TreeSet<Long> proposals = new TreeSet<>();
        for (Row row : awards) {
            programmes.add(row.getLong("programme_id"));
            proposals.add(row.getLong("proposal_id"));
        }
        return facts.descriptions(Ids.PROGRAMME.name(), programmes)
                .compose(names -> calls(scope, facts, proposals)
                        .compose(calls -> commitments(scope, facts, programmes)
                                .map(acts -> List.of(table(awards, scope, names, calls, acts, words)))));
    }

    private static Future<Map<Long, String>> calls(Scope scope, OfficeFacts facts, Set<Long> proposals) {
        return facts.rows(CALLS, Tuple.of(scope.circuitId(), (Object) proposals.toArray(Long[]::new)))
                .map(rows -> {
                    Map<Long, String> calls = new HashMap<>();
                    for (Row row : rows) {
                        calls.put(row.getLong(0), row.getString(1));
                        facts.taken("CALL", row.getLong(0), row.getString(1));
                    }
                    return calls;
                });
    }

    /** The act that bound the money, for awards out of no call. */
    private Future<Map<Long, String>> commitments(Scope scope, OfficeFacts facts, Set<Long> programmes) {
        return projection
                .longRows(
                        0,
                        COMMITMENTS,
                        Tuple.of(scope.circuitId(), (Object) programmes.toArray(Long[]::new))
                                .addLong(scope.sequence()))
                .compose(rows -> {
                    Map<Long, Long> references = new HashMap<>();
                    rows.forEach(row -> references.put(row.getLong(0), row.getLong(1)));
                    return facts.citations(references.values()).map(cited -> {
                        Map<Long, String> acts = new HashMap<>();
                        references.forEach(
                                (programme, reference) -> acts.put(programme, cited.getOrDefault(reference, "")));
                        return acts;
                    });
                });
    }

    private Table table(
            RowSet<Row> awards,
            Scope scope,
            Map<Long, JsonObject> names,
            Map<Long, String> calls,
            Map<Long, String> acts,
            ReportWords words) {
        int year = scope.span().from().getYear();
        List<List<Object>> rows = new ArrayList<>();
        for (Row row : awards) {
            long programmeId = row.getLong("programme_id");
            String call = calls.get(row.getLong("proposal_id"));
            rows.add(List.of(
                    codes.of(scope.circuitId(), year, row.getBoolean("is_wallet"), row.getLong("whom")),
                    UnspentContents.name(names, programmeId),
                    call == null ? acts.getOrDefault(programmeId, "") : call,
                    row.getLong("amount")));
        }
        // By code: the order in which people came would tell something of them.
        rows.sort(Comparator.comparing((List<Object> row) -> row.get(0).toString())
                .thenComparing(row -> row.get(1).toString())
                .thenComparing(row -> row.get(2).toString()));
        return new Table(
                words.get("publication.awards"),
                List.of(
                        text(words.get("publication.code"), 6),
                        text(words.get("programme"), 7),
                        text(words.get("act.reference"), 7),
                        euro(words.get("euro"), 4)),
                rows);
    }
}

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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What lies in pockets: by days since it was credited, taking the oldest credit as spent first, and by days until the programme ends. */
final class UnspentContents implements Contents {
    private static final String BALANCES = """
            WITH pocket AS (
                SELECT account_id, programme_id FROM account WHERE kind = 3 AND circuit_id = $1 AND ($2::bigint = 0 OR programme_id = $2)
            ), moved AS (
                SELECT p.programme_id, p.account_id, e.amount FROM pocket p JOIN ledger_entry e ON e.credit_account_id = p.account_id
                WHERE e.sequence <= $3 AND e.kind IN (131, 133, 134, 136)
                UNION ALL
                SELECT p.programme_id, p.account_id, -e.amount FROM pocket p JOIN ledger_entry e ON e.debit_account_id = p.account_id
                WHERE e.sequence <= $3 AND e.kind IN (131, 133, 134, 136)
            ), balance AS (
                SELECT programme_id, account_id, sum(amount)::bigint AS unspent FROM moved GROUP BY 1, 2 HAVING sum(amount) > 0
            )
            """;
    private static final String BY_AGE = BALANCES + """
            , credit AS (
                SELECT b.programme_id, b.account_id, b.unspent, e.amount,
                       ($4::date - (to_timestamp(e.timestamp_ms / 1000.0) AT TIME ZONE 'Europe/Rome')::date) AS days,
                       coalesce(sum(e.amount) OVER (PARTITION BY b.account_id ORDER BY e.sequence DESC, e.index DESC
                                                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::bigint AS newer
                FROM balance b JOIN ledger_entry e ON e.credit_account_id = b.account_id
                WHERE e.sequence <= $3 AND e.kind = 131
            ), aged AS (
                SELECT programme_id, account_id, greatest(0, least(amount, unspent - newer))::bigint AS rest,
                       CASE WHEN days <= 30 THEN 1 WHEN days <= 60 THEN 2 WHEN days <= 90 THEN 3 WHEN days <= 180 THEN 4 WHEN days <= 365 THEN 5 ELSE 6 END AS age
                FROM credit
            )
            SELECT programme_id, age, count(DISTINCT account_id), sum(rest)::bigint FROM aged WHERE rest > 0 GROUP BY 1, 2 ORDER BY 1, 2""";
    private static final String BY_END = BALANCES + """
            SELECT p.programme_id,
                   coalesce((SELECT x.valid_until_ms FROM programme_extension x WHERE x.programme_id = p.programme_id AND x.sequence <= $3
                             ORDER BY x.sequence DESC, x.index DESC LIMIT 1), p.first_until_ms) AS until_ms,
                   count(b.account_id), coalesce(sum(b.unspent), 0)::bigint
            FROM programme p LEFT JOIN balance b USING (programme_id)
            WHERE p.circuit_id = $1 AND ($2::bigint = 0 OR p.programme_id = $2) AND p.sequence <= $3
            GROUP BY p.programme_id ORDER BY p.programme_id""";
    private static final int[] DAYS_LEFT = {7, 30, 90};

    private final Projection projection;

    UnspentContents(Projection projection) {
        this.projection = projection;
    }

    @Override
    public Future<List<Table>> tables(Scope scope, OfficeFacts facts, ReportWords words) {
        Tuple which = Tuple.of(scope.circuitId(), scope.programmeId(), scope.sequence());
        return projection
                .longRows(0, BY_END, which)
                .compose(ends -> projection
                        .longRows(
                                0,
                                BY_AGE,
                                Tuple.of(
                                        scope.circuitId(),
                                        scope.programmeId(),
                                        scope.sequence(),
                                        Period.dayOf(scope.atMs())))
                        .compose(ages -> facts.descriptions(Ids.PROGRAMME.name(), programmes(ends))
                                .map(names -> List.of(byEnd(ends, names, scope, words), byAge(ages, names, words)))));
    }

    private static Set<Long> programmes(RowSet<Row> rows) {
        Set<Long> ids = new TreeSet<>();
        rows.forEach(row -> ids.add(row.getLong(0)));
        return ids;
    }

    private static Table byEnd(RowSet<Row> ends, Map<Long, JsonObject> names, Scope scope, ReportWords words) {
        List<List<Object>> rows = new ArrayList<>();
        for (Row row : ends) {
            long untilMs = row.getLong(1);
            long days = ChronoUnit.DAYS.between(Period.dayOf(scope.atMs()), Period.dayOf(untilMs));
            rows.add(List.of(
                    Ids.PROGRAMME.format(row.getLong(0)),
                    name(names, row.getLong(0)),
                    words.moment(untilMs),
                    Math.max(0, days),
                    words.get("left." + left(untilMs <= scope.atMs(), days)),
                    row.getLong(2),
                    row.getLong(3)));
        }
        return new Table(
                words.get("unspent.by_end"),
                List.of(
                        text(words.get("programme.id"), 0),
                        text(words.get("programme"), 7),
                        text(words.get("unspent.until"), 5),
                        count(words.get("unspent.days_left"), 3),
                        text(words.get("unspent.left"), 4),
                        count(words.get("unspent.pockets"), 3),
                        euro(words.get("balance.unspent"), 4)),
                rows);
    }

    private static int left(boolean isOver, long days) {
        if (isOver) {
            return 0;
        }
        int bucket = 1;
        for (int most : DAYS_LEFT) {
            if (days <= most) {
                return bucket;
            }
            bucket++;
        }
        return bucket;
    }

    private static Table byAge(RowSet<Row> ages, Map<Long, JsonObject> names, ReportWords words) {
        List<List<Object>> rows = new ArrayList<>();
        for (Row row : ages) {
            rows.add(List.of(
                    Ids.PROGRAMME.format(row.getLong(0)),
                    name(names, row.getLong(0)),
                    words.get("age." + row.getInteger(1)),
                    row.getLong(2),
                    row.getLong(3)));
        }
        return new Table(
                words.get("unspent.by_age"),
                List.of(
                        text(words.get("programme.id"), 0),
                        text(words.get("programme"), 7),
                        text(words.get("unspent.age"), 5),
                        count(words.get("unspent.pockets"), 4),
                        euro(words.get("balance.unspent"), 4)),
                rows);
    }

    static String name(Map<Long, JsonObject> names, long programmeId) {
        JsonObject data = names.get(programmeId);
        return data == null ? "" : data.getString("name", "");
    }
}

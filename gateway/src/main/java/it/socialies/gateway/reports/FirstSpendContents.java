// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import static it.socialies.gateway.reports.Table.Column.count;
import static it.socialies.gateway.reports.Table.Column.text;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Days from the approval of somebody's first award out of a programme to the first payment with it, told of enough people only. */
final class FirstSpendContents implements Contents {
    private static final String SQL = """
            WITH award AS (
                SELECT DISTINCT ON (t.account_id) t.account_id, coalesce(nullif(p.decided_ms, 0), t.timestamp_ms) AS award_ms
                FROM top_up t LEFT JOIN proposal p ON p.proposal_id = t.proposal_id
                WHERE t.programme_id = $1 AND t.sequence <= $2
                ORDER BY t.account_id, t.sequence, t.index
            ), wait AS (
                SELECT (SELECT min(e.timestamp_ms) FROM ledger_entry e
                        WHERE e.debit_account_id = a.account_id AND e.kind IN (133, 134) AND e.sequence <= $2) AS spent_ms, a.award_ms
                FROM award a
            )
            SELECT ((to_timestamp(spent_ms / 1000.0) AT TIME ZONE 'Europe/Rome')::date
                    - (to_timestamp(award_ms / 1000.0) AT TIME ZONE 'Europe/Rome')::date)::bigint AS days, count(*)
            FROM wait GROUP BY 1 ORDER BY 1""";

    private final Projection projection;

    FirstSpendContents(Projection projection) {
        this.projection = projection;
    }

    @Override
    public Future<List<Table>> tables(Scope scope, OfficeFacts facts, ReportWords words) {
        return projection
                .longRows(0, SQL, Tuple.of(scope.programmeId(), scope.sequence()))
                .map(rows -> {
                    TreeMap<Long, Long> peopleByDays = new TreeMap<>();
                    long notYet = 0;
                    for (Row row : rows) {
                        Long days = row.getLong(0);
                        if (days == null) {
                            notYet += row.getLong(1);
                        } else {
                            peopleByDays.merge(Math.max(0, days), row.getLong(1), Long::sum);
                        }
                    }
                    return tables(Waits.of(peopleByDays, notYet, scope.atLeast()), words);
                });
    }

    private static List<Table> tables(Waits waits, ReportWords words) {
        List<List<Object>> cells = new ArrayList<>();
        int buckets = waits.cells().size();
        for (int i = 0; i < buckets; i++) {
            cells.add(List.of(bucket(i, words), told(waits.cells().get(i), words)));
        }
        return List.of(
                new Table(
                        words.get("first_spend.figures"),
                        List.of(text(words.get("figure"), 12), count(words.get("value"), 4)),
                        List.of(
                                List.of(words.get("count.beneficiaries"), told(waits.total(), words)),
                                List.of(words.get("first_spend.median"), told(waits.medianDays(), words)),
                                List.of(words.get("first_spend.ninetieth"), told(waits.ninetiethDays(), words)))),
                new Table(
                        words.get("first_spend.distribution"),
                        List.of(text(words.get("first_spend.days"), 12), count(words.get("count.beneficiaries"), 4)),
                        cells));
    }

    private static Object told(long figure, ReportWords words) {
        return figure == Waits.WITHHELD ? words.get("withheld") : (Object) figure;
    }

    private static String bucket(int number, ReportWords words) {
        List<Integer> most = Waits.MOST_DAYS;
        if (number > most.size()) {
            return words.get("first_spend.not_yet");
        }
        if (number == most.size()) {
            return words.get("first_spend.more", most.getLast());
        }
        return number == 0
                ? words.get("first_spend.same_day")
                : words.get("first_spend.between", most.get(number - 1) + 1, most.get(number));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import static it.socialies.gateway.reports.Table.Column.count;
import static it.socialies.gateway.reports.Table.Column.euro;
import static it.socialies.gateway.reports.Table.Column.text;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.merchants.Category;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.List;

/** What was spent out of pockets and refunded into them, by trade of the shop and ISO week of Italy. */
final class SpendContents implements Contents {
    private static final String SQL = """
            WITH pocket AS (
                SELECT account_id FROM account WHERE kind = 3 AND circuit_id = $1 AND ($2::bigint = 0 OR programme_id = $2)
            ), moved AS (
                SELECT e.payment_id, e.timestamp_ms, e.amount AS spent, 0::bigint AS refunded
                FROM pocket p JOIN ledger_entry e ON e.debit_account_id = p.account_id
                WHERE e.kind IN (133, 134) AND e.sequence <= $3 AND e.timestamp_ms >= $4 AND e.timestamp_ms < $5
                UNION ALL
                SELECT e.payment_id, e.timestamp_ms, 0, e.amount
                FROM pocket p JOIN ledger_entry e ON e.credit_account_id = p.account_id
                WHERE e.kind = 136 AND e.sequence <= $3 AND e.timestamp_ms >= $4 AND e.timestamp_ms < $5
            )
            SELECT to_char(to_timestamp(m.timestamp_ms / 1000.0) AT TIME ZONE 'Europe/Rome', 'IYYY-"W"IW') AS week, s.category::integer,
                   count(DISTINCT m.payment_id) FILTER (WHERE m.spent > 0), sum(m.spent)::bigint, sum(m.refunded)::bigint
            FROM moved m JOIN payment p USING (payment_id) JOIN merchant s USING (merchant_id)
            GROUP BY 1, 2 ORDER BY 1, 2""";

    private final Projection projection;

    SpendContents(Projection projection) {
        this.projection = projection;
    }

    @Override
    public Future<List<Table>> tables(Scope scope, OfficeFacts facts, ReportWords words) {
        return projection
                .longRows(
                        0,
                        SQL,
                        Tuple.of(
                                scope.circuitId(),
                                scope.programmeId(),
                                scope.sequence(),
                                scope.span().fromMs(),
                                scope.span().untilMs()))
                .map(found -> {
                    List<List<Object>> rows = new ArrayList<>();
                    long payments = 0;
                    long spent = 0;
                    long refunded = 0;
                    for (Row row : found) {
                        rows.add(List.of(
                                row.getString(0),
                                words.get("category." + Category.word(row.getInteger(1))),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4)));
                        payments += row.getLong(2);
                        spent += row.getLong(3);
                        refunded += row.getLong(4);
                    }
                    rows.add(List.of(words.get("total"), "", payments, spent, refunded));
                    return List.of(new Table(
                            words.get("spend.by_week"),
                            List.of(
                                    text(words.get("spend.week"), 4),
                                    text(words.get("spend.category"), 7),
                                    count(words.get("spend.payments"), 3),
                                    euro(words.get("flow.spent"), 4),
                                    euro(words.get("flow.refunded"), 4)),
                            rows));
                });
    }
}

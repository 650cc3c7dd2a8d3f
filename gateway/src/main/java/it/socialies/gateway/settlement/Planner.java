// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks up what shops are owed of a period: what is payable, less what was captured behind the period's end. What is refunded meanwhile makes it less, which the core sees to; what is captured meanwhile is behind
 * the end. May be called from any thread.
 */
final class Planner {
    /** The first record that is not before an instant, by halving: stamps never decrease. */
    private static final String FIRST_RECORD_SINCE = """
            WITH RECURSIVE bounds (low, high) AS (
                SELECT 0::bigint, last_sequence + 1 FROM position
                UNION ALL
                SELECT CASE WHEN e.timestamp_ms < $1 THEN e.sequence ELSE low END,
                       CASE WHEN e.timestamp_ms < $1 THEN high ELSE (low + high) / 2 END
                FROM bounds LEFT JOIN LATERAL (
                    SELECT sequence, timestamp_ms FROM ledger_entry WHERE sequence >= (low + high) / 2 ORDER BY sequence LIMIT 1) e ON true
                WHERE high - low > 1)
            SELECT min(high) FROM bounds""";

    private static final String OWED = """
            SELECT a.owner_id, a.programme_id, a.available - coalesce((
                       SELECT sum(greatest(h.captured - h.refunded - h.settled, 0)) FROM hold h
                       WHERE h.credit_account_id = a.account_id AND h.captured - h.refunded <> h.settled AND h.captured_sequence >= $2), 0)::bigint AS most,
                   (SELECT CASE WHEN y.held AND y.confirmed_ms = 0 THEN 'payee_held' ELSE '' END FROM payee y
                    WHERE y.merchant_id = a.owner_id ORDER BY y.sequence DESC LIMIT 1) AS payee
            FROM account a
            WHERE a.circuit_id = $1 AND a.kind = 4 AND a.unit = 1 AND a.available > 0
              AND (cardinality($3::bigint[]) = 0 OR a.owner_id = ANY ($3)) AND (cardinality($4::bigint[]) = 0 OR a.programme_id = ANY ($4))
            ORDER BY a.owner_id, a.programme_id""";

    private final Projection projection;

    Planner(Projection projection) {
        this.projection = projection;
    }

    Future<List<PlanRow>> plan(Drawing drawing) {
        return projection
                .rows(drawing.sequence(), FIRST_RECORD_SINCE, Tuple.of(drawing.periodEndMs()))
                .map(rows -> rows.iterator().next().getLong(0))
                .compose(boundary -> projection.rows(
                        drawing.sequence(),
                        OWED,
                        Tuple.of(drawing.circuitId(), boundary)
                                .addArrayOfLong(drawing.merchants().toArray(Long[]::new))
                                .addArrayOfLong(drawing.programmes().toArray(Long[]::new))))
                .map(rows -> {
                    List<PlanRow> plan = new ArrayList<>();
                    for (Row row : rows) {
                        long most = row.getLong("most");
                        if (most > 0) {
                            String payee = row.getString("payee");
                            plan.add(new PlanRow(
                                    plan.size(),
                                    row.getLong("owner_id"),
                                    row.getLong("programme_id"),
                                    most,
                                    payee == null ? "payee_missing" : payee.isEmpty() ? null : payee));
                        }
                    }
                    return plan;
                });
    }
}

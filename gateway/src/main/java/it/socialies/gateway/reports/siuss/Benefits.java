// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports.siuss;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.reports.Period;
import it.socialies.gateway.reports.Records.At;
import java.util.ArrayList;
import java.util.List;

/** Benefits of a programme, as the projection knows them at a record. Threading: any event loop. */
final class Benefits {
    // Somebody to whom the card was handed over behind the sequence was nobody then.
    private static final String SQL = """
            WITH award AS (
                SELECT wallet_id, amount, timestamp_ms FROM top_up
                WHERE circuit_id = $1 AND programme_id = $2 AND sequence <= $3 AND timestamp_ms >= $4 AND timestamp_ms < $5
                UNION ALL
                SELECT wallet_id, -(amount + forgone), timestamp_ms FROM take_back
                WHERE circuit_id = $1 AND programme_id = $2 AND sequence <= $3 AND timestamp_ms >= $4 AND timestamp_ms < $5
            )
            SELECT coalesce(h.holder_id, a.wallet_id) AS whom, h.holder_id IS NULL AS is_wallet,
                   sum(a.amount)::bigint AS amount, min(a.timestamp_ms) AS first_ms
            FROM award a
            LEFT JOIN LATERAL (
                SELECT w.holder_id FROM wallet w
                WHERE w.wallet_id = a.wallet_id AND w.holder_id <> 0
                  AND EXISTS (SELECT FROM card c WHERE c.wallet_id = w.wallet_id AND c.assigned_ms > 0 AND c.assigned_ms <= $6)
            ) h ON true
            GROUP BY 1, 2 HAVING sum(a.amount) <> 0
            ORDER BY 2, 1 LIMIT $7 OFFSET $8""";

    private final Projection projection;

    Benefits(Projection projection) {
        this.projection = projection;
    }

    /** @return people first, by their numbers */
    Future<List<Benefit>> of(int circuitId, long programmeId, At at, Period period, int limit, long offset) {
        return projection
                .longRows(
                        0,
                        SQL,
                        Tuple.of(circuitId, programmeId, at.sequence(), period.fromMs(), period.untilMs(), at.atMs())
                                .addInteger(limit)
                                .addLong(offset))
                .map(rows -> {
                    List<Benefit> benefits = new ArrayList<>(rows.size());
                    rows.forEach(row -> benefits.add(new Benefit(
                            row.getLong("whom"),
                            row.getBoolean("is_wallet"),
                            row.getLong("amount"),
                            Period.dayOf(row.getLong("first_ms")))));
                    return benefits;
                });
    }
}

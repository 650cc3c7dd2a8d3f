// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.List;

/** Finds the lines of an approved settlement that wait for their order. May be called from any thread. */
final class OpenLines {
    private static final String APPROVED = "SELECT state FROM settlement WHERE settlement_id = $1 AND circuit_id = $2";
    private static final String OPEN = """
            SELECT l.line_id, l.merchant_id, l.programme_id, l.to_pay,
                   coalesce((SELECT CASE WHEN y.held AND y.confirmed_ms = 0 THEN 'payee_held' ELSE '' END FROM payee y
                             WHERE y.merchant_id = l.merchant_id ORDER BY y.sequence DESC LIMIT 1), 'payee_missing') AS payee
            FROM settlement_line l WHERE l.settlement_id = $1 AND l.state = 1 ORDER BY l.merchant_id, l.line_id""";

    private static final short IS_APPROVED = 2;

    private final Projection projection;

    OpenLines(Projection projection) {
        this.projection = projection;
    }

    /** Fails with {@code not_found}, or {@code settlement_state_conflict} while it is not approved. */
    Future<List<OpenLine>> of(int circuitId, long settlementId, long minSequence) {
        return projection
                .rows(minSequence, APPROVED, Tuple.of(settlementId, circuitId))
                .compose(rows -> {
                    for (Row row : rows) {
                        return row.getShort(0) == IS_APPROVED
                                ? projection.rows(minSequence, OPEN, Tuple.of(settlementId))
                                : Future.failedFuture(new ProblemException("settlement_state_conflict"));
                    }
                    return Future.failedFuture(new ProblemException("not_found"));
                })
                .map(rows -> {
                    List<OpenLine> lines = new ArrayList<>();
                    for (Row row : rows) {
                        lines.add(new OpenLine(
                                row.getLong("line_id"),
                                row.getLong("merchant_id"),
                                row.getLong("programme_id"),
                                row.getLong("to_pay"),
                                row.getString("payee")));
                    }
                    return lines;
                });
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;

/** Cases: an operator says once why it reads names, and that holds until the end of the day in Italy. Statements run in transactions that show one circuit. */
final class Cases {
    /** @param endsMs the first millisecond after it */
    record Case(long caseId, Purpose purpose, long openedMs, long endsMs) {}

    private final InstallationClock clock;

    Cases(InstallationClock clock) {
        this.clock = clock;
    }

    Future<Case> open(SqlConnection connection, int circuitId, long operatorId, Purpose purpose) {
        long nowMs = clock.nowMs();
        long endsMs = ItalianDay.of(nowMs)
                .plusDays(1)
                .atStartOfDay(ItalianDay.ZONE)
                .toInstant()
                .toEpochMilli();
        return connection
                .preparedQuery("INSERT INTO vault_case (circuit_id, operator_id, purpose, opened_ms, ends_ms)"
                        + " VALUES ($1, $2, $3, $4, $5) RETURNING case_id")
                .execute(Tuple.of(circuitId, operatorId, purpose.name(), nowMs, endsMs))
                .map(rows -> new Case(rows.iterator().next().getLong(0), purpose, nowMs, endsMs));
    }

    /** The purpose of a reader's case; fails with {@code CASE_NOT_OPEN} when there is none, or it is over, or somebody else's. */
    Future<Purpose> require(SqlConnection connection, Reader reader) {
        return connection
                .preparedQuery(
                        "SELECT purpose FROM vault_case WHERE case_id = $1 AND operator_id = $2 AND ends_ms > $3")
                .execute(Tuple.of(reader.caseId(), reader.operatorId(), clock.nowMs()))
                .map(rows -> {
                    for (Row row : rows) {
                        return Purpose.valueOf(row.getString(0));
                    }
                    throw new Refusal(RefusalCode.CASE_NOT_OPEN);
                });
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.InstallationClock;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Who read whose names, written in the transaction of the read: no row, no answer. */
final class ReadLog {
    /** What was done. */
    enum Operation {
        SEARCH,
        READ,
        RECTIFY,
        EXPORT,
        LETTER,
        /** Somebody was to be entered who was there. */
        REGISTER
    }

    private final InstallationClock clock;

    ReadLog(InstallationClock clock) {
        this.clock = clock;
    }

    /** @param recordId null when a search found nobody */
    Future<Void> write(SqlConnection connection, Reader reader, @Nullable Long recordId, Operation operation) {
        return connection
                .preparedQuery(
                        "INSERT INTO vault_read (circuit_id, case_id, operator_id, record_id, operation, read_ms)"
                                + " VALUES ($1, $2, $3, $4, $5, $6)")
                .execute(Tuple.of(
                        reader.circuitId(),
                        reader.caseId(),
                        reader.operatorId(),
                        recordId,
                        operation.name(),
                        clock.nowMs()))
                .mapEmpty();
    }

    /** The same for many persons. */
    Future<Void> writeAll(SqlConnection connection, Reader reader, Collection<Long> recordIds, Operation operation) {
        return connection
                .preparedQuery(
                        "INSERT INTO vault_read (circuit_id, case_id, operator_id, record_id, operation, read_ms)"
                                + " SELECT $1, $2, $3, record_id, $5, $6 FROM unnest($4::bigint[]) AS read (record_id)")
                .execute(Tuple.of(
                        reader.circuitId(),
                        reader.caseId(),
                        reader.operatorId(),
                        recordIds.toArray(Long[]::new),
                        operation.name(),
                        clock.nowMs()))
                .mapEmpty();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * What is left of an erased person. Kept in both databases, never changed; it wins over whatever a backup brings back.
 *
 * @param requestId the request that it answers
 * @param operatorId who decided it
 * @param erasedMs when the key was destroyed
 */
record Tombstone(long recordId, int circuitId, long requestId, long operatorId, long erasedMs) {
    static final String COLUMNS = "record_id, circuit_id, request_id, operator_id, erased_ms";

    static Tombstone of(Row row) {
        return new Tombstone(row.getLong(0), row.getInteger(1), row.getLong(2), row.getLong(3), row.getLong(4));
    }

    Tuple tuple() {
        return Tuple.of(recordId, circuitId, requestId, operatorId, erasedMs);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement;

import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.security.KeyedHash;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a treasurer asked for, and how far the job is.
 *
 * @param merchants only these shops; empty = all
 * @param programmes only these programmes; empty = all
 * @param key of the request; the commands that follow derive theirs from it
 * @param drawnBy operator on whose behalf the job works
 * @param drawnMs stamp of the record that drew it
 * @param sequence of that record
 */
record Drawing(
        long settlementId,
        int circuitId,
        long periodEndMs,
        long reference,
        List<Long> merchants,
        List<Long> programmes,
        UUID key,
        long drawnBy,
        long drawnMs,
        long sequence,
        DrawingState state,
        @Nullable String stopCode,
        @Nullable Long proposalId) {
    static final String COLUMNS =
            "settlement_id, circuit_id, period_end_ms, reference, merchants, programmes, key, drawn_by,"
                    + " drawn_ms, sequence, state, stop_code, proposal_id";

    static Drawing of(Row row) {
        return new Drawing(
                row.getLong("settlement_id"),
                row.getInteger("circuit_id"),
                row.getLong("period_end_ms"),
                row.getLong("reference"),
                List.of(row.getArrayOfLongs("merchants")),
                List.of(row.getArrayOfLongs("programmes")),
                row.getUUID("key"),
                row.getLong("drawn_by"),
                row.getLong("drawn_ms"),
                row.getLong("sequence"),
                DrawingState.valueOf(row.getString("state")),
                row.getString("stop_code"),
                row.getLong("proposal_id"));
    }

    String id() {
        return Ids.SETTLEMENT.format(settlementId);
    }

    /** The key of a command of the job: the same whenever that is run. */
    Idempotency step(KeyedHash keys, int step) {
        return Idempotency.of(key).step(keys, step);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.reconciliations;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.security.Digest256;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/**
 * A file that told what became of payments.
 *
 * @param digest SHA-256 of the file
 * @param entries of the file, those of others included
 * @param key of the request that brought it
 * @param state {@code NOTING} or {@code DONE}
 */
record Reconciliation(
        long reconciliationId,
        int circuitId,
        String format,
        Digest256 digest,
        int entries,
        UUID key,
        long toldBy,
        long toldMs,
        String state) {
    static final String COLUMNS =
            "reconciliation_id, circuit_id, format, digest, entries, key, told_by, told_ms, state";

    static Reconciliation of(Row row) {
        return new Reconciliation(
                row.getLong("reconciliation_id"),
                row.getInteger("circuit_id"),
                row.getString("format"),
                Digest256.of(row.getBuffer("digest").getBytes()),
                row.getInteger("entries"),
                row.getUUID("key"),
                row.getLong("told_by"),
                row.getLong("told_ms"),
                row.getString("state"));
    }

    String id() {
        return Ids.RECONCILIATION.format(reconciliationId);
    }

    Idempotency request() {
        return Idempotency.of(key);
    }

    JsonObject json() {
        return new JsonObject()
                .put("id", id())
                .put("format", format.toLowerCase(Locale.ROOT))
                .put("state", state.toLowerCase(Locale.ROOT))
                .put("file_digest", HexFormat.of().formatHex(digest.toBytes()))
                .put("entries", entries)
                .put("told_by", Ids.OPERATOR.format(toldBy))
                .put("told_at", Json.time(toldMs));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.agreements;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A version of the text. Immutable.
 *
 * @param number of the version in its circuit, from 1
 * @param digest SHA-256 of the text as UTF-8
 * @param decidedBy operator; 0 when nobody has
 */
record Agreement(
        long id,
        int circuitId,
        int number,
        String text,
        Buffer digest,
        long validFromMs,
        int graceDays,
        State state,
        long proposedBy,
        long decidedBy) {
    static final String COLUMNS = "agreement_id, circuit_id, number, text, digest, valid_from_ms, grace_days, state,"
            + " proposed_by, coalesce(decided_by, 0) AS decided_by";

    enum State {
        PROPOSED,
        PUBLISHED,
        REJECTED
    }

    static Agreement of(Row row) {
        return new Agreement(
                row.getLong("agreement_id"),
                row.getInteger("circuit_id"),
                row.getInteger("number"),
                row.getString("text"),
                row.getBuffer("digest"),
                row.getLong("valid_from_ms"),
                row.getShort("grace_days"),
                State.valueOf(row.getString("state")),
                row.getLong("proposed_by"),
                row.getLong("decided_by"));
    }

    static Buffer digestOf(String text) {
        try {
            return Buffer.buffer(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    String hexDigest() {
        return HexFormat.of().formatHex(digest.getBytes());
    }

    /** From when on a shop of that age may not be paid without having accepted it. */
    long refusedFromMs(long registeredMs) {
        return Math.max(validFromMs, registeredMs) + Duration.ofDays(graceDays).toMillis();
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("id", Ids.AGREEMENT.format(id))
                .put("number", number)
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("text", text)
                .put("digest", hexDigest())
                .put("valid_from", Json.time(validFromMs))
                .put("grace_days", graceDays)
                .put("proposed_by", Ids.OPERATOR.format(proposedBy));
        return decidedBy == 0 ? json : json.put("decided_by", Ids.OPERATOR.format(decidedBy));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/**
 * Idempotency of POSTs that touch only the office database (the core does its own): key, keyed fingerprint and answer are written in the
 * transaction of the change itself, so either both are there or neither. A second request with the same key waits for the first and gets
 * its answer. Keys are UUIDv7 (RFC 9562); they are remembered for seven days, and older ones are refused. May be called from any thread.
 */
public final class OfficeRequests {
    private static final long RETENTION_MS = Duration.ofDays(7).toMillis();
    private static final long FUTURE_MAX_MS = 60_000;

    private final OfficeDatabase database;
    private final KeyedHash fingerprintKey;
    private final InstallationClock clock;

    /** @param fingerprintKey the key of {@code Secrets.Purpose.FINGERPRINT} */
    public OfficeRequests(OfficeDatabase database, KeyedHash fingerprintKey, InstallationClock clock) {
        this.database = database;
        this.fingerprintKey = fingerprintKey;
        this.clock = clock;
    }

    /**
     * Does the work once per key. Fails with {@code IDEMPOTENCY_KEY_TOO_OLD}, {@code …_IN_FUTURE}, {@code …_REUSED} (same key, other
     * request), or as the work does; then nothing is kept and the key stays free.
     *
     * @param key a UUIDv7
     * @param principal who asks ({@code opr_…}), or empty
     * @param operation what is asked, such as {@code POST /people}
     * @param request what it is asked with, in a canonical form and without credentials
     * @param work runs in the transaction; its answer is kept
     */
    public Future<OfficeAnswer> once(
            UUID key,
            String principal,
            String operation,
            byte[] request,
            Function<SqlConnection, Future<OfficeAnswer>> work) {
        long keyTimeMs = key.getMostSignificantBits() >>> Short.SIZE;
        long nowMs = clock.nowMs();
        if (keyTimeMs > nowMs + FUTURE_MAX_MS) {
            return Future.failedFuture(new Refusal(RefusalCode.IDEMPOTENCY_KEY_IN_FUTURE));
        }
        if (keyTimeMs <= nowMs - RETENTION_MS) {
            return Future.failedFuture(new Refusal(RefusalCode.IDEMPOTENCY_KEY_TOO_OLD));
        }
        Buffer fingerprint =
                Buffer.buffer(fingerprintKey.bytes(framed(utf8(principal)), framed(utf8(operation)), framed(request)));
        return database.inTransaction(connection -> claim(connection, key, keyTimeMs, fingerprint)
                .compose(first -> first
                        ? work.apply(connection).compose(answer -> keep(connection, key, answer))
                        : repeat(connection, key, fingerprint)));
    }

    /** Whether a request with this key was carried out. */
    Future<Boolean> isKnown(UUID key) {
        return database.withConnection(connection -> connection
                .preparedQuery("SELECT 1 FROM office_request WHERE idempotency_key = $1")
                .execute(Tuple.of(key))
                .map(rows -> rows.size() == 1));
    }

    /** Forgets what is older than the retention; run it now and then. The keys it forgets are refused as too old. */
    public Future<Integer> forgetOld() {
        return database.withConnection(connection -> connection
                .preparedQuery("DELETE FROM office_request WHERE key_time_ms <= $1")
                .execute(Tuple.of(clock.nowMs() - RETENTION_MS))
                .map(rows -> rows.rowCount()));
    }

    private static Future<Boolean> claim(SqlConnection connection, UUID key, long keyTimeMs, Buffer fingerprint) {
        return connection
                .preparedQuery(
                        "INSERT INTO office_request (idempotency_key, key_time_ms, fingerprint) VALUES ($1, $2, $3)"
                                + " ON CONFLICT DO NOTHING")
                .execute(Tuple.of(key, keyTimeMs, fingerprint))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Future<OfficeAnswer> keep(SqlConnection connection, UUID key, OfficeAnswer answer) {
        return connection
                .preparedQuery("UPDATE office_request SET status = $2, answer = $3 WHERE idempotency_key = $1")
                .execute(Tuple.of(key, answer.status(), answer.body()))
                .map(answer);
    }

    private static Future<OfficeAnswer> repeat(SqlConnection connection, UUID key, Buffer fingerprint) {
        return connection
                .preparedQuery("SELECT fingerprint, status, answer FROM office_request WHERE idempotency_key = $1")
                .execute(Tuple.of(key))
                .compose(rows -> {
                    for (Row row : rows) {
                        return row.getBuffer(0).equals(fingerprint)
                                ? Future.succeededFuture(new OfficeAnswer(row.getInteger(1), row.getString(2), true))
                                : Future.failedFuture(new Refusal(RefusalCode.IDEMPOTENCY_KEY_REUSED));
                    }
                    return Future.failedFuture(new Refusal(RefusalCode.BUSY));
                });
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Length first, so that different lists of parts never join to the same bytes. */
    private static byte[] framed(byte[] part) {
        return ByteBuffer.allocate(Integer.BYTES + part.length)
                .putInt(part.length)
                .put(part)
                .array();
    }
}

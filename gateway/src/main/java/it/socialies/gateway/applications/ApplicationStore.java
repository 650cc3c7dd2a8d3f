// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.applications;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.KeyRing;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.SecretBox;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The office's table of applications. May be called from any thread. */
final class ApplicationStore {
    /** Anybody may apply: more than so many that nobody has looked at are too many. */
    private static final int WAITING_MAX = 1_000;

    private static final String COLUMNS =
            "application_id, circuit_id, sealed, state, received_ms, findings, verified_by,"
                    + " decided_by, decided_ms, reason, approval_key, merchant_id";

    private final OfficeDatabase office;
    private final SecretBox box;
    private final KeyedHash digests;

    /** @param ring of {@code Secrets.Purpose.PAYEES} */
    ApplicationStore(OfficeDatabase office, KeyRing ring, SecureRandom random) {
        this.office = office;
        box = new SecretBox(ring, random);
        digests = new KeyedHash(ring.current());
    }

    /** Receives an application; its number. Fails with {@code rate_limited} while too many wait. */
    Future<Long> receive(SqlConnection connection, int circuitId, JsonObject said, long nowMs) {
        return connection
                .preparedQuery("SELECT count(*) AS waiting FROM merchant_application"
                        + " WHERE circuit_id = $1 AND state = 'RECEIVED'")
                .execute(Tuple.of(circuitId))
                .compose(rows -> rows.iterator().next().getLong("waiting") < WAITING_MAX
                        ? connection
                                .query("SELECT nextval(pg_get_serial_sequence('merchant_application',"
                                        + " 'application_id')) AS id")
                                .execute()
                        : Future.failedFuture(new ProblemException("rate_limited")))
                .compose(rows -> {
                    long id = rows.iterator().next().getLong("id");
                    byte[] bytes = said.encode().getBytes(StandardCharsets.UTF_8);
                    return connection
                            .preparedQuery("INSERT INTO merchant_application (application_id, circuit_id, sealed,"
                                    + " vat_digest, state, received_ms) OVERRIDING SYSTEM VALUE"
                                    + " VALUES ($1, $2, $3, $4, 'RECEIVED', $5)")
                            .execute(
                                    Tuple.of(id, circuitId, Buffer.buffer(box.seal(bytes, id)), vatDigest(said), nowMs))
                            .map(id);
                });
    }

    private Buffer vatDigest(JsonObject said) {
        return Buffer.buffer(digests.bytes(said.getString("vat_number").getBytes(StandardCharsets.US_ASCII)));
    }

    /** Newest first, from below a number on. */
    Future<List<Application>> below(int circuitId, long belowId, @Nullable String state, int limit) {
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT " + COLUMNS + " FROM merchant_application WHERE circuit_id = $1"
                        + " AND application_id < $2 AND ($3::text IS NULL OR state = $3)"
                        + " ORDER BY application_id DESC LIMIT $4")
                .execute(Tuple.of(circuitId, belowId, state, limit))
                .map(rows -> {
                    List<Application> found = new ArrayList<>();
                    rows.forEach(row -> found.add(open(row)));
                    return found;
                }));
    }

    /** One of a circuit; fails with {@code not_found}. */
    Future<Application> find(int circuitId, long id) {
        return office.withConnection(connection -> find(connection, circuitId, id, ""));
    }

    /** The same, held until the end of the transaction. */
    Future<Application> lock(SqlConnection connection, int circuitId, long id) {
        return find(connection, circuitId, id, " FOR UPDATE");
    }

    private Future<Application> find(SqlConnection connection, int circuitId, long id, String lock) {
        return connection
                .preparedQuery("SELECT " + COLUMNS + " FROM merchant_application WHERE application_id = $1"
                        + " AND circuit_id = $2" + lock)
                .execute(Tuple.of(id, circuitId))
                .compose(rows -> rows.iterator().hasNext()
                        ? Future.succeededFuture(open(rows.iterator().next()))
                        : Future.failedFuture(new ProblemException("not_found")));
    }

    private Application open(Row row) {
        try {
            byte[] bytes = box.open(row.getBuffer("sealed").getBytes(), row.getLong("application_id"));
            return Application.of(row, new JsonObject(new String(bytes, StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an application does not open", e);
        }
    }

    /** How many others of the same VAT number were not rejected. */
    Future<Long> others(Application application) {
        return office.withConnection(connection -> connection
                .preparedQuery("SELECT count(*) AS others FROM merchant_application WHERE circuit_id = $1"
                        + " AND vat_digest = $2 AND application_id <> $3 AND state <> 'REJECTED'")
                .execute(Tuple.of(application.circuitId(), vatDigest(application.said()), application.id()))
                .map(rows -> rows.iterator().next().getLong("others")));
    }

    static Future<Void> verify(
            SqlConnection connection, long id, JsonArray findings, boolean clear, long operatorId, final long nowMs) {
        return connection
                .preparedQuery("UPDATE merchant_application SET findings = $2, verified_by = $3, verified_ms = $4,"
                        + " state = $5 WHERE application_id = $1")
                .execute(Tuple.of(id, findings, operatorId, nowMs, clear ? "VERIFIED" : "RECEIVED"))
                .mapEmpty();
    }

    static Future<Void> reject(SqlConnection connection, long id, String reason, long operatorId, long nowMs) {
        return connection
                .preparedQuery("UPDATE merchant_application SET state = 'REJECTED', reason = $2, decided_by = $3,"
                        + " decided_ms = $4 WHERE application_id = $1")
                .execute(Tuple.of(id, reason, operatorId, nowMs))
                .mapEmpty();
    }

    /** Begins an approval, once: whoever comes later goes on with that, or not at all. */
    Future<Application> begin(int circuitId, long id, UUID key, long operatorId, long nowMs) {
        return office.inTransaction(connection -> lock(connection, circuitId, id)
                .compose(found -> {
                    if (found.state() != Application.State.VERIFIED) {
                        return Future.succeededFuture(found);
                    }
                    return connection
                            .preparedQuery("UPDATE merchant_application SET state = 'APPROVING', approval_key = $2,"
                                    + " decided_by = $3, decided_ms = $4 WHERE application_id = $1")
                            .execute(Tuple.of(id, key, operatorId, nowMs))
                            .compose(begun -> find(connection, circuitId, id, ""));
                }));
    }

    Future<Void> finish(long id, long merchantId) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE merchant_application SET state = 'APPROVED', merchant_id = $2"
                        + " WHERE application_id = $1")
                .execute(Tuple.of(id, merchantId))
                .mapEmpty());
    }
}

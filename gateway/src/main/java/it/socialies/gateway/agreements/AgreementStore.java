// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.agreements;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.agreements.Agreement.State;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.office.OfficeDatabase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Versions and acceptances in the office database. May be called from any thread. */
final class AgreementStore {
    private static final String ALL = "SELECT " + Agreement.COLUMNS + " FROM agreement ";
    // One that is published and begins later is not in force yet; it may be accepted already.
    private static final String IN_FORCE =
            "SELECT DISTINCT ON (circuit_id) " + Agreement.COLUMNS + " FROM agreement WHERE state = 'PUBLISHED'"
                    + " AND valid_from_ms <= $1 AND ($2::integer IS NULL OR circuit_id = $2) ORDER BY circuit_id, number DESC";
    private static final String ACCEPTED =
            "SELECT merchant_id, max(number) AS number FROM agreement_acceptance WHERE circuit_id = $1 GROUP BY merchant_id";

    private final OfficeDatabase office;

    AgreementStore(OfficeDatabase office) {
        this.office = office;
    }

    Future<Agreement> propose(
            SqlConnection connection,
            int circuitId,
            String text,
            long validFromMs,
            int graceDays,
            long operatorId,
            long nowMs) {
        return connection
                .preparedQuery("SELECT pg_advisory_xact_lock(31, $1)")
                .execute(Tuple.of(circuitId))
                .compose(locked -> connection
                        .preparedQuery("INSERT INTO agreement (circuit_id, number, text, digest, valid_from_ms,"
                                + " grace_days, state, proposed_by, proposed_ms)"
                                + " SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, 'PROPOSED', $6, $7"
                                + " FROM agreement WHERE circuit_id = $1 RETURNING " + Agreement.COLUMNS)
                        .execute(Tuple.of(
                                        circuitId,
                                        text,
                                        Agreement.digestOf(text),
                                        validFromMs,
                                        (short) graceDays,
                                        operatorId)
                                .addLong(nowMs)))
                .map(rows -> Agreement.of(rows.iterator().next()));
    }

    /** One of a circuit, held until the end of the transaction; fails with {@code not_found}. */
    static Future<Agreement> lock(SqlConnection connection, int circuitId, long id) {
        return connection
                .preparedQuery(ALL + "WHERE agreement_id = $1 AND circuit_id = $2 FOR UPDATE")
                .execute(Tuple.of(id, circuitId))
                .compose(rows -> rows.size() == 0
                        ? Future.failedFuture(new ProblemException("not_found"))
                        : Future.succeededFuture(Agreement.of(rows.iterator().next())));
    }

    /** One that was published late is valid from then. */
    static Future<Agreement> decide(SqlConnection connection, long id, State state, long operatorId, long nowMs) {
        return connection
                .preparedQuery("UPDATE agreement SET state = $2, decided_by = $3, decided_ms = $4,"
                        + " valid_from_ms = greatest(valid_from_ms, $4) WHERE agreement_id = $1 RETURNING "
                        + Agreement.COLUMNS)
                .execute(Tuple.of(id, state.name(), operatorId, nowMs))
                .map(rows -> Agreement.of(rows.iterator().next()));
    }

    /** Newest first. */
    Future<List<Agreement>> below(int circuitId, long belowNumber, int limit) {
        return office.withConnection(connection -> connection
                .preparedQuery(ALL + "WHERE circuit_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3")
                .execute(Tuple.of(circuitId, (int) Math.min(belowNumber, Integer.MAX_VALUE), limit))
                .map(rows -> {
                    List<Agreement> found = new ArrayList<>();
                    rows.forEach(row -> found.add(Agreement.of(row)));
                    return found;
                }));
    }

    /** Of one circuit, or of all. */
    Future<List<Agreement>> inForce(@Nullable Integer circuitId, long nowMs) {
        return office.withConnection(connection -> connection
                .preparedQuery(IN_FORCE)
                .execute(Tuple.of(nowMs, circuitId))
                .map(rows -> {
                    List<Agreement> found = new ArrayList<>();
                    rows.forEach(row -> found.add(Agreement.of(row)));
                    return found;
                }));
    }

    Future<Optional<Agreement>> inForce(int circuitId, long nowMs) {
        return inForce(Integer.valueOf(circuitId), nowMs)
                .map(found -> found.stream().findFirst());
    }

    /** The newest version that each shop accepted. */
    Future<Map<Long, Integer>> accepted(int circuitId) {
        return office.withConnection(connection -> connection
                .preparedQuery(ACCEPTED)
                .execute(Tuple.of(circuitId))
                .map(rows -> {
                    Map<Long, Integer> accepted = new HashMap<>();
                    for (Row row : rows) {
                        accepted.put(row.getLong(0), row.getInteger(1));
                    }
                    return accepted;
                }));
    }

    /** Whoever accepts again changes nothing. */
    static Future<Void> accept(
            SqlConnection connection,
            Agreement agreement,
            long merchantId,
            String signatory,
            @Nullable LocalDate signedOn,
            String by,
            long nowMs) {
        return connection
                .preparedQuery("INSERT INTO agreement_acceptance (agreement_id, circuit_id, merchant_id, number,"
                        + " signatory, signed_on, accepted_by, accepted_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                        + " ON CONFLICT DO NOTHING")
                .execute(Tuple.of(
                                agreement.id(),
                                agreement.circuitId(),
                                merchantId,
                                agreement.number(),
                                signatory,
                                signedOn)
                        .addString(by)
                        .addLong(nowMs))
                .mapEmpty();
    }
}

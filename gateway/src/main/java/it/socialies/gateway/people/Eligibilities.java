// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.people.ReadLog.Operation;
import it.socialies.gateway.security.InstallationClock;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of programmes and calls, with their act: who was admitted or excluded, until when. Never by what figures: the contract has no field for an ISEE. Statements run in
 * transactions that show one circuit.
 */
final class Eligibilities {
    private static final String VALID_UNTIL = "valid_until";
    private static final String RETENTION_UNTIL = "retention_until";

    private final Records records;
    private final InstallationClock clock;
    private final int retentionYears;

    /** @param retentionYears after the end of validity, for which an admission is kept when nothing else is said */
    Eligibilities(Records records, InstallationClock clock, int retentionYears) {
        this.records = records;
        this.clock = clock;
        this.retentionYears = retentionYears;
    }

    /**
     * Adds an outcome.
     *
     * @param outcome as {@code EligibilityOutcome} of the contract
     * @return what is kept
     */
    Future<JsonObject> add(SqlConnection connection, Reader writer, long recordId, JsonObject outcome) {
        LocalDate validUntil = date(outcome, VALID_UNTIL);
        LocalDate retention = retention(outcome, validUntil);
        long nowMs = clock.nowMs();
        JsonObject kept = outcome.copy();
        kept.remove(RETENTION_UNTIL);
        return records.open(connection, writer, recordId, Operation.RECTIFY)
                .compose(opened -> connection
                        .preparedQuery("INSERT INTO vault_eligibility (circuit_id, record_id, sealed, retention_until,"
                                + " created_ms) VALUES ($1, $2, $3, $4, $5)")
                        .execute(Tuple.from(new @Nullable Object[] {
                            writer.circuitId(),
                            recordId,
                            Buffer.buffer(
                                    opened.key().seal(PersonKey.Kind.ELIGIBILITY, nowMs, CanonicalJson.bytes(kept))),
                            retention,
                            nowMs
                        })))
                .map(added -> json(kept, retention, nowMs));
    }

    private @Nullable LocalDate retention(JsonObject outcome, LocalDate validUntil) {
        if (outcome.containsKey(RETENTION_UNTIL)) {
            return date(outcome, RETENTION_UNTIL);
        }
        return "admitted".equals(outcome.getString("outcome")) ? validUntil.plusYears(retentionYears) : null;
    }

    private static LocalDate date(JsonObject outcome, String field) {
        try {
            return LocalDate.parse(outcome.getString(field));
        } catch (DateTimeException e) {
            throw ProblemException.field("/eligibility/" + field, "date", "A day of the calendar.");
        }
    }

    /** The outcomes of an opened record, oldest first. */
    static Future<JsonArray> of(SqlConnection connection, Records.Opened opened) {
        return connection
                .preparedQuery("SELECT sealed, retention_until, created_ms FROM vault_eligibility WHERE record_id = $1"
                        + " ORDER BY eligibility_id")
                .execute(Tuple.of(opened.row().recordId()))
                .map(rows -> {
                    JsonArray found = new JsonArray();
                    for (Row row : rows) {
                        long createdMs = row.getLong("created_ms");
                        byte[] plain = opened.key()
                                .open(
                                        PersonKey.Kind.ELIGIBILITY,
                                        createdMs,
                                        row.getBuffer("sealed").getBytes());
                        found.add(json(CanonicalJson.read(plain), row.getLocalDate("retention_until"), createdMs));
                    }
                    return found;
                });
    }

    private static JsonObject json(JsonObject outcome, @Nullable LocalDate retention, long createdMs) {
        JsonObject json = outcome.copy().put("created_at", Json.time(createdMs));
        if (retention != null) {
            json.put(RETENTION_UNTIL, retention.toString());
        }
        return json;
    }

    /** The last day on which the law wants something of a person kept; null = no duty. */
    static Future<@Nullable LocalDate> retentionOf(SqlConnection connection, long recordId) {
        return connection
                .preparedQuery("SELECT max(retention_until) FROM vault_eligibility WHERE record_id = $1")
                .execute(Tuple.of(recordId))
                .map(rows -> rows.iterator().next().getLocalDate(0));
    }
}

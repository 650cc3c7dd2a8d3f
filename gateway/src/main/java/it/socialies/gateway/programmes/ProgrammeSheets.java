// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.programmes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.InstallationClock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What programmes say of themselves, in versions: the newest that is no draft is what the public, letters and tills see. May be called from any thread. */
public final class ProgrammeSheets {
    /**
     * A version.
     *
     * @param state draft, published or withdrawn
     * @param data as {@code ProgrammeDescriptionRequest} of the contract
     */
    public record Sheet(long programmeId, int version, String state, JsonObject data) {
        static Sheet of(Row row) {
            return new Sheet(
                    row.getLong("programme_id"),
                    row.getInteger("version"),
                    row.getString("state"),
                    row.getJsonObject("data"));
        }
    }

    private static final String COLUMNS = "programme_id, version, state, data";
    private static final String SETTLED =
            "SELECT DISTINCT ON (programme_id) " + COLUMNS + " FROM programme_description WHERE state <> 'draft'";
    private static final int LOCK = 0x1e5_d5c;

    private final OfficeDatabase office;
    private final InstallationClock clock;

    public ProgrammeSheets(OfficeDatabase office, InstallationClock clock) {
        this.office = office;
        this.clock = clock;
    }

    /** Adds a version, in the caller's transaction. */
    Future<Sheet> add(
            SqlConnection connection, int circuitId, long programmeId, long operatorId, String state, JsonObject data) {
        return connection
                .preparedQuery("SELECT pg_advisory_xact_lock($1, hashint8($2))")
                .execute(Tuple.of(LOCK, programmeId))
                .compose(locked -> connection
                        .preparedQuery("INSERT INTO programme_description"
                                + " (programme_id, version, circuit_id, state, data, described_by, described_ms)"
                                + " SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6"
                                + " FROM programme_description WHERE programme_id = $1 RETURNING " + COLUMNS)
                        .execute(Tuple.of(programmeId, circuitId, state, data, operatorId, clock.nowMs())))
                .map(rows -> Sheet.of(rows.iterator().next()));
    }

    /** The newest version, draft or not; fails with {@code not_found} when nobody has described it. */
    Future<Sheet> newest(int circuitId, long programmeId) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + COLUMNS + " FROM programme_description"
                                + " WHERE programme_id = $1 AND circuit_id = $2 ORDER BY version DESC LIMIT 1")
                        .execute(Tuple.of(programmeId, circuitId)))
                .map(rows -> {
                    for (Row row : rows) {
                        return Sheet.of(row);
                    }
                    throw new ProblemException("not_found");
                });
    }

    /** What is published of some programmes, by programme; those of which nothing is are left out. */
    public Future<Map<Long, JsonObject>> published(Collection<Long> programmeIds) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT * FROM (" + SETTLED + " AND programme_id = ANY ($1)"
                                + " ORDER BY programme_id, version DESC) s WHERE state = 'published'")
                        .execute(Tuple.of((Object) programmeIds.toArray(Long[]::new))))
                .map(rows -> {
                    Map<Long, JsonObject> found = new LinkedHashMap<>();
                    rows.forEach(row -> found.put(row.getLong("programme_id"), row.getJsonObject("data")));
                    return found;
                });
    }

    /** The same of one. */
    public Future<Optional<JsonObject>> published(long programmeId) {
        return published(List.of(programmeId)).map(found -> Optional.ofNullable(found.get(programmeId)));
    }

    /** Which programmes of all circuits have something published, from a number on. */
    Future<Map<Long, JsonObject>> publishedAbove(long programmeId, int limit) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT * FROM (" + SETTLED + " AND programme_id > $1"
                                + " ORDER BY programme_id, version DESC) s WHERE state = 'published'"
                                + " ORDER BY programme_id LIMIT $2")
                        .execute(Tuple.of(programmeId, limit)))
                .map(rows -> {
                    Map<Long, JsonObject> found = new LinkedHashMap<>();
                    rows.forEach(row -> found.put(row.getLong("programme_id"), row.getJsonObject("data")));
                    return found;
                });
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.programmes;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.documents.Logo;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.InstallationClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Logos of funders, each at its position: as PNG for letters and screens, as SVG beside it for screens. May be called from any thread. */
public final class ProgrammeLogos {
    private final OfficeDatabase office;
    private final InstallationClock clock;

    public ProgrammeLogos(OfficeDatabase office, InstallationClock clock) {
        this.office = office;
        this.clock = clock;
    }

    /** Sets the logo of a position, in the caller's transaction. */
    Future<JsonObject> put(
            SqlConnection connection,
            int circuitId,
            long programmeId,
            long operatorId,
            int position,
            String name,
            LogoImage image,
            byte[] sha256) {
        String digest = HexFormat.of().formatHex(sha256);
        return connection
                .preparedQuery("INSERT INTO programme_logo"
                        + " (programme_id, position, format, circuit_id, name, content, sha256, set_by, set_ms)"
                        + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
                        + " ON CONFLICT (programme_id, position, format) DO UPDATE SET name = EXCLUDED.name,"
                        + " content = EXCLUDED.content, sha256 = EXCLUDED.sha256, set_by = EXCLUDED.set_by,"
                        + " set_ms = EXCLUDED.set_ms")
                .execute(Tuple.of(programmeId, (short) position, image.format(), circuitId, name)
                        .addValue(image.content())
                        .addValue(digest)
                        .addValue(operatorId)
                        .addValue(clock.nowMs()))
                .map(set -> json(position, image.format(), name, digest));
    }

    private static JsonObject json(int position, String format, String name, String sha256) {
        return new JsonObject()
                .put("position", position)
                .put("format", format)
                .put("name", name)
                .put("sha256", sha256);
    }

    /** Which logos programmes have, in their order. */
    Future<Map<Long, JsonArray>> of(Collection<Long> programmeIds) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT programme_id, position, format, name, sha256 FROM programme_logo"
                                + " WHERE programme_id = ANY ($1) ORDER BY programme_id, position, format")
                        .execute(Tuple.of((Object) programmeIds.toArray(Long[]::new))))
                .map(rows -> {
                    Map<Long, JsonArray> logos = new HashMap<>();
                    for (Row row : rows) {
                        logos.computeIfAbsent(row.getLong(0), id -> new JsonArray())
                                .add(json(row.getShort(1), row.getString(2), row.getString(3), row.getString(4)));
                    }
                    return logos;
                });
    }

    /** A picture; fails with {@code not_found}. */
    Future<Buffer> picture(long programmeId, int position, String format) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT content FROM programme_logo"
                                + " WHERE programme_id = $1 AND position = $2 AND format = $3")
                        .execute(Tuple.of(programmeId, (short) position, format)))
                .map(rows -> {
                    for (Row row : rows) {
                        return row.getBuffer(0);
                    }
                    throw new ProblemException("not_found");
                });
    }

    /** What letters print. Fails with {@code programme_logo_missing} when a position has an SVG only, which cannot be printed. */
    public Future<List<Logo>> printable(long programmeId) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT DISTINCT ON (position) format, name, content FROM programme_logo"
                                + " WHERE programme_id = $1 ORDER BY position, format")
                        .execute(Tuple.of(programmeId)))
                .map(rows -> {
                    List<Logo> logos = new ArrayList<>();
                    for (Row row : rows) {
                        if (!row.getString(0).equals("png")) {
                            throw new ProblemException(
                                    "programme_logo_missing", row.getString(1) + " has no PNG, which letters need.");
                        }
                        logos.add(new Logo(row.getString(1), row.getBuffer(2).getBytes()));
                    }
                    return logos;
                });
    }
}

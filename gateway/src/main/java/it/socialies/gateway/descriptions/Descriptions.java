// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.descriptions;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.office.OfficeDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Keeps what describes a thing of the core, in the office database, under the thing's number. Threading: any event loop.
 */
public final class Descriptions {
    private static final Logger LOG = LogManager.getLogger(Descriptions.class);
    private static final String PUT = "INSERT INTO description (kind, id, circuit_id, data) VALUES ($1, $2, $3, $4)"
            + " ON CONFLICT (kind, id) DO UPDATE SET kind = EXCLUDED.kind RETURNING data";
    private static final String GET = "SELECT id, data FROM description WHERE kind = $1 AND id = ANY($2)";

    private final OfficeDatabase office;

    public Descriptions(OfficeDatabase office) {
        this.office = office;
    }

    /**
     * Keeps the description of something the core has just made. A repeated command finds it there; with other words it fails with
     * {@code idempotency_key_reused}. When the database is away the thing exists all the same, so the caller hears {@code outcome_unknown}: the same key again puts it right.
     */
    public Future<Void> put(Ids kind, long id, int circuitId, JsonObject data) {
        return office.withConnection(
                        connection -> connection.preparedQuery(PUT).execute(Tuple.of(kind.name(), id, circuitId, data)))
                .recover(cause -> {
                    LOG.warn("the office database does not answer: {}", cause.getMessage());
                    return Future.failedFuture(new ProblemException("outcome_unknown"));
                })
                .compose(rows -> data.equals(rows.iterator().next().getJsonObject("data"))
                        ? Future.<Void>succeededFuture()
                        : Future.failedFuture(new ProblemException("idempotency_key_reused")));
    }

    /** What is known of one thing of a circuit, as soon as it was made; fails with {@code not_found}. */
    public Future<JsonObject> find(Ids kind, long id, int circuitId) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT data FROM description WHERE kind = $1 AND id = $2 AND circuit_id = $3")
                        .execute(Tuple.of(kind.name(), id, circuitId)))
                .map(rows -> {
                    for (Row row : rows) {
                        return row.getJsonObject("data");
                    }
                    throw new ProblemException("not_found");
                });
    }

    /** Numbers of the things in whose field the text occurs, in upper or lower case. Fails without the database. */
    public Future<List<Long>> containing(Ids kind, String field, String text) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT id FROM description WHERE kind = $1"
                                + " AND position(lower($3) IN lower(data ->> $2)) > 0")
                        .execute(Tuple.of(kind.name(), field, text)))
                .map(rows -> {
                    List<Long> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getLong("id")));
                    return ids;
                });
    }

    /** Adds what is known to things that have an {@code id}. Without the database they stay as they are. */
    public Future<JsonObject> describe(Ids kind, JsonObject thing) {
        return describe(kind, new JsonArray().add(thing)).map(thing);
    }

    /** The same for a list. */
    public Future<JsonArray> describe(Ids kind, JsonArray things) {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < things.size(); i++) {
            ids.add(kind.parse(things.getJsonObject(i).getString("id")));
        }
        if (ids.isEmpty()) {
            return Future.succeededFuture(things);
        }
        return office.withConnection(connection ->
                        connection.preparedQuery(GET).execute(Tuple.of(kind.name(), (Object) ids.toArray(Long[]::new))))
                .map(rows -> {
                    Map<Long, JsonObject> found = new HashMap<>();
                    for (Row row : rows) {
                        found.put(row.getLong("id"), row.getJsonObject("data"));
                    }
                    for (int i = 0; i < ids.size(); i++) {
                        JsonObject data = found.get(ids.get(i));
                        if (data != null) {
                            things.getJsonObject(i).mergeIn(data);
                        }
                    }
                    return things;
                })
                .recover(cause -> {
                    LOG.warn("the office database does not answer: {}", cause.getMessage());
                    return Future.succeededFuture(things);
                });
    }
}

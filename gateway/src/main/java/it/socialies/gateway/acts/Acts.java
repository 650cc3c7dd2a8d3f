// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.acts;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.office.OfficeDatabase;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The acts in the office database, and how requests name them. May be called from any thread. */
public final class Acts {
    /** Numbers of acts begin here: smaller references are an office's own numbers, which nobody looks up. */
    static final long FIRST = 900_000_000_000_001L;

    static final String COLUMNS = "act_id, kind, number, act_date, title, pdf_digest, made_by, made_ms";
    private static final Logger LOG = LogManager.getLogger(Acts.class);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ITALIAN);
    private static final String FIELD = "act_reference";

    private final OfficeDatabase office;

    public Acts(OfficeDatabase office) {
        this.office = office;
    }

    /**
     * What the core is told of the {@code act_reference} of a request: a number as it is, an act by its own number. Fails with {@code not_found} when the circuit of an operator has no such act.
     *
     * @throws ProblemException unauthorized, forbidden, not_found
     */
    public Future<Long> reference(ApiRequest request) {
        Object named = request.body().getValue(FIELD);
        if (named instanceof Number number) {
            return Future.succeededFuture(number.longValue());
        }
        request.operator();
        long actId = Ids.ACT.parse(String.valueOf(named));
        return find(request.circuitId(), List.of(actId)).map(actId);
    }

    /** The acts of a circuit with these numbers, in that order; fails with {@code not_found} when one is missing. */
    public Future<JsonArray> find(int circuitId, List<Long> actIds) {
        return office.withConnection(connection -> byNumber(connection, circuitId, actIds))
                .map(found -> {
                    JsonArray acts = new JsonArray();
                    for (Long actId : actIds) {
                        JsonObject act = found.get(actId);
                        if (act == null) {
                            throw new ProblemException("not_found");
                        }
                        acts.add(act);
                    }
                    return acts;
                });
    }

    /** Adds the {@code act} to each thing whose {@code act_reference} is one. Without the database they stay as they are. */
    public Future<JsonArray> describe(int circuitId, JsonArray things) {
        List<Long> actIds = things.stream()
                .map(each -> ((JsonObject) each).getLong(FIELD, 0L))
                .filter(each -> each >= FIRST)
                .distinct()
                .toList();
        if (actIds.isEmpty()) {
            return Future.succeededFuture(things);
        }
        return office.withConnection(connection -> byNumber(connection, circuitId, actIds))
                .map(found -> {
                    for (int i = 0; i < things.size(); i++) {
                        JsonObject act = found.get(things.getJsonObject(i).getLong(FIELD, 0L));
                        if (act != null) {
                            things.getJsonObject(i).put("act", brief(act));
                        }
                    }
                    return things;
                })
                .recover(cause -> {
                    LOG.warn("the office database does not answer: {}", cause.getMessage());
                    return Future.succeededFuture(things);
                });
    }

    private static Future<Map<Long, JsonObject>> byNumber(SqlConnection connection, int circuitId, List<Long> actIds) {
        return connection
                .preparedQuery("SELECT " + COLUMNS + " FROM act WHERE circuit_id = $1 AND act_id = ANY ($2)")
                .execute(Tuple.of(circuitId).addValue(actIds.toArray(Long[]::new)))
                .map(rows -> {
                    Map<Long, JsonObject> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getLong("act_id"), json(row)));
                    return found;
                });
    }

    /** How an act is cited in a document: {@code Determinazione 118/2026 del 2 marzo 2026}. */
    public static String citation(JsonObject act) {
        String kind = switch (act.getString("kind")) {
            case "determination" -> "Determinazione";
            case "resolution" -> "Deliberazione";
            case "decree" -> "Decreto";
            case "ordinance" -> "Ordinanza";
            default -> "Atto";
        };
        String date = LocalDate.parse(act.getString("date")).format(DAY);
        return kind + ' ' + act.getString("number") + " del " + date;
    }

    static JsonObject json(Row row) {
        JsonObject json = new JsonObject()
                .put("id", Ids.ACT.format(row.getLong("act_id")))
                .put("kind", row.getString("kind"))
                .put("number", row.getString("number"))
                .put("date", row.getLocalDate("act_date").toString())
                .put("title", row.getString("title"))
                .put("made_by", Ids.OPERATOR.format(row.getLong("made_by")))
                .put("made_at", Json.time(row.getLong("made_ms")));
        String digest = row.getString("pdf_digest");
        return digest == null ? json : json.put("pdf_digest", digest);
    }

    /** What names an act where something else is shown: identifier, kind, number, date, title. */
    public static JsonObject brief(JsonObject act) {
        JsonObject brief = new JsonObject();
        for (String field : List.of("id", "kind", "number", "date", "title")) {
            brief.put(field, Objects.requireNonNull(act.getValue(field)));
        }
        return brief;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.programmes;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.ProgrammeStatus;
import it.socialies.gateway.acts.Acts;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Programmes as anybody may read of them, without a login: what is published, of those that two people have put into force. Figures are elsewhere. Threading: any event loop. */
public final class PublicProgrammes implements Resource {
    private static final String CACHING = "public, max-age=60";
    private static final String IN_FORCE =
            "SELECT p.programme_id, p.circuit_id, p.status, r.categories, p.valid_from_ms,"
                    + " p.valid_until_ms FROM programme p JOIN rules_in_force r ON r.programme_id = p.programme_id"
                    + " WHERE p.programme_id = ANY ($1) AND p.status IN (2, 3)";

    private final Projection projection;
    private final ProgrammeSheets sheets;
    private final ProgrammeLogos logos;
    private final Acts acts;

    public PublicProgrammes(Projection projection, ProgrammeSheets sheets, ProgrammeLogos logos, Acts acts) {
        this.projection = projection;
        this.sheets = sheets;
        this.logos = logos;
        this.acts = acts;
    }

    @Override
    public void mount(Api api) {
        api.on("listPublicProgrammes", this::list);
        api.onRaw("getPublicLogo", this::logo);
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        int limit = (int) request.query("limit", 50);
        String cursor = request.query("cursor");
        return sheets.publishedAbove(cursor == null ? 0 : Cursor.parse(cursor), limit + 1)
                .compose(found -> {
                    List<Long> ids = new ArrayList<>(found.keySet());
                    List<Long> shown = ids.subList(0, Math.min(limit, ids.size()));
                    return items(shown, found).map(items -> {
                        JsonObject page = new JsonObject().put("items", items);
                        cache(request);
                        return ApiAnswer.ok(
                                ids.size() > limit ? page.put("next_cursor", Cursor.format(shown.getLast())) : page);
                    });
                });
    }

    private Future<JsonArray> items(List<Long> ids, Map<Long, JsonObject> data) {
        return rows(ids)
                .compose(rows -> logos.of(ids).compose(pictures -> {
                    Future<JsonArray> items = Future.succeededFuture(new JsonArray());
                    for (Long id : ids) {
                        Row row = rows.get(id);
                        JsonObject said = data.get(id);
                        if (row != null && said != null) {
                            items = items.compose(before -> acts.find(
                                            row.getInteger("circuit_id"), ProgrammeDescriptions.actIds(said))
                                    .map(found -> before.add(
                                            json(row, said, found, pictures.getOrDefault(id, new JsonArray())))));
                        }
                    }
                    return items;
                }));
    }

    private Future<Map<Long, Row>> rows(List<Long> ids) {
        return projection
                .rows(0, IN_FORCE, Tuple.of((Object) ids.toArray(Long[]::new)))
                .map(found -> {
                    Map<Long, Row> rows = new HashMap<>();
                    found.forEach(row -> rows.put(row.getLong("programme_id"), row));
                    return rows;
                });
    }

    private static JsonObject json(Row row, JsonObject data, JsonArray found, JsonArray pictures) {
        return ProgrammeDescriptions.shown(data, found)
                .put("trades", ProgrammeDescriptions.trades(row.getLong("categories")))
                .put("programme_id", Ids.PROGRAMME.format(row.getLong("programme_id")))
                .put("circuit_id", Ids.CIRCUIT.format(row.getInteger("circuit_id")))
                .put("state", Json.word(ProgrammeStatus.get(row.getShort("status"))))
                .put("valid_from", Json.time(row.getLong("valid_from_ms")))
                .put("valid_until", Json.time(row.getLong("valid_until_ms")))
                .put("logos", pictures);
    }

    /** Of what is published only; anything else looks as if it were not there. */
    private Future<Void> logo(ApiRequest request) {
        long programmeId = request.id(Ids.PROGRAMME);
        return sheets.published(programmeId)
                .compose(said ->
                        said.isEmpty() ? Future.succeededFuture(Map.<Long, Row>of()) : rows(List.of(programmeId)))
                .compose(rows -> {
                    if (rows.isEmpty()) {
                        return Future.failedFuture(new ProblemException("not_found"));
                    }
                    cache(request);
                    return ProgrammeDescriptions.picture(request, logos);
                });
    }

    private static void cache(ApiRequest request) {
        request.context().response().putHeader(HttpHeaders.CACHE_CONTROL, CACHING);
    }
}

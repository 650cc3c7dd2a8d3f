// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.acts;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** Acts over HTTP: entered once, never changed, since money refers to them. Threading: any event loop. */
public final class ActResource implements Resource {
    private final OfficeDatabase office;
    private final Acts acts;
    private final OfficeDesk desk;
    private final InstallationClock clock;

    public ActResource(OfficeDatabase office, Acts acts, OfficeDesk desk, InstallationClock clock) {
        this.office = office;
        this.acts = acts;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("enterAct", this::enter);
        api.on("listActs", this::list);
        api.on("getAct", request -> {
            request.operator();
            return acts.find(request.circuitId(), List.of(request.id(Ids.ACT)))
                    .map(found -> ApiAnswer.ok(found.getJsonObject(0)));
        });
    }

    private Future<ApiAnswer> enter(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.ADMIN, OperatorRole.SOCIAL, OperatorRole.TREASURER);
        int circuitId = request.circuitId();
        LocalDate date = date(request.body());
        return desk.once(
                request, operator, connection -> enter(connection, circuitId, operator.id(), date, request.body()));
    }

    private static LocalDate date(JsonObject body) {
        try {
            return LocalDate.parse(body.getString("date"));
        } catch (DateTimeException e) {
            throw ProblemException.field("/date", "date", "There is no such day.");
        }
    }

    private Future<JsonObject> enter(
            SqlConnection connection, int circuitId, long operatorId, LocalDate date, JsonObject body) {
        return connection
                .preparedQuery(
                        "INSERT INTO act (circuit_id, kind, number, act_date, title, pdf_digest, made_by, made_ms)"
                                + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (circuit_id, kind, number, act_date)"
                                + " DO NOTHING RETURNING " + Acts.COLUMNS)
                .execute(Tuple.of(circuitId, body.getString("kind"), body.getString("number"), date)
                        .addValue(body.getString("title"))
                        .addValue(body.getString("pdf_digest"))
                        .addValue(operatorId)
                        .addValue(clock.nowMs()))
                .map(rows -> {
                    if (rows.size() == 0) {
                        throw new ProblemException("act_known");
                    }
                    return Acts.json(rows.iterator().next());
                });
    }

    /** Newest first. */
    private Future<ApiAnswer> list(ApiRequest request) {
        request.operator();
        int circuitId = request.circuitId();
        int limit = (int) request.query("limit", 50);
        String cursor = request.query("cursor");
        Tuple parameters = Tuple.of(circuitId, cursor == null ? Long.MAX_VALUE : Cursor.parse(cursor))
                .addValue(request.query("kind"))
                .addValue(request.query("number"))
                .addValue(limit + 1);
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + Acts.COLUMNS + " FROM act WHERE circuit_id = $1 AND act_id < $2"
                                + " AND ($3::text IS NULL OR kind = $3) AND ($4::text IS NULL OR number = $4)"
                                + " ORDER BY act_id DESC LIMIT $5")
                        .execute(parameters))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(Acts.json(row)));
                    JsonObject page = new JsonObject().put("items", items);
                    if (items.size() > limit) {
                        items.remove(limit);
                        String last = items.getJsonObject(limit - 1).getString("id");
                        page.put("next_cursor", Cursor.format(Ids.ACT.parse(last)));
                    }
                    return ApiAnswer.ok(page);
                });
    }
}

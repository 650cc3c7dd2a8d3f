// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.traces;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.OperatorRole;
import java.util.List;
import java.util.Objects;

/**
 * Where the cents of a movement, a payment or a line of a settlement came from or went to, to the last one; of one state of the projection. Threading: any event loop.
 */
public final class Traces implements Resource {
    private static final String POSITION = "SELECT last_sequence FROM position";
    private static final String BACK = "back";
    private static final int LIMIT = 50;

    private final Projection projection;

    public Traces(Projection projection) {
        this.projection = projection;
    }

    @Override
    public void mount(Api api) {
        api.on("getTrace", this::get);
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        request.operatorWith(OperatorRole.AUDITOR, OperatorRole.TREASURER, OperatorRole.ADMIN);
        String cursor = request.query("cursor");
        long from = cursor == null ? 0 : Cursor.parse(cursor);
        int limit = (int) request.query("limit", LIMIT);
        int circuitId = request.circuitId();
        boolean forward = !BACK.equals(request.query("direction"));
        String name = Objects.requireNonNull(request.context().pathParam("entry"), "a path has it");
        return projection
                .snapshot(
                        request.query("min_sequence", 0),
                        client -> trace(client, circuitId, name, forward, from, limit))
                .map(ApiAnswer::ok);
    }

    static Future<JsonObject> trace(
            SqlClient client, int circuitId, String name, boolean forward, long from, int limit) {
        return client.query(POSITION)
                .execute()
                .compose(position -> Starts.of(client, circuitId, name, forward, from, limit)
                        .compose(starts -> {
                            Walk walk = new Walk(client, forward, limit, starts.branches(), from, starts.to());
                            return walk.page()
                                    .map(ends -> json(name, forward, starts, ends, from, walk.to())
                                            .put(
                                                    "as_of_sequence",
                                                    position.iterator().next().getLong(0)));
                        }));
    }

    private static JsonObject json(String name, boolean forward, Starts starts, List<Branch> ends, long from, long to) {
        JsonArray items = new JsonArray();
        boolean agrees = Starts.worth(ends, from, to) == starts.worth(from, to);
        for (Branch branch : ends) {
            JsonObject end = branch.end();
            agrees &= end != null && !"unexplained".equals(end.getString("kind"));
            items.add(new JsonObject()
                    .put("first_cent", branch.at())
                    .put("amount", Json.amount(branch.sign() * branch.cents(), starts.currency()))
                    .put("steps", branch.stepsJson())
                    .put("end", end));
        }
        JsonObject json = new JsonObject()
                .put("entry", name)
                .put("direction", forward ? "forward" : BACK)
                .put("rule", "first_in_first_out")
                .put("amount", Json.amount(starts.amount(), starts.currency()))
                .put("page_amount", Json.amount(starts.worth(from, to), starts.currency()))
                .put("sums_agree", agrees)
                .put("items", items);
        Long next = starts.next(to);
        return next == null ? json : json.put("next_cursor", Cursor.format(next));
    }
}

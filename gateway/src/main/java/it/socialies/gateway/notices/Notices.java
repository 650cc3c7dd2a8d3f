// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.OperatorRole;
import java.util.Locale;

/** What is queued, sent and dead. Threading: any event loop. */
final class Notices implements Resource {
    private final OfficeDatabase office;

    Notices(OfficeDatabase office) {
        this.office = office;
    }

    @Override
    public void mount(Api api) {
        api.on("listNotices", this::list);
    }

    /** Newest first. */
    private Future<ApiAnswer> list(ApiRequest request) {
        request.operatorWith(OperatorRole.ADMIN, OperatorRole.AUDITOR);
        int limit = (int) request.query("limit", 50);
        String cursor = request.query("cursor");
        String state = request.query("state");
        Tuple parameters = Tuple.of(request.circuitId(), cursor == null ? Long.MAX_VALUE : Cursor.parse(cursor))
                .addValue(state == null ? null : state.toUpperCase(Locale.ROOT))
                .addValue(limit + 1);
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT * FROM notice WHERE circuit_id = $1 AND notice_id < $2"
                                + " AND ($3::text IS NULL OR state = $3) ORDER BY notice_id DESC LIMIT $4")
                        .execute(parameters))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(NoticeJson.listed(row)));
                    JsonObject page = new JsonObject().put("items", items);
                    if (items.size() > limit) {
                        items.remove(limit);
                        String last = items.getJsonObject(limit - 1).getString("id");
                        page.put("next_cursor", Cursor.format(Ids.NOTICE.parse(last)));
                    }
                    return ApiAnswer.ok(page);
                });
    }
}

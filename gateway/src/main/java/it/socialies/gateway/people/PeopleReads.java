// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.security.OperatorRole;
import java.util.Locale;

/** The read log, for who watches over it: numbers and purposes, no name. */
final class PeopleReads implements Resource {
    private static final String PAGE =
            "SELECT r.read_id, r.case_id, r.operator_id, r.record_id, r.operation, r.read_ms,"
                    + " c.purpose FROM vault_read r JOIN vault_case c USING (case_id)"
                    + " WHERE r.read_id < $1 AND ($2::bigint IS NULL OR r.record_id = $2) ORDER BY r.read_id DESC LIMIT $3";

    private final VaultDesk desk;

    PeopleReads(VaultDesk desk) {
        this.desk = desk;
    }

    @Override
    public void mount(Api api) {
        api.on("listReads", this::list);
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        request.operatorWith(OperatorRole.ADMIN, OperatorRole.AUDITOR);
        int limit = (int) request.query("limit", 50);
        String cursor = request.query("cursor");
        String personId = request.query("person_id");
        Tuple parameters = Tuple.of(
                cursor == null ? Long.MAX_VALUE : Cursor.parse(cursor),
                personId == null ? null : Ids.HOLDER.parse(personId),
                limit + 1);
        return desk.read(request, connection -> connection.preparedQuery(PAGE).execute(parameters))
                .map(rows -> ApiAnswer.ok(page(rows, limit)));
    }

    private static JsonObject page(RowSet<Row> rows, int limit) {
        JsonArray items = new JsonArray();
        JsonObject page = new JsonObject().put("items", items);
        long last = 0;
        for (Row row : rows) {
            if (items.size() == limit) {
                page.put("next_cursor", Cursor.format(last));
                break;
            }
            last = row.getLong("read_id");
            items.add(json(row));
        }
        return page;
    }

    private static JsonObject json(Row row) {
        JsonObject json = new JsonObject()
                .put("operator_id", Ids.OPERATOR.format(row.getLong("operator_id")))
                .put("case_id", Ids.CASE.format(row.getLong("case_id")))
                .put("purpose", row.getString("purpose").toLowerCase(Locale.ROOT))
                .put("operation", row.getString("operation").toLowerCase(Locale.ROOT))
                .put("time", Json.time(row.getLong("read_ms")));
        Long recordId = row.getLong("record_id");
        return recordId == null ? json : json.put("person_id", Ids.HOLDER.format(recordId));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.function.Function;

/** Rows as a list of JSON, in their order. Stateless. */
final class Items {
    private Items() {}

    static JsonArray of(RowSet<Row> rows, Function<Row, JsonObject> json) {
        JsonArray items = new JsonArray();
        rows.forEach(row -> items.add(json.apply(row)));
        return items;
    }
}

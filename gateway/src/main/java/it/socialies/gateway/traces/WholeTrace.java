// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.traces;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlClient;
import it.socialies.gateway.api.Cursor;

/** A trace with all its pages as one, for files. Stateless. */
public final class WholeTrace {
    private static final int PAGE = 200;

    private WholeTrace() {}

    /**
     * Traces a payment; fails with not_found when the circuit has no such captured payment.
     *
     * @param client shows one state of the projection
     * @param name as the contract names what is traced
     */
    public static Future<JsonObject> of(SqlClient client, int circuitId, String name, boolean forward) {
        return page(client, circuitId, name, forward, 0, new JsonArray(), true);
    }

    private static Future<JsonObject> page(
            SqlClient client, int circuitId, String name, boolean forward, long from, JsonArray items, boolean agrees) {
        return Traces.trace(client, circuitId, name, forward, from, PAGE).compose(page -> {
            items.addAll(page.getJsonArray("items"));
            boolean all = agrees && page.getBoolean("sums_agree");
            String next = (String) page.remove("next_cursor");
            if (next != null) {
                return page(client, circuitId, name, forward, Cursor.parse(next), items, all);
            }
            page.remove("page_amount");
            return Future.succeededFuture(page.put("sums_agree", all).put("items", items));
        });
    }
}

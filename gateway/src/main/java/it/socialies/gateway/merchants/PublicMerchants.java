// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.merchants;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.descriptions.Descriptions;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.ListQuery;
import it.socialies.gateway.projection.Projection;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where cards are taken, without a login: outlets with a till, of shops that can be paid now. Name, address, trade and opening hours; nothing of who runs the
 * shop, what it is owed or where it is paid. Threading: any event loop.
 */
public final class PublicMerchants implements Resource {
    private static final String CACHING = "public, max-age=60";
    private static final String COLUMNS = "o.outlet_id, o.merchant_id, o.circuit_id, m.category";
    private static final String SOURCE = "outlet o JOIN merchant m USING (merchant_id)";
    private static final String TAKES_CARDS =
            "EXISTS (SELECT 1 FROM terminal t WHERE t.outlet_id = o.outlet_id AND t.status = 2 AND t.terminal_id <> ALL (?))";
    private static final short ACTIVE = 1;
    private static final List<String> OF_THE_OUTLET = List.of("name", "address", "opening_hours");

    private final Projection projection;
    private final Descriptions descriptions;
    private final Supplier<Long[]> refused;

    /** @param refused tills that may not be paid at */
    public PublicMerchants(Projection projection, Descriptions descriptions, Supplier<Long[]> refused) {
        this.projection = projection;
        this.descriptions = descriptions;
        this.refused = refused;
    }

    @Override
    public void mount(Api api) {
        api.on("listPublicMerchants", this::list);
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        ListQuery query = new ListQuery(COLUMNS, SOURCE, "o.outlet_id", false, PublicMerchants::json)
                .where("m.status = ?", ACTIVE)
                .where(TAKES_CARDS, refused.get());
        String circuitId = request.query("circuit_id");
        if (circuitId != null) {
            query.where("o.circuit_id = ?", (int) Ids.CIRCUIT.parse(circuitId));
        }
        String category = request.query("category");
        if (category != null) {
            query.where("m.category = ?", (short) Category.of(category).number());
        }
        String place = request.query("place");
        Future<Void> placed = place == null
                ? Future.succeededFuture()
                : descriptions
                        .containing(Ids.OUTLET, "address", place)
                        .map(found -> query.where("o.outlet_id = ANY (?)", found.toArray(Long[]::new)))
                        .mapEmpty();
        return placed.compose(ready -> projection.page(request, query))
                .compose(page -> described(page.getJsonArray("items")).map(items -> {
                    request.context().response().putHeader(HttpHeaders.CACHE_CONTROL, CACHING);
                    return ApiAnswer.ok(page.put("items", items));
                }));
    }

    private Future<JsonArray> described(JsonArray items) {
        JsonArray outlets = new JsonArray();
        JsonArray shops = new JsonArray();
        for (int i = 0; i < items.size(); i++) {
            outlets.add(new JsonObject().put("id", items.getJsonObject(i).getString("outlet_id")));
            shops.add(new JsonObject().put("id", items.getJsonObject(i).getString("merchant_id")));
        }
        return descriptions
                .describe(Ids.OUTLET, outlets)
                .compose(done -> descriptions.describe(Ids.MERCHANT, shops))
                .map(done -> {
                    for (int i = 0; i < items.size(); i++) {
                        JsonObject item = items.getJsonObject(i);
                        for (String field : OF_THE_OUTLET) {
                            copy(outlets.getJsonObject(i), field, item, field.equals("name") ? "outlet_name" : field);
                        }
                        copy(shops.getJsonObject(i), "name", item, "name");
                    }
                    return items;
                });
    }

    private static void copy(JsonObject from, String field, JsonObject to, String name) {
        if (from.containsKey(field)) {
            to.put(name, from.getValue(field));
        }
    }

    private static JsonObject json(Row row) {
        return new JsonObject()
                .put("merchant_id", Ids.MERCHANT.format(row.getLong("merchant_id")))
                .put("outlet_id", Ids.OUTLET.format(row.getLong("outlet_id")))
                .put("circuit_id", Ids.CIRCUIT.format(row.getInteger("circuit_id")))
                .put("category", Category.word(row.getShort("category")));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.reconciliations;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.settlement.desk.SettlementDesk;
import java.util.ArrayList;
import java.util.List;

/** Which files told what became of payments, and what was done with each of their entries. Threading: any event loop. */
final class Reconciliations implements Resource {
    private static final int PAGE = 50;

    private final ReconciliationStore store;

    Reconciliations(ReconciliationStore store) {
        this.store = store;
    }

    @Override
    public void mount(Api api) {
        api.on("listReconciliations", this::list);
        api.on("getReconciliation", this::get);
        api.on("listReconciliationLines", this::lines);
    }

    /** Newest first. */
    private Future<ApiAnswer> list(ApiRequest request) {
        SettlementDesk.requireReader(request);
        int limit = (int) request.query("limit", PAGE);
        String cursor = request.query("cursor");
        long below = cursor == null ? Long.MAX_VALUE : Cursor.parse(cursor);
        return store.below(request.circuitId(), below, limit + 1).compose(found -> {
            List<Future<JsonObject>> described = new ArrayList<>();
            found.stream().limit(limit).forEach(each -> described.add(described(each)));
            return Future.all(described).map(all -> {
                JsonObject page = new JsonObject().put("items", new JsonArray(all.list()));
                if (found.size() > limit) {
                    page.put("next_cursor", Cursor.format(found.get(limit - 1).reconciliationId()));
                }
                return ApiAnswer.ok(page);
            });
        });
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        SettlementDesk.requireReader(request);
        return store.find(request.circuitId(), request.id(Ids.RECONCILIATION))
                .compose(this::described)
                .map(ApiAnswer::ok);
    }

    private Future<JsonObject> described(Reconciliation one) {
        return store.results(one.reconciliationId())
                .compose(results -> store.same(one).map(same -> {
                    JsonObject json = one.json().put("results", results);
                    return same.isEmpty()
                            ? json
                            : json.put("same_file_as", same.getFirst().id());
                }));
    }

    private Future<ApiAnswer> lines(ApiRequest request) {
        SettlementDesk.requireReader(request);
        int limit = (int) request.query("limit", PAGE);
        String cursor = request.query("cursor");
        int from = cursor == null ? 0 : Math.toIntExact(Cursor.parse(cursor));
        return store.find(request.circuitId(), request.id(Ids.RECONCILIATION))
                .compose(one -> store.lines(one.reconciliationId(), from, request.query("result"), limit + 1))
                .map(found -> {
                    JsonArray items = new JsonArray();
                    found.stream().limit(limit).forEach(items::add);
                    JsonObject page = new JsonObject().put("items", items);
                    if (found.size() > limit) {
                        page.put("next_cursor", Cursor.format(found.get(limit).getInteger("line")));
                    }
                    return ApiAnswer.ok(page);
                });
    }
}

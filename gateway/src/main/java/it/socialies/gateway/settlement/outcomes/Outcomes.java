// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.outcomes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.settlement.orders.OrderItem;
import it.socialies.gateway.settlement.orders.OrderedPayments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Notes what became of payments, one by one: what is wrong with one of them is said of it, and the others are noted. Threading: any event loop.
 */
public final class Outcomes implements Resource {
    private static final int IN_FLIGHT = 64;

    private final OrderedPayments payments;
    private final Noting noting;
    private final KeyedHash keys;

    /** @param keys makes the idempotency keys of commands */
    public Outcomes(OrderedPayments payments, Noting noting, KeyedHash keys) {
        this.payments = payments;
        this.noting = noting;
        this.keys = keys;
    }

    @Override
    public void mount(Api api) {
        api.on("recordOutcomes", this::record);
    }

    private Future<ApiAnswer> record(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.TREASURER);
        Idempotency key = request.key();
        List<Told> told = request.body().getJsonArray("outcomes").stream()
                .map(each -> Told.of((JsonObject) each))
                .toList();
        requireOnce(told);
        return payments.find(
                        request.circuitId(), told.stream().map(Told::reference).toList())
                .compose(found -> inTurn(request, operator, key, told, found, 0, new JsonArray()))
                .map(results -> new ApiAnswer(201, new JsonObject().put("items", results), false));
    }

    /** Two outcomes of one payment in one list contradict each other, or are a mistake. */
    private static void requireOnce(List<Told> told) {
        Set<String> references = new HashSet<>();
        for (Told each : told) {
            if (!references.add(each.reference())) {
                throw ProblemException.field("reference", "repeated", each.reference());
            }
        }
    }

    private Future<JsonArray> inTurn(
            ApiRequest request,
            Principal operator,
            Idempotency key,
            List<Told> told,
            Map<String, OrderItem> found,
            int from,
            JsonArray results) {
        if (from >= told.size()) {
            return Future.succeededFuture(results);
        }
        int to = Math.min(told.size(), from + IN_FLIGHT);
        List<Future<String>> underWay = new ArrayList<>();
        for (int i = from; i < to; i++) {
            OrderItem item = found.get(told.get(i).reference());
            underWay.add(
                    item == null
                            ? Future.succeededFuture("unknown_reference")
                            : noting.note(request.circuitId(), operator.id(), key.step(keys, i), told.get(i), item));
        }
        return Future.join(underWay).transform(done -> {
            for (int i = from; i < to; i++) {
                Future<String> each = underWay.get(i - from);
                if (each.failed()) {
                    // Not known: the same key again says.
                    return Future.failedFuture(each.cause());
                }
                results.add(new JsonObject()
                        .put("reference", told.get(i).reference())
                        .put("result", each.result()));
            }
            return inTurn(request, operator, key, told, found, to, results);
        });
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.outcomes;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.RecordOutcomesEncoder;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.ProblemTable;
import it.socialies.gateway.http.Refusals;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.projection.Projection;
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
 * Notes what became of payments, one by one: what is wrong with one of them is said of it, and the others are noted. Told twice, or again in another list, nothing is noted twice: the core knows of each line whether it is under way. A
 * payment that was not made makes its lines open again. Threading: any event loop.
 */
public final class Outcomes implements Resource {
    private static final int IN_FLIGHT = 64;
    private static final int UNAVAILABLE = 500;

    private static final String OUTCOME =
            "SELECT outcome FROM settlement_line WHERE line_id = $1 AND order_reference = $2 AND state <> 2";

    private final OrderedPayments payments;
    private final Projection projection;
    private final CoreClient core;
    private final KeyedHash keys;

    /** @param keys makes the idempotency keys of commands */
    public Outcomes(OrderedPayments payments, Projection projection, CoreClient core, KeyedHash keys) {
        this.payments = payments;
        this.projection = projection;
        this.core = core;
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
                            : note(request.circuitId(), operator, key.step(keys, i), told.get(i), item));
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

    private Future<String> note(int circuitId, Principal operator, Idempotency key, Told told, OrderItem item) {
        if (told.cents() != item.amount()) {
            return Future.succeededFuture("amount_differs");
        }
        if (!item.state().equals("ORDERED")) {
            boolean isSame = item.state().equals(told.outcome().name());
            return Future.succeededFuture(isSame ? "noted_before" : "not_ordered");
        }
        return core.send(frame -> {
                    RecordOutcomesEncoder.LinesEncoder lines = frame.from(
                                    PrincipalKind.OPERATOR, operator.id(), circuitId)
                            .key(key.hi(), key.lo())
                            .message(new RecordOutcomesEncoder())
                            .reference(item.orderId())
                            .linesCount(item.lines().size());
                    for (long line : item.lines()) {
                        lines.next().lineId(line).outcome(told.outcome().value());
                    }
                })
                .compose(reply -> {
                    if (reply.isOk()) {
                        return payments.told(item, told.outcome().name(), told.reason(), told.mandate())
                                .map("noted");
                    }
                    ProblemException problem = Refusals.problem(reply);
                    return ProblemTable.of(problem.code()).status() > UNAVAILABLE
                            ? Future.failedFuture(problem)
                            : knownBefore(told, item, problem.code());
                });
    }

    /** The core noted it, and the node died before the office heard: then the projection says so. */
    private Future<String> knownBefore(Told told, OrderItem item, String refusal) {
        return projection
                .rows(0, OUTCOME, Tuple.of(item.lines().getFirst(), item.orderId()))
                .compose(rows -> {
                    for (Row row : rows) {
                        if (row.getShort(0) == told.outcome().value()) {
                            return payments.told(item, told.outcome().name(), told.reason(), told.mandate())
                                    .map("noted_before");
                        }
                    }
                    return Future.succeededFuture(refusal);
                });
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import it.socialies.gateway.api.Cursor;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.http.Api;
import it.socialies.gateway.http.ApiAnswer;
import it.socialies.gateway.http.ApiRequest;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.Resource;
import it.socialies.gateway.office.OfficeDesk;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.OperatorRole;
import it.socialies.gateway.security.Principal;
import it.socialies.gateway.settlement.desk.SettlementDesk;
import it.socialies.gateway.settlement.notes.ConfirmedShops;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Orders of approved settlements: everything that nothing holds back is ordered, in the background; what is left out says why and can be ordered later. Threading: any event loop.
 */
final class Orders implements Resource {
    private static final int PAGE = 50;

    private final OpenLines open;
    private final ConfirmedShops notes;
    private final OrderStore store;
    private final SettlementDesk settlements;
    private final OrderingJob job;
    private final OfficeDesk desk;
    private final InstallationClock clock;

    Orders(
            OpenLines open,
            ConfirmedShops notes,
            OrderStore store,
            SettlementDesk settlements,
            OrderingJob job,
            OfficeDesk desk,
            InstallationClock clock) {
        this.open = open;
        this.notes = notes;
        this.store = store;
        this.settlements = settlements;
        this.job = job;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void mount(Api api) {
        api.on("orderPayments", this::order);
        api.on("listPaymentOrders", this::list);
        api.on("getPaymentOrder", this::get);
        api.on("listPaymentOrderItems", this::items);
    }

    private Future<ApiAnswer> order(ApiRequest request) {
        Principal operator = request.operatorWith(OperatorRole.TREASURER);
        JsonObject body = request.body();
        OrderKind kind = OrderKind.valueOf(body.getString("kind").toUpperCase(Locale.ROOT));
        JsonObject debtor = body.getJsonObject("debtor");
        if ((kind == OrderKind.SEPA) != (debtor != null)) {
            throw ProblemException.field("debtor", debtor == null ? "required" : "unknown", null);
        }
        LocalDate executionDate = LocalDate.parse(body.getString("execution_date"));
        LocalDate today = Day.of(clock.nowMs());
        if (executionDate.isBefore(today)) {
            throw ProblemException.field("execution_date", "out_of_range", today + " …");
        }
        Idempotency key = request.key();
        OrderStore.Wanted wanted = new OrderStore.Wanted(
                request.id(Ids.SETTLEMENT),
                request.circuitId(),
                kind,
                executionDate,
                debtor,
                key.uuid(),
                operator.id(),
                clock.nowMs());
        return open.of(wanted.circuitId(), wanted.settlementId(), request.query("min_sequence", 0))
                .compose(lines -> desk.once(request, operator, connection -> keep(connection, wanted, lines)))
                .onSuccess(answer -> job.wake());
    }

    private Future<JsonObject> keep(SqlConnection connection, OrderStore.Wanted wanted, List<OpenLine> lines) {
        Set<Long> shops = lines.stream().map(OpenLine::merchantId).collect(Collectors.toSet());
        return notes.of(connection, wanted.settlementId(), shops)
                .compose(noted -> PaymentChecks.inForce(connection, shops, Day.of(wanted.madeMs()))
                        .map(checks -> OrderPlan.of(wanted.kind(), lines, noted, checks)))
                .compose(items -> charged(connection, wanted, items))
                .compose(items -> items.stream().allMatch(item -> item.reason() != null)
                        ? Future.failedFuture(nothing(items))
                        : store.keep(connection, wanted, items)
                                .map(order -> order.json().put("left_out", leftOut(items))));
    }

    /** A mandate is charged to a commitment of the budget, where the programme has some. */
    private static Future<List<PlannedItem>> charged(
            SqlConnection connection, OrderStore.Wanted wanted, List<PlannedItem> items) {
        if (wanted.kind() != OrderKind.MANDATE) {
            return Future.succeededFuture(items);
        }
        Set<Long> programmes = items.stream().map(PlannedItem::programmeId).collect(Collectors.toSet());
        return CommitmentBook.of(connection, wanted.circuitId(), programmes)
                .map(book -> items.stream().map(book::charge).toList());
    }

    private static ProblemException nothing(List<PlannedItem> items) {
        return new ProblemException("nothing_to_order", null, List.of(), Map.of("left_out", leftOut(items)));
    }

    private static JsonArray leftOut(List<PlannedItem> items) {
        JsonArray all = new JsonArray();
        for (PlannedItem item : items) {
            if (item.reason() != null) {
                all.add(new JsonObject()
                        .put("merchant_id", Ids.MERCHANT.format(item.merchantId()))
                        .put("amount", Json.euro(item.amount()))
                        .put("reason", item.reason()));
            }
        }
        return all;
    }

    private Future<ApiAnswer> list(ApiRequest request) {
        SettlementDesk.requireReader(request);
        return settlements
                .settlement(request)
                .compose(id -> store.of(request.circuitId(), id))
                .map(orders -> {
                    JsonArray items = new JsonArray();
                    orders.forEach(order -> items.add(order.json()));
                    return ApiAnswer.ok(new JsonObject().put("items", items));
                });
    }

    private Future<ApiAnswer> get(ApiRequest request) {
        SettlementDesk.requireReader(request);
        return store.find(request.circuitId(), request.id(Ids.PAYMENT_ORDER)).map(order -> ApiAnswer.ok(order.json()));
    }

    private Future<ApiAnswer> items(ApiRequest request) {
        SettlementDesk.requireReader(request);
        int limit = (int) request.query("limit", PAGE);
        String cursor = request.query("cursor");
        int from = cursor == null ? 0 : Math.toIntExact(Cursor.parse(cursor));
        return store.find(request.circuitId(), request.id(Ids.PAYMENT_ORDER))
                .compose(order -> store.items(order.orderId(), from, limit + 1))
                .map(found -> {
                    JsonArray items = new JsonArray();
                    found.stream().limit(limit).forEach(item -> items.add(item.json()));
                    JsonObject page = new JsonObject().put("items", items);
                    return ApiAnswer.ok(
                            found.size() > limit
                                    ? page.put(
                                            "next_cursor",
                                            Cursor.format(found.get(limit).item()))
                                    : page);
                });
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.office.OfficeDatabase;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Orders in the office database. May be called from any thread. */
final class OrderStore {
    private static final String UNDER_WAY = "payment_order_under_way";

    private final OfficeDatabase office;

    OrderStore(OfficeDatabase office) {
        this.office = office;
    }

    /** What somebody asks for. */
    record Wanted(
            long settlementId,
            int circuitId,
            OrderKind kind,
            LocalDate executionDate,
            @Nullable JsonObject debtor,
            UUID key,
            long madeBy,
            long madeMs) {}

    /** Keeps an order and what it is to pay. Fails with {@code order_under_way}. */
    Future<Order> keep(SqlConnection connection, Wanted wanted, List<PlannedItem> items) {
        return connection
                .preparedQuery(
                        "INSERT INTO payment_order (settlement_id, circuit_id, kind, execution_date, debtor, key,"
                                + " made_by, made_ms, state) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'ORDERING') RETURNING "
                                + Order.COLUMNS)
                .execute(Tuple.of(
                                wanted.settlementId(),
                                wanted.circuitId(),
                                wanted.kind().name())
                        .addLocalDate(wanted.executionDate())
                        .addValue(wanted.debtor())
                        .addUUID(wanted.key())
                        .addLong(wanted.madeBy())
                        .addLong(wanted.madeMs()))
                .recover(failure -> Future.failedFuture(
                        failure instanceof PgException pg && UNDER_WAY.equals(pg.getConstraint())
                                ? new ProblemException("order_under_way")
                                : failure))
                .map(rows -> Order.of(rows.iterator().next()))
                .compose(order -> connection
                        .preparedQuery(
                                "INSERT INTO payment_order_item (order_id, item, merchant_id, lines, programme_id,"
                                        + " amount, reference, state, reason, changed_ms, commitment_id)"
                                        + " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
                        .executeBatch(IntStream.range(0, items.size())
                                .mapToObj(i -> row(order, i, items.get(i)))
                                .toList())
                        .map(order));
    }

    /** The reference is short enough for an EndToEndId (35) and says nothing but where to look. */
    private static Tuple row(Order order, int item, PlannedItem planned) {
        return Tuple.of(order.orderId(), item, planned.merchantId())
                .addArrayOfLong(planned.lines().toArray(Long[]::new))
                .addLong(planned.programmeId() == 0 ? null : planned.programmeId())
                .addLong(planned.amount())
                .addString("IES-" + Long.toString(order.orderId(), 36).toUpperCase(java.util.Locale.ROOT) + '-'
                        + (item + 1))
                .addString(planned.reason() == null ? "PLANNED" : "LEFT_OUT")
                .addString(planned.reason())
                .addLong(order.madeMs())
                .addLong(planned.commitmentId());
    }

    Future<Order> find(int circuitId, long orderId) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + Order.COLUMNS
                                + " FROM payment_order WHERE order_id = $1 AND circuit_id = $2")
                        .execute(Tuple.of(orderId, circuitId)))
                .compose(rows -> first(rows)
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(new ProblemException("not_found"))));
    }

    /** Of a settlement, oldest first. */
    Future<List<Order>> of(int circuitId, long settlementId) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + Order.COLUMNS
                                + " FROM payment_order WHERE settlement_id = $1 AND circuit_id = $2 ORDER BY order_id")
                        .execute(Tuple.of(settlementId, circuitId)))
                .map(rows -> {
                    List<Order> orders = new ArrayList<>();
                    rows.forEach(row -> orders.add(Order.of(row)));
                    return orders;
                });
    }

    /** The oldest that is not done. */
    Future<Optional<Order>> due() {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + Order.COLUMNS
                                + " FROM payment_order WHERE state = 'ORDERING' ORDER BY order_id LIMIT 1")
                        .execute())
                .map(OrderStore::first);
    }

    private static Optional<Order> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(Order.of(row));
        }
        return Optional.empty();
    }

    /** Items from a number on. */
    Future<List<OrderItem>> items(long orderId, int from, int limit) {
        return select("order_id = $1 AND item >= $2", orderId, from, limit);
    }

    /** The next that wait to be ordered. */
    Future<List<OrderItem>> planned(long orderId, int limit) {
        return select("order_id = $1 AND item >= $2 AND state = 'PLANNED'", orderId, 0, limit);
    }

    private Future<List<OrderItem>> select(String condition, long orderId, int from, int limit) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT " + OrderItem.COLUMNS + " FROM payment_order_item WHERE " + condition
                                + " ORDER BY item LIMIT $3")
                        .execute(Tuple.of(orderId, from, limit)))
                .map(rows -> {
                    List<OrderItem> items = new ArrayList<>();
                    rows.forEach(row -> items.add(OrderItem.of(row)));
                    return items;
                });
    }

    /** What became of an item that was planned. */
    record Ordered(int item, @Nullable Long payee, @Nullable String refusal) {}

    Future<Void> ordered(long orderId, List<Ordered> outcomes, long nowMs) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE payment_order_item SET state = $3, payee = $4, reason = $5, changed_ms = $6"
                        + " WHERE order_id = $1 AND item = $2 AND state = 'PLANNED'")
                .executeBatch(outcomes.stream()
                        .map(each -> Tuple.of(orderId, each.item(), each.refusal() == null ? "ORDERED" : "LEFT_OUT")
                                .addLong(each.payee())
                                .addString(each.refusal())
                                .addLong(nowMs))
                        .toList())
                .mapEmpty());
    }

    Future<Void> done(long orderId) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE payment_order SET state = 'ORDERED' WHERE order_id = $1")
                .execute(Tuple.of(orderId))
                .mapEmpty());
    }
}

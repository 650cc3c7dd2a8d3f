// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.InstallationClock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payments that were ordered, by the reference that outcomes name. May be called from any thread. */
public final class OrderedPayments {
    private static final String OF_ITEM = "i.order_id, i.item, i.merchant_id, i.lines, i.programme_id, i.amount,"
            + " i.reference, i.payee, i.state, i.reason, i.mandate";

    private final OfficeDatabase office;
    private final InstallationClock clock;

    public OrderedPayments(OfficeDatabase office, InstallationClock clock) {
        this.office = office;
        this.clock = clock;
    }

    /** Those of a circuit with these references. */
    public Future<Map<String, OrderItem>> find(int circuitId, Collection<String> references) {
        return office.withConnection(connection -> connection
                        .preparedQuery(
                                "SELECT " + OF_ITEM + " FROM payment_order_item i JOIN payment_order o USING (order_id)"
                                        + " WHERE o.circuit_id = $1 AND i.reference = ANY ($2)")
                        .execute(Tuple.of(circuitId).addArrayOfString(references.toArray(String[]::new))))
                .map(rows -> {
                    Map<String, OrderItem> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getString("reference"), OrderItem.of(row)));
                    return found;
                });
    }

    /**
     * Keeps what became of a payment that was ordered; of one in another state than {@code item} has, nothing.
     *
     * @param state {@code PAID}, {@code REJECTED}, {@code WITHDRAWN} or {@code BOUNCED}
     */
    public Future<Void> told(OrderItem item, String state, @Nullable String reason, @Nullable String mandate) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE payment_order_item SET state = $3, reason = $4, mandate = coalesce($5, mandate),"
                        + " changed_ms = $6 WHERE order_id = $1 AND item = $2 AND state = $7")
                .execute(Tuple.of(item.orderId(), item.item(), state, reason)
                        .addString(mandate)
                        .addLong(clock.nowMs())
                        .addString(item.state()))
                .mapEmpty());
    }

    /** Those of a circuit that these mandates pay; one mandate may pay several. */
    public Future<Map<Mandate, List<OrderItem>>> by(int circuitId, Collection<Mandate> mandates) {
        return office.withConnection(connection -> connection
                        .preparedQuery(
                                "SELECT " + OF_ITEM + ", i.mandate_year, i.mandate_number, i.mandate_beneficiary"
                                        + " FROM payment_order_item i JOIN payment_order o USING (order_id)"
                                        + " WHERE o.circuit_id = $1 AND i.mandate_number = ANY ($2) ORDER BY i.order_id, i.item")
                        .execute(Tuple.of(circuitId)
                                .addArrayOfLong(mandates.stream()
                                        .map(Mandate::number)
                                        .distinct()
                                        .toArray(Long[]::new))))
                .map(rows -> {
                    Map<Mandate, List<OrderItem>> found = new HashMap<>();
                    rows.forEach(row -> found.computeIfAbsent(
                                    new Mandate(
                                            row.getInteger("mandate_year"),
                                            row.getLong("mandate_number"),
                                            row.getInteger("mandate_beneficiary")),
                                    mandate -> new ArrayList<>())
                            .add(OrderItem.of(row)));
                    found.keySet().retainAll(mandates);
                    return found;
                });
    }

    /** Keeps which mandate pays it. */
    public Future<Void> paidBy(OrderItem item, Mandate mandate) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE payment_order_item SET mandate = $3, mandate_year = $4, mandate_number = $5,"
                        + " mandate_beneficiary = $6, changed_ms = $7 WHERE order_id = $1 AND item = $2")
                .execute(Tuple.of(item.orderId(), item.item(), mandate.text(), mandate.year(), mandate.number())
                        .addInteger(mandate.beneficiary())
                        .addLong(clock.nowMs()))
                .mapEmpty());
    }
}

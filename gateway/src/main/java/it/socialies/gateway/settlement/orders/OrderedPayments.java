// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.office.OfficeDatabase;
import it.socialies.gateway.security.InstallationClock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payments that were ordered, by the reference that outcomes name. May be called from any thread. */
public final class OrderedPayments {
    private final OfficeDatabase office;
    private final InstallationClock clock;

    public OrderedPayments(OfficeDatabase office, InstallationClock clock) {
        this.office = office;
        this.clock = clock;
    }

    /** Those of a circuit with these references. */
    public Future<Map<String, OrderItem>> find(int circuitId, Collection<String> references) {
        return office.withConnection(connection -> connection
                        .preparedQuery("SELECT i.order_id, i.item, i.merchant_id, i.lines, i.programme_id, i.amount,"
                                + " i.reference, i.payee, i.state, i.reason, i.mandate"
                                + " FROM payment_order_item i JOIN payment_order o USING (order_id)"
                                + " WHERE o.circuit_id = $1 AND i.reference = ANY ($2)")
                        .execute(Tuple.of(circuitId).addArrayOfString(references.toArray(String[]::new))))
                .map(rows -> {
                    Map<String, OrderItem> found = new HashMap<>();
                    rows.forEach(row -> found.put(row.getString("reference"), OrderItem.of(row)));
                    return found;
                });
    }

    /**
     * Keeps what became of a payment that was ordered.
     *
     * @param state {@code PAID}, {@code REJECTED} or {@code WITHDRAWN}
     */
    public Future<Void> told(OrderItem item, String state, @Nullable String reason, @Nullable String mandate) {
        return office.withConnection(connection -> connection
                .preparedQuery("UPDATE payment_order_item SET state = $3, reason = $4, mandate = coalesce($5, mandate),"
                        + " changed_ms = $6 WHERE order_id = $1 AND item = $2 AND state = 'ORDERED'")
                .execute(Tuple.of(item.orderId(), item.item(), state, reason)
                        .addString(mandate)
                        .addLong(clock.nowMs()))
                .mapEmpty());
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is left of the commitments of the budget, by programme, while an order is made: what was ordered and neither failed nor came back is charged. A payment is of one commitment, since a mandate is: it goes to the first that covers it whole. Not for several
 * threads.
 */
final class CommitmentBook {
    /** Locks them, so that two orders do not charge the same cents. */
    private static final String LEFT = "SELECT c.programme_id, c.commitment_id, c.amount"
            + " - coalesce((SELECT sum(i.amount) FROM payment_order_item i WHERE i.commitment_id = c.commitment_id"
            + " AND i.state IN ('PLANNED', 'ORDERED', 'PAID')), 0)::bigint AS left_over"
            + " FROM accounting_commitment c WHERE c.circuit_id = $1 AND c.programme_id = ANY ($2)"
            + " ORDER BY c.commitment_id FOR UPDATE OF c";

    private final Map<Long, List<Left>> byProgramme = new HashMap<>();

    private static final class Left {
        final long commitmentId;
        long cents;

        Left(long commitmentId, long cents) {
            this.commitmentId = commitmentId;
            this.cents = cents;
        }
    }

    /** Of these programmes. */
    static Future<CommitmentBook> of(SqlConnection connection, int circuitId, Collection<Long> programmes) {
        return connection
                .preparedQuery(LEFT)
                .execute(Tuple.of(circuitId).addArrayOfLong(programmes.toArray(Long[]::new)))
                .map(rows -> {
                    CommitmentBook book = new CommitmentBook();
                    for (Row row : rows) {
                        book.byProgramme
                                .computeIfAbsent(row.getLong("programme_id"), programme -> new ArrayList<>())
                                .add(new Left(row.getLong("commitment_id"), row.getLong("left_over")));
                    }
                    return book;
                });
    }

    /** The item on its commitment, or left out since none of its programme covers it. A programme without commitments is not charged. */
    PlannedItem charge(PlannedItem item) {
        List<Left> commitments = byProgramme.getOrDefault(item.programmeId(), List.of());
        if (item.reason() != null || commitments.isEmpty()) {
            return item;
        }
        for (Left each : commitments) {
            if (each.cents >= item.amount()) {
                each.cents -= item.amount();
                return item.chargedTo(each.commitmentId);
            }
        }
        return item.leftOut("commitment_short");
    }
}

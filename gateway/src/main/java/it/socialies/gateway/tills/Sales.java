// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.tills;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.List;

/**
 * What was sold and given back on a day. A payment is sold when it is captured, which is at once unless the till asked for it later; a refund counts on the day it
 * is made, whenever the sale was. Amounts are cents. Threading: any event loop.
 */
final class Sales {
    private static final String AT_ONCE = "p.merchant_id = $1 AND p.created_ms >= $5 AND p.created_ms < $7"
            + " AND p.state NOT IN (1, 3, 4, 5)"
            + " AND NOT EXISTS (SELECT 1 FROM payment_change x WHERE x.payment_id = p.payment_id AND x.state = 2)";
    private static final String LATER = "p.merchant_id = $1 AND c.timestamp_ms >= $5 AND c.timestamp_ms < $7";
    private static final String OF_THE_DAY = " JOIN unnest($2::bigint[], $3::bigint[], $4::bigint[])"
            + " AS s(outlet_id, after_sequence, until_sequence) USING (outlet_id)"
            + " WHERE m.sequence <= s.until_sequence AND (m.at_ms >= $6 OR m.sequence > s.after_sequence)";
    private static final String SUMS = "SELECT x.last_sequence AS as_of_sequence, d.* FROM position x LEFT JOIN ("
            + "SELECT m.outlet_id, m.terminal_id,"
            + " extract(hour FROM to_timestamp(m.at_ms / 1000.0) AT TIME ZONE 'Europe/Rome')::int AS hour,"
            + " sum(m.sold)::bigint AS sales, sum(m.gross)::bigint AS gross, sum(m.given_back)::bigint AS refund_count,"
            + " sum(m.refunds)::bigint AS refunds, sum(m.bill)::bigint AS bill, sum(m.eligible)::bigint AS eligible"
            + " FROM (SELECT p.outlet_id, p.terminal_id, p.created_ms AS at_ms, p.sequence, 1 AS sold, p.drawn AS gross,"
            + " 0 AS given_back, 0::bigint AS refunds, p.bill_total AS bill, p.eligible_amount AS eligible"
            + " FROM payment p WHERE " + AT_ONCE
            + " UNION ALL SELECT p.outlet_id, p.terminal_id, c.timestamp_ms, c.sequence, 1, c.amount, 0, 0,"
            + " p.bill_total, p.eligible_amount FROM payment_change c JOIN payment p USING (payment_id) WHERE " + LATER
            + " AND c.state = 2"
            + " UNION ALL SELECT p.outlet_id, p.terminal_id, c.timestamp_ms, c.sequence, 0, 0, 1, c.amount, 0, 0"
            + " FROM payment_change c JOIN payment p USING (payment_id) WHERE " + LATER + " AND c.state IN (6, 7)) m"
            + OF_THE_DAY + " GROUP BY 1, 2, 3) d ON true ORDER BY d.outlet_id, d.terminal_id, d.hour";
    private static final String SOLD =
            "SELECT m.payment_id FROM (SELECT p.payment_id, p.outlet_id, p.created_ms AS at_ms,"
                    + " p.sequence FROM payment p WHERE " + AT_ONCE
                    + " UNION ALL SELECT p.payment_id, p.outlet_id, c.timestamp_ms, c.sequence"
                    + " FROM payment_change c JOIN payment p USING (payment_id) WHERE " + LATER + " AND c.state = 2) m"
                    + OF_THE_DAY + " ORDER BY m.payment_id";

    private final Projection projection;

    Sales(Projection projection) {
        this.projection = projection;
    }

    /** Sums of one terminal in one hour of the clock. */
    record Sum(
            long outletId,
            long terminalId,
            int hour,
            long sales,
            long gross,
            long refundCount,
            long refunds,
            long bill,
            long eligible) {}

    /** @param asOfSequence how far the projection had come */
    record Day(long asOfSequence, List<Sum> sums) {}

    /** @param minSequence how far the projection must have come */
    Future<Day> of(DaySpan span, long minSequence) {
        return projection.rows(minSequence, SUMS, span.parameters()).map(rows -> {
            List<Sum> sums = new ArrayList<>();
            long asOf = 0;
            for (Row row : rows) {
                asOf = row.getLong("as_of_sequence");
                if (row.getLong("outlet_id") != null) {
                    sums.add(sum(row));
                }
            }
            return new Day(asOf, sums);
        });
    }

    /** Numbers of the payments sold. */
    Future<List<Long>> sold(DaySpan span, long minSequence) {
        return projection.rows(minSequence, SOLD, span.parameters()).map(rows -> {
            List<Long> sold = new ArrayList<>();
            rows.forEach(row -> sold.add(row.getLong("payment_id")));
            return sold;
        });
    }

    private static Sum sum(Row row) {
        return new Sum(
                row.getLong("outlet_id"),
                row.getLong("terminal_id"),
                row.getInteger("hour"),
                row.getLong("sales"),
                row.getLong("gross"),
                row.getLong("refund_count"),
                row.getLong("refunds"),
                row.getLong("bill"),
                row.getLong("eligible"));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.payments;

import it.socialies.console.projection.CircuitView;
import java.sql.SQLException;

/**
 * Where a period begins among the payments and the records. Ids, sequences and times of payments grow together (the core gives them in the order of its records, whose
 * stamps never decrease), so halving the range of ids finds the place in some twenty steps, and no index by time is needed.
 */
public final class PaymentTimes {
    private static final String FIRST = """
            SELECT low FROM (
                WITH RECURSIVE probe(low, high) AS (
                    SELECT min(payment_id), max(payment_id) + 1 FROM payment
                    UNION ALL
                    SELECT CASE WHEN e.created_ms < ? THEN e.payment_id + 1 ELSE p.low END,
                           CASE WHEN e.created_ms < ? THEN p.high ELSE p.middle END
                    FROM (SELECT low, high, low + (high - low) / 2 AS middle FROM probe WHERE low < high) p
                    CROSS JOIN LATERAL (SELECT payment_id, created_ms FROM payment WHERE payment_id >= p.middle
                                        ORDER BY payment_id LIMIT 1) e)
                SELECT low FROM probe WHERE low >= high) found""";

    private PaymentTimes() {}

    /** No payment at or after the moment has a lower id than this; all before it have one. 0 when there are no payments. */
    public static long firstAt(CircuitView view, long momentMs) throws SQLException {
        return view.number(FIRST, momentMs, momentMs);
    }

    /** The sequence of the last payment before a moment, 0 without one: whatever happened since then has a higher one. */
    public static long sequenceBefore(CircuitView view, long momentMs) throws SQLException {
        return view.number(
                "SELECT sequence FROM payment WHERE payment_id < ? ORDER BY payment_id DESC LIMIT 1",
                firstAt(view, momentMs));
    }
}

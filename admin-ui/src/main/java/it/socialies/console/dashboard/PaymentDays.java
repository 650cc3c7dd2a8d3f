// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.dashboard;

import it.socialies.console.dashboard.CircuitFigures.Day;
import it.socialies.console.dashboard.CircuitFigures.Today;
import it.socialies.console.payments.PaymentTimes;
import it.socialies.console.projection.CircuitView;
import it.socialies.console.text.Times;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Counts the payments of a circuit by day and hour as they come: past days once, of today only what is new since the last look. So a page that is open costs
 * the same on the millionth payment as on the first. Not thread-safe.
 */
final class PaymentDays {
    static final int PAST_DAYS = 13;

    private static final int HOURS = 24;
    private static final int REJECTED = 5;

    /** What a payment drew and whether it was rejected never change once it is there. */
    private static final String NEW_PAYMENTS = """
            SELECT extract(hour FROM to_timestamp(created_ms / 1000.0) AT TIME ZONE 'Europe/Rome')::int AS hour,
                   count(*) FILTER (WHERE state <> 5) AS payments,
                   count(*) FILTER (WHERE state = 5) AS rejected,
                   coalesce(sum(drawn) FILTER (WHERE state <> 5), 0) AS drawn,
                   max(payment_id) AS last
            FROM payment WHERE payment_id >= ? GROUP BY 1""";

    private static final String DAY = "SELECT count(*), coalesce(sum(drawn), 0) FROM payment"
            + " WHERE payment_id >= ? AND payment_id < ? AND state <> " + REJECTED;

    /** The rare states have an index. */
    private static final String GIVEN_BACK = """
            SELECT coalesce(sum(CASE WHEN state IN (3, 4) THEN drawn ELSE refunded_total END), 0)
            FROM payment WHERE payment_id >= ? AND state IN (3, 4, 6, 7)""";

    private final Deque<Day> past = new ArrayDeque<>();
    private final long[] payments = new long[HOURS];
    private final long[] drawn = new long[HOURS];
    private long rejected;
    private LocalDate today = LocalDate.MIN;
    private long firstOfToday;
    private long nextPaymentId;

    /**
     * Takes in what has come.
     *
     * @param date today, by the installation's clock
     */
    void advance(CircuitView rows, LocalDate date) throws SQLException {
        if (!date.equals(today)) {
            begin(rows, date);
        }
        rows.list(
                        NEW_PAYMENTS,
                        row -> {
                            int hour = row.getInt("hour");
                            payments[hour] += row.getLong("payments");
                            drawn[hour] += row.getLong("drawn");
                            rejected += row.getLong("rejected");
                            return row.getLong("last");
                        },
                        nextPaymentId)
                .forEach(last -> nextPaymentId = Math.max(nextPaymentId, last + 1));
    }

    /** Counts again from nothing at the next look: the rows were built anew. */
    void forget() {
        today = LocalDate.MIN;
    }

    private void begin(CircuitView rows, LocalDate date) throws SQLException {
        past.clear();
        long from = PaymentTimes.firstAt(rows, Times.startOfDayMs(date.minusDays(PAST_DAYS)));
        for (LocalDate day = date.minusDays(PAST_DAYS); day.isBefore(date); day = day.plusDays(1)) {
            long to = PaymentTimes.firstAt(rows, Times.startOfDayMs(day.plusDays(1)));
            LocalDate each = day;
            past.add(rows.list(DAY, row -> new Day(each, row.getLong(1), row.getLong(2)), from, to)
                    .getFirst());
            from = to;
        }
        Arrays.fill(payments, 0);
        Arrays.fill(drawn, 0);
        rejected = 0;
        firstOfToday = from;
        nextPaymentId = from;
        today = date;
    }

    List<Day> past() {
        return List.copyOf(past);
    }

    Today today(CircuitView rows) throws SQLException {
        return new Today(
                new Day(
                        today,
                        Arrays.stream(payments).sum(),
                        Arrays.stream(drawn).sum()),
                rejected,
                rows.number(GIVEN_BACK, firstOfToday),
                Arrays.stream(payments).boxed().toList(),
                Arrays.stream(drawn).boxed().toList());
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.projection.Projection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The money of a programme as the journal moved it, summed by what kind of movement it was and between which kinds of accounts. Immutable.
 */
final class Flows {
    static final int FUNDING = 1;
    static final int FUND = 2;
    static final int POCKET = 3;
    static final int PAYABLE = 4;
    static final int SETTLING = 10;
    static final int PAID_OUT = 11;
    static final int RECEIVABLE = 12;

    static final int TOPPED_UP = 2;
    static final int EXPIRED = 3;
    static final int RESTORED = 10;
    static final int TAKEN_BACK = 11;
    static final int EMERGENCY_AWARDED = 13;
    static final int SETTLED = 14;
    static final int PAID = 17;
    static final int BOUNCED = 20;
    static final int DEBT_INCURRED = 18;
    static final int DEBT_SETTLED = 19;

    private static final String SQL = """
            SELECT e.reason::integer, d.kind::integer, c.kind::integer,
                   coalesce(sum(e.amount) FILTER (WHERE e.timestamp_ms >= $3), 0)::bigint, count(*) FILTER (WHERE e.timestamp_ms >= $3),
                   sum(e.amount)::bigint, count(*)
            FROM account d
            JOIN ledger_entry e ON e.debit_account_id = d.account_id
            JOIN account c ON c.account_id = e.credit_account_id
            WHERE d.programme_id = $1 AND e.sequence <= $2 AND e.timestamp_ms < $4 AND e.kind IN (131, 133, 134, 136)
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""";

    /**
     * Movements of one sort.
     *
     * @param reason as in {@code ledger_entry.reason}; 0 for payments and refunds
     * @param from kind of the account that gave
     * @param to kind of the account that got
     * @param inPeriod cents within the period
     * @param timesInPeriod movements within it
     * @param inAll cents from the beginning to the end of the period
     */
    record Flow(int reason, int from, int to, long inPeriod, long timesInPeriod, long inAll, long timesInAll) {}

    /** A sum within the period, and from the beginning to its end. */
    record Sums(long inPeriod, long inAll) {
        Sums minus(Sums other) {
            return new Sums(inPeriod - other.inPeriod, inAll - other.inAll);
        }
    }

    private final List<Flow> flows;

    Flows(List<Flow> flows) {
        this.flows = List.copyOf(flows);
    }

    /** Up to a record, and to the end of a period. */
    static Future<Flows> of(Projection projection, long programmeId, long sequence, long fromMs, long untilMs) {
        return projection
                .longRows(sequence, SQL, Tuple.of(programmeId, sequence, fromMs, untilMs))
                .map(rows -> {
                    List<Flow> flows = new ArrayList<>();
                    for (Row row : rows) {
                        flows.add(new Flow(
                                row.getInteger(0),
                                row.getInteger(1),
                                row.getInteger(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6)));
                    }
                    return new Flows(flows);
                });
    }

    private Sums cents(Predicate<Flow> which) {
        return new Sums(
                flows.stream().filter(which).mapToLong(Flow::inPeriod).sum(),
                flows.stream().filter(which).mapToLong(Flow::inAll).sum());
    }

    Sums between(int from, int to) {
        return cents(flow -> flow.from() == from && flow.to() == to);
    }

    Sums because(int... reasons) {
        return cents(flow -> isOneOf(flow.reason(), reasons));
    }

    Sums timesBecause(int... reasons) {
        return new Sums(
                flows.stream()
                        .filter(flow -> isOneOf(flow.reason(), reasons))
                        .mapToLong(Flow::timesInPeriod)
                        .sum(),
                flows.stream()
                        .filter(flow -> isOneOf(flow.reason(), reasons))
                        .mapToLong(Flow::timesInAll)
                        .sum());
    }

    private static boolean isOneOf(int reason, int... reasons) {
        for (int each : reasons) {
            if (each == reason) {
                return true;
            }
        }
        return false;
    }

    /** What all accounts of a kind hold at the end of the period; holds are still in the pocket. */
    long balance(int kind) {
        return flows.stream()
                .mapToLong(flow -> (flow.to() == kind ? flow.inAll() : 0) - (flow.from() == kind ? flow.inAll() : 0))
                .sum();
    }
}

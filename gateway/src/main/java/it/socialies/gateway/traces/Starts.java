// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.traces;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.api.ProblemException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is traced: its branches, of which there may be more behind {@code to}. Immutable.
 *
 * @param amount worth of all its cents, those given back taken off
 * @param to first cent behind the branches
 * @param cents of all, each of them counted
 */
record Starts(List<Branch> branches, long amount, String currency, long to, long cents) {
    private static final String OF_RECORD = "SELECT " + Move.COLUMNS + " FROM ledger_entry e" + Move.ACCOUNTS
            + " WHERE e.sequence = $1 AND e.index BETWEEN $2 AND $3 AND e.circuit_id = $4"
            + " AND e.kind IN (131, 133, 134, 136) AND e.amount > 0 ORDER BY e.sequence, e.index";

    private static final String OF_PAYMENT = "SELECT " + Move.COLUMNS + " FROM ledger_entry e" + Move.ACCOUNTS
            + " WHERE e.payment_id = $1 AND e.circuit_id = $2 AND e.kind IN (133, 134) AND e.amount > 0 ORDER BY e.sequence, e.index";

    private static final String LINE =
            "SELECT line_id, settlement_id, merchant_id, programme_id, to_pay, state, order_reference, outcome"
                    + " FROM settlement_line WHERE line_id = $1 AND circuit_id = $2";

    private static final String PARTS = """
            WITH c AS (SELECT hold_id, payment_id, amount, given_up, (sum(abs(amount)) OVER (ORDER BY hold_id))::bigint AS upto
                       FROM settled_part WHERE line_id = $1)
            SELECT c.*, (SELECT max(upto) FROM c) AS cents FROM c WHERE upto > $2 ORDER BY hold_id LIMIT $3""";

    Starts {
        branches = List.copyOf(branches);
    }

    /**
     * Reads what a name stands for.
     *
     * @param name {@code sequence}, {@code sequence-line}, a payment or a line of a settlement
     * @param from cents before it are not wanted
     * @param limit of branches
     * @throws ProblemException not_found, also through the future
     */
    static Future<Starts> of(SqlClient client, int circuitId, String name, boolean forward, long from, int limit) {
        if (name.startsWith("sln_")) {
            return ofLine(client, circuitId, Ids.SETTLEMENT_LINE.parse(name), forward, from, limit);
        }
        if (name.startsWith("pay_")) {
            return client.preparedQuery(OF_PAYMENT)
                    .execute(Tuple.of(Ids.PAYMENT.parse(name), circuitId))
                    .map(Starts::ofMoves);
        }
        int dash = name.indexOf('-');
        long sequence = number(dash < 0 ? name : name.substring(0, dash), Long.MAX_VALUE);
        long line = dash < 0 ? -1 : number(name.substring(dash + 1), Short.MAX_VALUE);
        return client.preparedQuery(OF_RECORD)
                .execute(Tuple.of(sequence, line < 0 ? 0 : line, line < 0 ? Short.MAX_VALUE : line, circuitId))
                .compose(rows -> {
                    Move only = rows.size() == 1 ? Move.of(rows.iterator().next()) : null;
                    return only != null && only.isOfLine()
                            ? ofLine(client, circuitId, only.referenceId(), forward, from, limit)
                            : Future.succeededFuture(ofMoves(rows));
                });
    }

    private static long number(String text, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The contract lets digits through, more of them than a number has.
        }
        throw new ProblemException("not_found");
    }

    private static Starts ofMoves(RowSet<Row> rows) {
        List<Branch> branches = new ArrayList<>();
        long at = 0;
        String currency = Json.EUR;
        for (Row row : rows) {
            Move move = Move.of(row);
            branches.add(Branch.start(at, move.amount(), 1, move, 0));
            at += move.amount();
            currency = move.currency();
        }
        if (branches.isEmpty()) {
            throw new ProblemException("not_found");
        }
        return new Starts(branches, at, currency, at, at);
    }

    private static Future<Starts> ofLine(
            SqlClient client, int circuitId, long lineId, boolean forward, long from, int limit) {
        return client.preparedQuery(LINE).execute(Tuple.of(lineId, circuitId)).compose(rows -> {
            Iterator<Row> found = rows.iterator();
            if (!found.hasNext()) {
                return Future.failedFuture(new ProblemException("not_found"));
            }
            Row line = found.next();
            long toPay = line.getLong("to_pay");
            if (forward) {
                List<Branch> all = toPay == 0 ? List.of() : List.of(Branch.ended(0, toPay, 1, Holds.line(line)));
                return Future.succeededFuture(new Starts(all, toPay, Json.EUR, toPay, toPay));
            }
            return client.preparedQuery(PARTS)
                    .execute(Tuple.of(lineId, from, limit + 1))
                    .compose(parts -> {
                        List<Long> payments = new ArrayList<>();
                        parts.forEach(part -> payments.add(part.getLong("payment_id")));
                        return Holds.of(client, payments).map(holds -> ofParts(lineId, toPay, from, parts, holds));
                    });
        });
    }

    private static Starts ofParts(long lineId, long toPay, long from, RowSet<Row> parts, Map<Long, Hold> holds) {
        List<Branch> branches = new ArrayList<>();
        long to = from;
        long cents = from;
        for (Row row : parts) {
            long amount = row.getLong("amount");
            long length = Math.abs(amount);
            to = row.getLong("upto");
            cents = row.getLong("cents");
            int sign = Long.signum(amount);
            Hold hold = holds.get(row.getLong("hold_id"));
            if (hold == null || row.getBoolean("given_up")) {
                JsonObject end = new JsonObject().put("kind", hold == null ? "own_money" : "given_up");
                if (hold != null) {
                    end.put("payment_id", Ids.PAYMENT.format(row.getLong("payment_id")));
                }
                branches.add(Branch.ended(to - length, length, sign, end));
            } else {
                branches.add(Branch.start(to - length, length, sign, hold.capture(), lowOf(hold, lineId, sign)));
            }
        }
        return new Starts(branches, toPay, Json.EUR, to, cents);
    }

    private static long lowOf(Hold hold, long lineId, int sign) {
        List<LinePart> parts = sign > 0 ? hold.paid() : hold.givenBack();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).lineId() == lineId) {
                return sign > 0 ? hold.lowOfPaid(i) : hold.lowOfGivenBack(i);
            }
        }
        throw new IllegalStateException("a part of line " + lineId + " is not among those of its hold");
    }

    /** The worth of what lies before a cent, from another one on. */
    long worth(long low, long high) {
        return worth(branches, low, high);
    }

    static long worth(List<Branch> branches, long low, long high) {
        long sum = 0;
        for (Branch branch : branches) {
            sum += branch.sign() * Math.max(0, branch.clipped(low, high).cents());
        }
        return sum;
    }

    /** Where the next page begins; null when there is none. */
    @Nullable
    Long next(long behind) {
        return behind < cents ? behind : null;
    }
}

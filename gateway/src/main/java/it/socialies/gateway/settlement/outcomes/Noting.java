// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.outcomes;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import it.socialies.engine.protocol.sbe.LineOutcome;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.RecordOutcomesEncoder;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.ProblemTable;
import it.socialies.gateway.http.Refusals;
import it.socialies.gateway.projection.Projection;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.settlement.orders.OrderItem;
import it.socialies.gateway.settlement.orders.OrderedPayments;
import java.util.List;

/**
 * Notes in the core, and then in the office, what became of one payment. Told twice, nothing is noted twice: the core knows of each line whether it is under way or paid. A payment that was not made, or came back, makes its lines open
 * again. Threading: any event loop.
 */
public final class Noting {
    private static final int UNAVAILABLE = 500;
    private static final String OUTCOME =
            "SELECT outcome FROM settlement_line WHERE line_id = $1 AND order_reference = $2 AND state <> 2";

    private final OrderedPayments payments;
    private final Projection projection;
    private final CoreClient core;
    private final KeyedHash keys;

    /** @param keys makes the idempotency keys of commands */
    public Noting(OrderedPayments payments, Projection projection, CoreClient core, KeyedHash keys) {
        this.payments = payments;
        this.projection = projection;
        this.core = core;
        this.keys = keys;
    }

    /**
     * What is to be said of it: {@code noted}, {@code noted_before}, {@code amount_differs}, {@code not_ordered}, or why the core refused it. Fails when it is not known: the same again says.
     *
     * @param key of this payment alone
     */
    public Future<String> note(int circuitId, long operatorId, Idempotency key, Told told, OrderItem item) {
        if (told.cents() != item.amount()) {
            return Future.succeededFuture("amount_differs");
        }
        LineOutcome outcome = told.outcome();
        boolean isBounced = outcome == LineOutcome.BOUNCED;
        if (!item.state().equals(isBounced ? "PAID" : "ORDERED")) {
            boolean isKnown = item.state().equals(outcome.name())
                    || (outcome == LineOutcome.PAID && item.state().equals("BOUNCED"));
            return Future.succeededFuture(isKnown ? "noted_before" : "not_ordered");
        }
        Sender sender = new Sender(circuitId, operatorId, told, item);
        Future<String> noted = isBounced ? oneByOne(sender, key, 0, "noted_before") : send(sender, key, item.lines());
        return noted.compose(result -> result.startsWith("noted")
                ? payments.told(item, outcome.name(), told.reason(), told.mandate())
                        .map(result)
                : Future.succeededFuture(result));
    }

    private record Sender(int circuitId, long operatorId, Told told, OrderItem item) {}

    /** The core takes lines whose payment came back one at a time. */
    private Future<String> oneByOne(Sender sender, Idempotency key, int from, String resultSoFar) {
        List<Long> lines = sender.item().lines();
        if (from == lines.size()) {
            return Future.succeededFuture(resultSoFar);
        }
        return send(sender, key.step(keys, from), List.of(lines.get(from)))
                .compose(result -> result.startsWith("noted")
                        ? oneByOne(sender, key, from + 1, result.equals("noted") ? result : resultSoFar)
                        : Future.succeededFuture(result));
    }

    private Future<String> send(Sender sender, Idempotency key, List<Long> lines) {
        return core.send(frame -> {
                    RecordOutcomesEncoder.LinesEncoder named = frame.from(
                                    PrincipalKind.OPERATOR, sender.operatorId(), sender.circuitId())
                            .key(key.hi(), key.lo())
                            .message(new RecordOutcomesEncoder())
                            .reference(sender.item().orderId())
                            .linesCount(lines.size());
                    for (long line : lines) {
                        named.next()
                                .lineId(line)
                                .outcome(sender.told().outcome().value());
                    }
                })
                .compose(reply -> {
                    if (reply.isOk()) {
                        return Future.succeededFuture("noted");
                    }
                    ProblemException problem = Refusals.problem(reply);
                    return ProblemTable.of(problem.code()).status() > UNAVAILABLE
                            ? Future.failedFuture(problem)
                            : knownBefore(sender, lines.getFirst(), problem.code());
                });
    }

    /** The core noted it, and the node died before the office heard: then the projection says so. */
    private Future<String> knownBefore(Sender sender, long line, String refusal) {
        return projection
                .rows(0, OUTCOME, Tuple.of(line, sender.item().orderId()))
                .map(rows -> {
                    for (Row row : rows) {
                        if (row.getShort(0) == sender.told().outcome().value()) {
                            return "noted_before";
                        }
                    }
                    return refusal;
                });
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.engine.protocol.sbe.LineOrderedDecoder;
import it.socialies.engine.protocol.sbe.OrderLinesEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.engineclient.CoreClient;
import it.socialies.gateway.engineclient.CoreReply;
import it.socialies.gateway.http.Idempotency;
import it.socialies.gateway.http.ProblemTable;
import it.socialies.gateway.http.Refusals;
import it.socialies.gateway.security.InstallationClock;
import it.socialies.gateway.security.KeyedHash;
import it.socialies.gateway.settlement.jobs.Background;
import it.socialies.gateway.settlement.orders.OrderStore.Ordered;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Orders in the core what an order is to pay, item by item: what the core refuses is left out with its reason, and the rest goes on. An item has the same key each time, so a job that was killed begins again with those that are
 * still planned, and orders none twice. Threading: any event loop.
 */
final class OrderingJob {
    private static final Logger LOG = LogManager.getLogger(OrderingJob.class);
    private static final int IN_FLIGHT = 64;
    private static final int UNAVAILABLE = 500;

    private final OrderStore store;
    private final CoreClient core;
    private final KeyedHash keys;
    private final InstallationClock clock;
    private final Background background;

    /** @param keys makes the idempotency keys of commands */
    OrderingJob(Vertx vertx, OrderStore store, CoreClient core, KeyedHash keys, InstallationClock clock) {
        this.store = store;
        this.core = core;
        this.keys = keys;
        this.clock = clock;
        background = new Background(vertx, "orders", this::next);
    }

    void start() {
        background.start();
    }

    void wake() {
        background.wake();
    }

    private Future<Boolean> next() {
        return store.due().compose(due -> due.isEmpty() ? Future.succeededFuture(false) : order(due.get()));
    }

    private Future<Boolean> order(Order order) {
        return store.planned(order.orderId(), IN_FLIGHT).compose(items -> {
            if (items.isEmpty()) {
                LOG.info("{}: ordered", order.id());
                return store.done(order.orderId()).map(true);
            }
            List<Future<Ordered>> underWay = new ArrayList<>();
            items.forEach(item -> underWay.add(order(order, item)));
            return Future.join(underWay).transform(done -> {
                List<Ordered> known = underWay.stream()
                        .filter(Future::succeeded)
                        .map(Future::result)
                        .toList();
                boolean isAllKnown = known.size() == items.size();
                return known.isEmpty()
                        ? Future.succeededFuture(false)
                        : store.ordered(order.orderId(), known, clock.nowMs()).map(isAllKnown);
            });
        });
    }

    /** Fails only when it is not known what became of it. */
    private Future<Ordered> order(Order order, OrderItem item) {
        Idempotency key = order.request().step(keys, item.item());
        return core.send(frame -> {
                    OrderLinesEncoder command = frame.from(PrincipalKind.OPERATOR, order.madeBy(), order.circuitId())
                            .key(key.hi(), key.lo())
                            .message(new OrderLinesEncoder())
                            .reference(order.orderId());
                    OrderLinesEncoder.LinesEncoder lines =
                            command.linesCount(item.lines().size());
                    item.lines().forEach(line -> lines.next().lineId(line));
                })
                .compose(reply -> {
                    if (reply.isOk()) {
                        return Future.succeededFuture(new Ordered(item.item(), payeeOf(reply), null));
                    }
                    ProblemException problem = Refusals.problem(reply);
                    return ProblemTable.of(problem.code()).status() > UNAVAILABLE
                            ? Future.failedFuture(problem)
                            : Future.succeededFuture(new Ordered(item.item(), null, problem.code()));
                });
    }

    private static long payeeOf(CoreReply reply) {
        return reply.get(new LineOrderedDecoder()).payee();
    }
}

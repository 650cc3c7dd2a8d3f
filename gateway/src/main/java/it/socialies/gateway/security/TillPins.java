// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.security.GuessLimits.Allowance;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Bounds the wrong PINs of a till. Three of them lock a card, so who holds a till and photographs of a town's cards could lock the town or try one PIN on each
 * card; here the till stops taking PINs until it has waited, and no other till notices.
 *
 * <p>A till may have as many PINs under way as it may still get wrong, and what exceeds that waits its turn for an answer: so many guesses at once gain nothing,
 * and right PINs, however many, only ever wait for each other. Bounded by the terminals there are. May be called from any event loop; what waits goes on there.
 */
public final class TillPins {
    private static final Logger LOG = LogManager.getLogger(TillPins.class);
    private static final int WAITING_MAX = 4_096;

    private final Vertx vertx;
    private final int max;
    private final long periodNs;
    private final LongSupplier nanoClock;
    private final LongAdder wrong;
    private final LongAdder heldBack;
    private final ConcurrentMap<Long, Till> tills = new ConcurrentHashMap<>();

    /**
     * @param allowance wrong PINs of one till
     * @param nanoClock monotonic nanoseconds
     * @param wrong counts wrong PINs
     * @param heldBack counts PINs that were not looked at
     */
    TillPins(Vertx vertx, Allowance allowance, LongSupplier nanoClock, LongAdder wrong, LongAdder heldBack) {
        this.vertx = vertx;
        this.max = allowance.max();
        this.periodNs = allowance.window().toNanos() / allowance.max();
        this.nanoClock = nanoClock;
        this.wrong = wrong;
        this.heldBack = heldBack;
    }

    /**
     * Has a PIN judged when its turn has come. Fails with {@code TOO_MANY_ATTEMPTS} and the time to wait, or {@code BUSY} when too many wait already.
     *
     * @param judging sends it; called at most once, on the caller's context
     * @param isWrong whether what came back says that a PIN was judged, now, and was wrong
     */
    public <T> Future<T> judge(long terminalId, Supplier<Future<T>> judging, Predicate<T> isWrong) {
        return tills.computeIfAbsent(terminalId, Till::new).judge(judging, isWrong);
    }

    private static final class Waiting {
        private final Context context;
        private final Runnable start;
        private final Promise<?> promise;

        Waiting(Context context, Runnable start, Promise<?> promise) {
            this.context = context;
            this.start = start;
            this.promise = promise;
        }
    }

    /** One till; its own lock guards it. */
    private final class Till {
        private final long id;
        private final Queue<Waiting> waiting = new ArrayDeque<>();
        private int underWay;

        /** When all wrong PINs are made up for: each adds a period. */
        private long clearedNs = nanoClock.getAsLong();

        Till(long id) {
            this.id = id;
        }

        <T> Future<T> judge(Supplier<Future<T>> judging, Predicate<T> isWrong) {
            Waiting queued;
            synchronized (this) {
                int left = left();
                if (left == 0 && underWay == 0) {
                    heldBack.increment();
                    return Future.failedFuture(tooMany());
                }
                if (left > underWay && waiting.isEmpty()) {
                    underWay++;
                    queued = null;
                } else if (waiting.size() >= WAITING_MAX) {
                    return Future.failedFuture(new Refusal(RefusalCode.BUSY, 1_000));
                } else {
                    Promise<T> promise = Promise.promise();
                    queued = new Waiting(
                            vertx.getOrCreateContext(),
                            () -> run(judging, isWrong).onComplete(promise),
                            promise);
                    waiting.add(queued);
                    return promise.future();
                }
            }
            return run(judging, isWrong);
        }

        private <T> Future<T> run(Supplier<Future<T>> judging, Predicate<T> isWrong) {
            Future<T> judged;
            try {
                judged = judging.get();
            } catch (RuntimeException e) {
                judged = Future.failedFuture(e);
            }
            return judged.onComplete(result -> done(result.succeeded() && isWrong.test(result.result())));
        }

        private void done(boolean wasWrong) {
            List<Waiting> next = new ArrayList<>();
            List<Waiting> refused = new ArrayList<>();
            Refusal refusal;
            synchronized (this) {
                underWay--;
                if (wasWrong) {
                    count();
                }
                int left = left();
                while (left > underWay && !waiting.isEmpty()) {
                    underWay++;
                    next.add(waiting.remove());
                }
                refusal = tooMany();
                if (left == 0 && underWay == 0) {
                    refused.addAll(waiting);
                    waiting.clear();
                    heldBack.add(refused.size());
                }
            }
            for (Waiting each : next) {
                each.context.runOnContext(turn -> each.start.run());
            }
            for (Waiting each : refused) {
                each.context.runOnContext(turn -> each.promise.fail(refusal));
            }
        }

        private void count() {
            wrong.increment();
            long nowNs = nanoClock.getAsLong();
            clearedNs = Math.max(clearedNs, nowNs) + periodNs;
            if (left() == 0) {
                // A till is no person, and whoever runs the town must know which one to look at.
                LOG.warn("{} takes no PINs for a while: too many were wrong", Ids.TERMINAL.format(id));
            }
        }

        private int left() {
            long owedNs = Math.max(0, clearedNs - nanoClock.getAsLong());
            return (int) Math.max(0, max - Math.ceilDiv(owedNs, periodNs));
        }

        private Refusal tooMany() {
            long waitNs = clearedNs - nanoClock.getAsLong() - (max - 1) * periodNs;
            return new Refusal(RefusalCode.TOO_MANY_ATTEMPTS, Math.max(1_000, Math.ceilDiv(waitNs, 1_000_000L)));
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import it.socialies.gateway.lifecycle.Owned;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for work that would block an event loop (signatures, password hashes), with a bounded queue: what does not fit is refused at
 * once with {@link RefusalCode#BUSY}, so a flood of costly requests neither piles up memory nor starves the other pools (OWASP ASVS 5.0,
 * 15.2.2). May be called from any thread; the future completes on the caller's context. Its threads end with its {@link Vertx}, if nobody
 * closes it before.
 */
public final class BoundedWorker implements AutoCloseable {
    private static final long RETRY_AFTER_MS = 1_000;

    private final WorkerExecutor executor;
    private final int pendingMax;
    private final AtomicInteger pending = new AtomicInteger();

    /**
     * @param name of the threads
     * @param threads how many run at once
     * @param pendingMax how many may run or wait
     */
    public BoundedWorker(Vertx vertx, String name, int threads, int pendingMax) {
        executor = vertx.createSharedWorkerExecutor(name, threads);
        this.pendingMax = pendingMax;
        Owned.by(vertx, executor::close);
    }

    /** Runs {@code work} on one of the threads; whatever it throws fails the future. */
    public <T> Future<T> run(Callable<T> work) {
        if (pending.incrementAndGet() > pendingMax) {
            pending.decrementAndGet();
            return Future.failedFuture(new Refusal(RefusalCode.BUSY, RETRY_AFTER_MS));
        }
        return executor.<T>executeBlocking(() -> callAndCount(work), false).map(Objects::requireNonNull);
    }

    private <T> T callAndCount(Callable<T> work) throws Exception {
        try {
            return work.call();
        } finally {
            pending.decrementAndGet();
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}

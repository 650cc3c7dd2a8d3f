// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.client;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** A bounded number of clients at work at once. */
public final class Workers implements AutoCloseable {
    private final ExecutorService pool;

    public Workers(int clients) {
        pool = Executors.newFixedThreadPool(
                clients, Thread.ofPlatform().name("client-", 1).daemon().factory());
    }

    /** Does {@code work} for each item and returns when all is done; the first failure ends it. */
    public <T> void forEach(Collection<T> items, Consumer<T> work) {
        List<Future<?>> futures = new ArrayList<>();
        for (T item : items) {
            futures.add(pool.submit(() -> work.accept(item)));
        }
        try {
            for (Future<?> future : futures) {
                future.get();
            }
        } catch (ExecutionException e) {
            futures.forEach(future -> future.cancel(true));
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}

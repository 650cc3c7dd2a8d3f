// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * So many clients, each sending its next request when the last one is answered: the most that a server does when it is never overrun. Where the ladder of
 * arrival rates has its middle.
 *
 * <p>Threading: one event loop; {@link #run} waits for it.
 */
final class ClosedLoop {
    private final Supplier<LoadRequest> source;

    ClosedLoop(Supplier<LoadRequest> source) {
        this.source = source;
    }

    LoadResult run(URI server, int clients, int warmUpSeconds, int seconds) throws InterruptedException {
        try (Connections connections = new Connections(server, clients)) {
            Run run = new Run(connections, clients, warmUpSeconds, seconds);
            for (int i = 0; i < clients; i++) {
                connections.onEventLoop(run::next);
            }
            run.ended.await();
            return run.result;
        }
    }

    private final class Run {
        private final Connections connections;
        private final LoadResult result;
        private final CountDownLatch ended;
        private final long measureFromNs;
        private final long measureToNs;

        private Run(Connections connections, int clients, int warmUpSeconds, int seconds) {
            this.connections = connections;
            result = new LoadResult(seconds);
            ended = new CountDownLatch(clients);
            measureFromNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUpSeconds);
            measureToNs = measureFromNs + TimeUnit.SECONDS.toNanos(seconds);
        }

        private void next() {
            long sentNs = System.nanoTime();
            if (sentNs >= measureToNs) {
                ended.countDown();
                return;
            }
            connections.send(source.get()).onComplete(done -> {
                long nowNs = System.nanoTime();
                if (nowNs >= measureFromNs && nowNs < measureToNs) {
                    result.onAnswer(done.result(), nowNs - sentNs);
                    result.onAccepted(done.result().accepted());
                }
                next();
            });
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Requests at an arrival rate, each with its own time, as independent customers come (a Poisson process). None waits for another's answer, and latency counts
 * from the time a request was meant to start: a server that stalls is charged for everyone who came meanwhile.
 *
 * <p>Threading: the caller's thread keeps the times; one event loop sends and listens.
 */
final class OpenLoop {
    /** Who has no answer so long after the end of the load counts as unanswered. */
    private static final long PATIENCE_S = 10;

    private static final double NS_PER_S = 1e9;

    private final long[] startsNs;
    private final List<LoadRequest> requests;
    private final double warmUpSeconds;
    private final double seconds;

    /** @param requestsPerSecond the arrival rate, on average */
    OpenLoop(double requestsPerSecond, double warmUpSeconds, double seconds, Supplier<LoadRequest> source) {
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
        startsNs = arrivals(requestsPerSecond, warmUpSeconds + seconds);
        requests = new ArrayList<>(startsNs.length);
        for (int i = 0; i < startsNs.length; i++) {
            requests.add(source.get());
        }
    }

    private static long[] arrivals(double perSecond, double seconds) {
        SplittableRandom random = new SplittableRandom(13);
        List<Long> starts = new ArrayList<>();
        for (double at = gap(random, perSecond); at < seconds; at += gap(random, perSecond)) {
            starts.add((long) (at * NS_PER_S));
        }
        return starts.stream().mapToLong(Long::longValue).toArray();
    }

    private static double gap(SplittableRandom random, double perSecond) {
        return -Math.log(1 - random.nextDouble()) / perSecond;
    }

    LoadResult run(URI server, int connectionsMax) throws InterruptedException {
        Run run = new Run(new Connections(server, connectionsMax));
        try {
            run.send();
            run.answered.await(PATIENCE_S, TimeUnit.SECONDS);
        } finally {
            run.connections.close();
        }
        run.answered.await();
        return run.result;
    }

    private final class Run {
        private final Connections connections;
        private final LoadResult result = new LoadResult(seconds);
        private final CountDownLatch answered = new CountDownLatch(requests.size());
        private final long zeroNs = System.nanoTime();
        private final long measureFromNs = zeroNs + (long) (warmUpSeconds * NS_PER_S);
        private final long measureToNs = measureFromNs + (long) (seconds * NS_PER_S);

        private Run(Connections connections) {
            this.connections = connections;
        }

        private void send() {
            for (int i = 0; i < startsNs.length; i++) {
                long startNs = zeroNs + startsNs[i];
                for (long waitNs = startNs - System.nanoTime(); waitNs > 0; waitNs = startNs - System.nanoTime()) {
                    LockSupport.parkNanos(waitNs);
                }
                LoadRequest request = requests.get(i);
                connections.onEventLoop(() -> send(request, startNs));
            }
        }

        private void send(LoadRequest request, long startNs) {
            boolean isMeasured = startNs >= measureFromNs;
            if (isMeasured) {
                result.onSent(System.nanoTime() - startNs);
            }
            connections.send(request).onComplete(done -> {
                long nowNs = System.nanoTime();
                if (isMeasured) {
                    result.onAnswer(done.result(), nowNs - startNs);
                }
                if (nowNs >= measureFromNs && nowNs < measureToNs) {
                    result.onAccepted(done.result().accepted());
                }
                answered.countDown();
            });
        }
    }
}

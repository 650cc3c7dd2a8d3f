// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.snapshot;

import it.socialies.perf.suite.Measurements;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/** Looks at a load every second. One thread. */
final class Timeline {
    /** Series of the seconds without and with a snapshotter at work. */
    static final String ALONE = "payments alone, each second";

    static final String BESIDE_SNAPSHOT = "beside a snapshot, each second";

    private static final double NS_PER_MS = 1e6;
    private static final long LOOK_MS = 10;

    private final SteadyLoad load;
    private final List<Second> seconds = new ArrayList<>();
    private final long startNs = System.nanoTime();

    /** One look. */
    private record Second(String series, double at, Histogram latencyNs) {}

    Timeline(SteadyLoad load) {
        this.load = load;
        // What came before is none of its.
        load.takeLatencyNs();
    }

    /** Watches payments alone for so many seconds; returns all latencies, in nanoseconds. */
    Histogram watch(double forSeconds) throws InterruptedException {
        long endNs = System.nanoTime() + (long) (forSeconds * 1e9);
        return watchUntil(ALONE, () -> System.nanoTime() - endNs >= 0);
    }

    /** Watches payments beside a snapshotter until it is done; returns all latencies, in nanoseconds. */
    Histogram watchBesideSnapshot(BooleanSupplier isDone) throws InterruptedException {
        return watchUntil(BESIDE_SNAPSHOT, isDone);
    }

    private Histogram watchUntil(String series, BooleanSupplier isOver) throws InterruptedException {
        Histogram all = new Histogram(SteadyLoad.MAX_LATENCY_NS, SteadyLoad.DIGITS);
        while (!isOver.getAsBoolean()) {
            awaitASecond(isOver);
            Histogram second = load.takeLatencyNs();
            seconds.add(new Second(series, (System.nanoTime() - startNs) / 1e9, second));
            all.add(second);
        }
        return all;
    }

    private static void awaitASecond(BooleanSupplier isOver) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (!isOver.getAsBoolean() && System.nanoTime() - endNs < 0) {
            Thread.sleep(LOOK_MS);
        }
    }

    /** One row a second, for the plot. */
    void addTo(Measurements to) {
        for (Second second : seconds) {
            to.row(second.series, Math.round(second.at) + " s")
                    .figure("second", second.at, "s")
                    .figure("p99", second.latencyNs.getValueAtPercentile(99) / NS_PER_MS, "ms")
                    .figure("max", second.latencyNs.getMaxValue() / NS_PER_MS, "ms")
                    .done();
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What a load met; filled on one event loop, read once it has ended. */
final class LoadResult {
    private final double seconds;
    private final Histogram latencyNs = new Histogram(3);
    private final Histogram lateNs = new Histogram(3);
    private final Map<String, Long> outcomes = new TreeMap<>();
    private long accepted;

    /** @param seconds measured */
    LoadResult(double seconds) {
        this.seconds = seconds;
    }

    /** A request whose start lies in the measured time: how long until its answer, whatever that was. */
    void onAnswer(Answer answer, long latency) {
        answer.outcomes().forEach((outcome, payments) -> outcomes.merge(outcome, (long) payments, Long::sum));
        latencyNs.recordValue(Math.max(0, latency));
    }

    /** Payments whose acceptance was heard of within the measured time, whenever they were asked for. */
    void onAccepted(int payments) {
        accepted += payments;
    }

    /** By how much the load itself was late. */
    void onSent(long late) {
        lateNs.recordValue(Math.max(0, late));
    }

    double acceptedPerSecond() {
        return accepted / seconds;
    }

    Histogram latencyNs() {
        return latencyNs;
    }

    Histogram lateNs() {
        return lateNs;
    }

    Map<String, Long> outcomes() {
        return outcomes;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.live;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells for how long the oldest record that the rows lack has been durable, as far as the meter has watched. The stamp of the last row would not do: after an
 * hour of rest the first payment would look an hour late. Not thread-safe.
 */
final class LagMeter {
    /** Enough for an hour of observations a second; beyond that only the newest are dropped, and the age stays right. */
    private static final int OBSERVATIONS_MAX = 3_600;

    private record Observation(long durableSequence, long seenNs) {}

    private final Deque<Observation> missing = new ArrayDeque<>();

    /**
     * Takes note of how far both sides are.
     *
     * @param nowNs monotonic nanoseconds
     * @return age of the oldest missing record, milliseconds; 0 when none is missing
     */
    long observe(long durableSequence, long projectedSequence, long nowNs) {
        while (!missing.isEmpty() && missing.peekFirst().durableSequence <= projectedSequence) {
            missing.removeFirst();
        }
        boolean isNews = missing.isEmpty() || missing.peekLast().durableSequence < durableSequence;
        if (durableSequence > projectedSequence && isNews && missing.size() < OBSERVATIONS_MAX) {
            missing.addLast(new Observation(durableSequence, nowNs));
        }
        return missing.isEmpty() ? 0 : (nowNs - missing.peekFirst().seenNs) / 1_000_000;
    }
}

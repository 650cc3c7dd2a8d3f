// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.projection;

import it.socialies.engine.projection.ProjectionListener;
import it.socialies.engine.projection.ProjectionStatus;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * How long after its answer each payment can be seen in Postgres.
 *
 * <p>Threading: {@link #accept} the egress thread, {@link #onStatus} the projector's.
 */
final class Visibility implements LongConsumer, ProjectionListener {
    /** A payment that is not shown before so many later ones came is not measured. */
    private static final int PLACES = 1 << 22;

    private static final long NOT_WAITING = 0;

    private final AtomicLongArray answeredNs = new AtomicLongArray(PLACES);
    private final Recorder latencyNs = new Recorder(3);
    private volatile long shownSequence;

    /** The payment of this sequence was answered now. */
    @Override
    public void accept(long sequence) {
        answeredNs.set(place(sequence), System.nanoTime());
        if (sequence <= shownSequence) {
            shown(sequence, System.nanoTime());
        }
    }

    @Override
    public void onStatus(ProjectionStatus status) {
        long nowNs = System.nanoTime();
        long before = shownSequence;
        long last = status.lastSequence();
        shownSequence = last;
        for (long sequence = Math.max(before, last - PLACES) + 1; sequence <= last; sequence++) {
            shown(sequence, nowNs);
        }
    }

    /** Whoever comes second of answer and row finds the time. */
    private void shown(long sequence, long nowNs) {
        long sinceNs = answeredNs.getAndSet(place(sequence), NOT_WAITING);
        if (sinceNs != NOT_WAITING) {
            latencyNs.recordValue(Math.max(0, nowNs - sinceNs));
        }
    }

    private static int place(long sequence) {
        return (int) (sequence & PLACES - 1);
    }

    /** What was seen since the last call, in nanoseconds from the answer. */
    Histogram takeLatencyNs() {
        return latencyNs.getIntervalHistogram();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.status;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * How old the state is that Postgres shows: the time since a record became durable that is still missing there, as closely as it is told to look. At each look
 * it notes how far the log is; a note is dropped when Postgres has passed it.
 *
 * <p>Threading: any, one at a time.
 */
public final class ProjectionLag {
    /** So many notes; then every second one goes, and a long lag is told more coarsely. */
    private static final int NOTES_MAX = 1_024;

    private record Note(long durableSequence, long atNs) {}

    private final Deque<Note> notes = new ArrayDeque<>();
    private long caughtUpNs;

    public ProjectionLag(long nowNs) {
        caughtUpNs = nowNs;
    }

    /** Notes how far the log is and forgets what Postgres has. */
    public synchronized void note(long nowNs, long durableSequence, long projectedSequence) {
        forget(nowNs, durableSequence, projectedSequence);
        if (projectedSequence < durableSequence
                && (notes.isEmpty() || notes.getLast().durableSequence() < durableSequence)) {
            notes.add(new Note(durableSequence, nowNs));
        }
        if (notes.size() > NOTES_MAX) {
            thinOut();
        }
    }

    /** Nanoseconds since Postgres was last known to show everything that was durable then; 0 when it shows everything. */
    public synchronized long lagNs(long nowNs, long durableSequence, long projectedSequence) {
        forget(nowNs, durableSequence, projectedSequence);
        return nowNs - caughtUpNs;
    }

    private void forget(long nowNs, long durableSequence, long projectedSequence) {
        while (!notes.isEmpty() && notes.getFirst().durableSequence() <= projectedSequence) {
            caughtUpNs = notes.removeFirst().atNs();
        }
        if (projectedSequence >= durableSequence) {
            caughtUpNs = nowNs;
        }
    }

    private void thinOut() {
        boolean keep = false;
        for (Iterator<Note> all = notes.iterator(); all.hasNext(); keep = !keep) {
            all.next();
            if (!keep) {
                all.remove();
            }
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;

/** One first-in-first-out queue of pockets per programme: those its end must sweep. Linked through columns, so nothing is allocated. */
final class SweepQueues {
    private final IntColumn next;
    private final IntColumn previous;
    private final ByteColumn queued;
    private final IntColumn first;
    private final IntColumn last;

    SweepQueues(final int maxPockets, final int maxProgrammes) {
        next = new IntColumn(maxPockets);
        previous = new IntColumn(maxPockets);
        queued = new ByteColumn(maxPockets);
        first = new IntColumn(maxProgrammes);
        last = new IntColumn(maxProgrammes);
    }

    boolean contains(final long pocket) {
        return queued.get(pocket) != 0;
    }

    long first(final long programmeId) {
        return first.get(programmeId);
    }

    void add(final long pocket, final long programmeId) {
        final int tail = last.get(programmeId);
        queued.set(pocket, (byte) 1);
        previous.set(pocket, tail);
        next.set(pocket, 0);
        if (tail == 0) {
            first.set(programmeId, (int) pocket);
        } else {
            next.set(tail, (int) pocket);
        }
        last.set(programmeId, (int) pocket);
    }

    void remove(final long pocket, final long programmeId) {
        final int before = previous.get(pocket);
        final int after = next.get(pocket);
        queued.set(pocket, (byte) 0);
        if (before == 0) {
            first.set(programmeId, after);
        } else {
            next.set(before, after);
        }
        if (after == 0) {
            last.set(programmeId, before);
        } else {
            previous.set(after, before);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.DeadlineHeap;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.StateFields;

/**
 * One first-in-first-out queue of pockets per programme: those its end must sweep. Linked through columns, so nothing is allocated. A heap knows which
 * programme with a queue ends first (programmes stay, so an id is its slot), so that a tick with nothing to sweep costs one comparison.
 */
final class SweepQueues {
    private static final int INITIAL_PROGRAMMES = 64;

    private final IntColumn next;
    private final IntColumn previous;
    private final ByteColumn queued;
    private final IntColumn first;
    private final IntColumn last;
    private final DeadlineHeap ends;

    SweepQueues(final int maxPockets, final int maxProgrammes) {
        ends = new DeadlineHeap(INITIAL_PROGRAMMES, maxProgrammes);
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

    /** The programme that ended first among those with a queue; by id when two ended together; 0 for none. */
    long firstEnded(final long nowMs) {
        return ends.peekDeadlineMs() <= nowMs ? ends.peekId() : 0;
    }

    void add(final long pocket, final long programmeId, final long endMs) {
        final int tail = last.get(programmeId);
        queued.set(pocket, (byte) 1);
        previous.set(pocket, tail);
        next.set(pocket, 0);
        if (tail == 0) {
            first.set(programmeId, (int) pocket);
            ends.add((int) programmeId, programmeId, endMs);
        } else {
            next.set(tail, (int) pocket);
        }
        last.set(programmeId, (int) pocket);
    }

    void visit(final StateFields fields) {
        next.visit(fields, "sweep.next");
        previous.visit(fields, "sweep.previous");
        queued.visit(fields, "sweep.queued");
        first.visit(fields, "sweep.first");
        last.visit(fields, "sweep.last");
        ends.visit(fields, "sweep.ends");
    }

    void rebuild() {
        ends.rebuild();
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
        if (before == 0 && after == 0) {
            ends.remove((int) programmeId);
        }
    }
}

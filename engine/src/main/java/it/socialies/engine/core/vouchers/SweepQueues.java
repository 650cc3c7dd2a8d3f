// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.collections.DeadlineHeap;
import it.socialies.engine.core.collections.StateFields;

/**
 * The pockets that the end of each programme must sweep. A heap knows which programme with a queue ends first (programmes stay, so an id is its slot), so
 * that a tick with nothing to sweep costs one comparison.
 */
final class SweepQueues {
    private static final int INITIAL_PROGRAMMES = 64;

    private final PocketQueues queues;
    private final DeadlineHeap ends;

    SweepQueues(final int maxPockets, final int maxProgrammes) {
        queues = new PocketQueues("sweep", maxPockets, maxProgrammes);
        ends = new DeadlineHeap(INITIAL_PROGRAMMES, maxProgrammes);
    }

    boolean contains(final long pocket) {
        return queues.contains(pocket);
    }

    long first(final long programmeId) {
        return queues.first(programmeId);
    }

    /** The programme that ended first among those with a queue; by id when two ended together; 0 for none. */
    long firstEnded(final long nowMs) {
        return ends.peekDeadlineMs() <= nowMs ? ends.peekId() : 0;
    }

    void add(final long pocket, final long programmeId, final long endMs) {
        if (queues.first(programmeId) == 0) {
            ends.add((int) programmeId, programmeId, endMs);
        }
        queues.add(pocket, programmeId);
    }

    void remove(final long pocket, final long programmeId) {
        queues.remove(pocket, programmeId);
        if (queues.first(programmeId) == 0) {
            ends.remove((int) programmeId);
        }
    }

    /** The programme ends at another instant. */
    void endAt(final long programmeId, final long endMs) {
        if (ends.contains((int) programmeId)) {
            ends.update((int) programmeId, endMs);
        }
    }

    void visit(final StateFields fields) {
        queues.visit(fields);
        ends.visit(fields, "sweep.ends");
    }

    void rebuild() {
        ends.rebuild();
    }
}

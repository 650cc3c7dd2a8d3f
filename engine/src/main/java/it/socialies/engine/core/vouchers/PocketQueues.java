// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.collections.ByteColumn;
import it.socialies.engine.core.collections.IntColumn;
import it.socialies.engine.core.collections.StateFields;

/** One first-in-first-out queue of pockets per programme. Linked through columns, so nothing is allocated. */
public final class PocketQueues {
    private final String name;
    private final IntColumn next;
    private final IntColumn previous;
    private final ByteColumn queued;
    private final IntColumn first;
    private final IntColumn last;

    /** @param name of the columns in snapshots */
    public PocketQueues(final String name, final int maxPockets, final int maxProgrammes) {
        this.name = name;
        next = new IntColumn(maxPockets);
        previous = new IntColumn(maxPockets);
        queued = new ByteColumn(maxPockets);
        first = new IntColumn(maxProgrammes);
        last = new IntColumn(maxProgrammes);
    }

    /** True when the pocket waits. */
    public boolean contains(final long pocket) {
        return queued.get(pocket) != 0;
    }

    /** The pocket that waits longest; 0 for none. */
    public long first(final long programmeId) {
        return first.get(programmeId);
    }

    /** Adds a pocket behind the others; it does not wait yet. */
    public void add(final long pocket, final long programmeId) {
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

    /** Takes a pocket out, wherever it stands. */
    public void remove(final long pocket, final long programmeId) {
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

    /** The pocket behind this one; 0 for none. */
    public long next(final long pocket) {
        return next.get(pocket);
    }

    /** Writes the queues or fills them. */
    public void visit(final StateFields fields) {
        next.visit(fields, name + ".next");
        previous.visit(fields, name + ".previous");
        queued.visit(fields, name + ".queued");
        first.visit(fields, name + ".first");
        last.visit(fields, name + ".last");
    }
}

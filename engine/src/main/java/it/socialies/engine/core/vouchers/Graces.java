// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.vouchers;

import it.socialies.engine.core.collections.DeadlineHeap;
import it.socialies.engine.core.collections.StateFields;

/** Pockets of ended programmes that may be spent for some days more, since money came back to them; the grace that ends first is at the top. */
final class Graces {
    private static final int INITIAL_GRACES = 64;

    private final DeadlineHeap ends;

    Graces(final int maxPockets) {
        ends = new DeadlineHeap(INITIAL_GRACES, maxPockets);
    }

    boolean contains(final long pocket) {
        return ends.contains((int) pocket);
    }

    /** First instant after the grace; 0 for a pocket without. */
    long untilMs(final long pocket) {
        return contains(pocket) ? ends.deadlineMsOf((int) pocket) : 0;
    }

    /** The pocket whose grace ended first; of several at once the one opened first; 0 for none. */
    long firstEnded(final long nowMs) {
        return ends.peekDeadlineMs() <= nowMs ? ends.peekId() : 0;
    }

    void grant(final long pocket, final long untilMs) {
        if (contains(pocket)) {
            ends.update((int) pocket, untilMs);
        } else {
            ends.add((int) pocket, pocket, untilMs);
        }
    }

    void end(final long pocket) {
        ends.remove((int) pocket);
    }

    void visit(final StateFields fields) {
        ends.visit(fields, "graces.ends");
    }

    void rebuild() {
        ends.rebuild();
    }
}

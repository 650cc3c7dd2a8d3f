// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.recovery;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;

/**
 * A place that the history must go through, because somebody has seen it there (a snapshot holds the state behind it). A history that ends before it, or
 * has another chain hash there, is an older copy, or another one. One thread.
 */
final class PromisedPlace {
    private final Chain promised;
    private boolean open;
    private boolean broken;

    /** @param promised not to be changed; sequence 0 promises nothing */
    PromisedPlace(Chain promised) {
        this.promised = promised;
        open = promised.sequence() > 0;
    }

    /** True until the history came by. */
    boolean isOpen() {
        return open;
    }

    /** The history goes through here. Says nothing yet: damage of the journal is for others to judge. */
    void passing(Chain place) {
        if (open && place.sequence() == promised.sequence()) {
            open = false;
            broken = !place.equals(promised);
        }
    }

    /** The history ends here. */
    void requireKept(Chain end) {
        if (broken) {
            throw refusal("has another chain hash at that record: it is another history");
        }
        if (open) {
            throw refusal(
                    end.sequence() < promised.sequence()
                            ? "ends with record " + end.sequence() + ": an older copy of it was put back"
                            : "has no batch that ends with that record: it is another history");
        }
    }

    private JournalDamaged refusal(String what) {
        return new JournalDamaged(
                promised.sequence(),
                "a snapshot was taken at record " + promised.sequence() + ", but the journal with its commit log "
                        + what
                        + ". Put back the newest journal and commit log; only to accept the loss, move the snapshots folder away");
    }
}

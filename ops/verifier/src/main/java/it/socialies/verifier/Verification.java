// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier;

import it.socialies.verifier.checkpoint.CheckpointCheck;
import it.socialies.verifier.files.BatchReader;
import it.socialies.verifier.history.Batch;
import it.socialies.verifier.history.Chain;
import it.socialies.verifier.history.HistoryCheck;
import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.money.Books;
import org.jspecify.annotations.Nullable;

/** Everything that is asked of each batch: that it continues the history, that its records move money as they may, and what checkpoints say. One thread. */
final class Verification implements BatchReader {
    private final HistoryCheck history;
    private final @Nullable Books books;
    private final CheckpointCheck checkpoints;

    /** Money can be replayed from the first record on only: nobody knows what accounts had before. */
    Verification(Chain from, CheckpointCheck checkpoints) {
        this.checkpoints = checkpoints;
        Books fromTheFirst = from.sequence() == 0 ? new Books() : null;
        books = fromTheFirst;
        history = new HistoryCheck(from, fromTheFirst == null ? (entry, place) -> {} : fromTheFirst);
    }

    @Override
    public Chain onBatch(Batch batch) throws NotAsWritten {
        history.accept(batch);
        checkpoints.onChain(history.chain(), books == null ? null : books::totals);
        return history.chain();
    }

    @Override
    public Chain chain() {
        return history.chain();
    }

    @Override
    public long lastPosition() {
        return history.lastPosition();
    }

    @Override
    public long endPosition() {
        return history.endPosition();
    }

    HistoryCheck history() {
        return history;
    }

    /** Null when the money was not replayed. */
    @Nullable
    Books books() {
        return books;
    }
}

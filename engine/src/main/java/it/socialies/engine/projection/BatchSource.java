// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.reader.JournalTailer;

/** Where the projector finds durable, verified batches: the journal. One thread. */
public interface BatchSource extends AutoCloseable {
    /** Opens a source; called on the projector's thread at each (re)connection. */
    @FunctionalInterface
    interface Opener {
        BatchSource open();
    }

    /**
     * Stands behind a known sequence from now on.
     *
     * @throws it.socialies.engine.journal.batch.JournalDamaged when the journal does not hold it or has another chain hash there
     */
    void moveAfter(Chain known);

    /** Hands over the batches that are there, at most {@code batchLimit}; returns how many. Never waits. */
    int poll(BatchHandler handler, int batchLimit);

    /** The chain behind the last batch handed over. */
    Chain chain();

    @Override
    void close();

    /** The batches of the history in a data folder: archive, then journal. */
    static BatchSource ofJournal(final DataFolder folder) {
        final JournalTailer tailer = JournalTailer.open(folder);
        return new BatchSource() {
            @Override
            public void moveAfter(final Chain known) {
                tailer.moveAfter(known);
            }

            @Override
            public int poll(final BatchHandler handler, final int batchLimit) {
                return tailer.poll(handler, batchLimit);
            }

            @Override
            public Chain chain() {
                return tailer.chain();
            }

            @Override
            public void close() {
                tailer.close();
            }
        };
    }
}

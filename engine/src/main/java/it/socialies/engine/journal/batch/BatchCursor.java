// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

/** A place in a part of the history. Reads batches into the frame it was made with, unverified. One thread. */
public interface BatchCursor extends AutoCloseable {
    int NOTHING = -1;

    /**
     * Reads the batch behind the one last read.
     *
     * @return its length in bytes, or {@link #NOTHING}
     * @throws JournalFailure when the files cannot be read
     */
    int next();

    /**
     * Reads the batch that holds the sequence.
     *
     * @return its length in bytes, or {@link #NOTHING}; the place is then undefined
     */
    int find(long sequence);

    @Override
    void close();
}

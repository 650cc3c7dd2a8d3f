// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

import java.nio.file.Path;
import org.agrona.MutableDirectBuffer;

/** Reads single records from the journal by their sequence: old answers, audits. Read-only; one thread, off the core. */
@SuppressWarnings("DoNotCallSuggester")
public final class RecordReader implements AutoCloseable {
    public static RecordReader open(Path journalFolder) {
        throw new UnsupportedOperationException(journalFolder.toString());
    }

    /** Copies a record to the start of {@code dst}; returns its length, or 0 when the journal does not hold it (yet). */
    public int read(long sequence, MutableDirectBuffer dst) {
        throw new UnsupportedOperationException();
    }

    /** The chain hash of a sequence; false when no batch of the journal ends with it. Sequence 0 always has one. */
    public boolean chainAt(long sequence, Chain dst) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}

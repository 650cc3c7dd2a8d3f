// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

import org.agrona.DirectBuffer;

/** Appends durable batches to the journal and forces them. One thread: the journal agent's. */
@SuppressWarnings("DoNotCallSuggester")
public final class JournalQueue implements AutoCloseable {
    /** Appends one batch with records (header and body, no padding), which must follow the one before. Not yet on the disk. */
    public void append(DirectBuffer batch, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    /** Everything appended is on the disk when it returns. Throws {@link JournalFailure}: halt. */
    public void force() {
        throw new UnsupportedOperationException();
    }

    /** Last sequence appended. */
    public long lastSequence() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}

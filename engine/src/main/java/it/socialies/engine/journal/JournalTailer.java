// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

import java.nio.file.Path;

/** Follows the journal batch by batch, in the engine's process or another one, verifying as it goes. One thread. */
@SuppressWarnings("DoNotCallSuggester")
public final class JournalTailer implements AutoCloseable {
    /** Opens read-only, before the first batch. */
    public static JournalTailer open(Path journalFolder) {
        throw new UnsupportedOperationException(journalFolder.toString());
    }

    /** Moves behind a known sequence; the chain hash must be the journal's own, else {@link JournalDamaged}. */
    public void moveAfter(Chain known) {
        throw new UnsupportedOperationException();
    }

    /** Hands over the batches that are there, at most {@code batchLimit}; returns how many. Never waits. */
    public int poll(BatchHandler handler, int batchLimit) {
        throw new UnsupportedOperationException();
    }

    /** The chain behind the last batch handed over; do not change it. */
    public Chain chain() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

/**
 * The circular file that makes a batch durable: write, then fdatasync. {@link #append} and {@link #writeMark} belong to the log agent's
 * thread; {@link #releaseUpTo} to the journal agent's; the others to any thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class CommitLog implements AutoCloseable {
    /** Whether a batch of this length (header and body) can be written now without overwriting one that is not released. */
    public boolean hasRoomFor(int batchBytes) {
        throw new UnsupportedOperationException();
    }

    /** Bytes that can still be written before something must be released. */
    public long freeBytes() {
        throw new UnsupportedOperationException();
    }

    /** Where a batch of this length will lie: give it to {@link BatchBuilder#seal}. */
    public long positionFor(int batchBytes) {
        throw new UnsupportedOperationException();
    }

    /** Writes and synchronises a sealed batch; when it returns, the batch is durable. Throws {@link JournalFailure}: halt. */
    public void append(BatchBuilder batch) {
        throw new UnsupportedOperationException();
    }

    /** Writes a bare mark for what was appended. Returns false, and does nothing, when there is no room. */
    public boolean writeMark(boolean cleanStop) {
        throw new UnsupportedOperationException();
    }

    /** Everything before this position is in the journal and forced ({@link BatchView#endPosition} of the last forced batch). */
    public void releaseUpTo(long logPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}

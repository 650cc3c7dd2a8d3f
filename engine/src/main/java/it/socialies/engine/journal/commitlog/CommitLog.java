// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.commitlog;

import it.socialies.engine.journal.batch.BatchBuilder;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.Folders;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The circular file that makes a batch durable: write, then fdatasync. {@link #append} and {@link #writeMark} belong to the log agent's
 * thread; {@link #releaseUpTo} to the journal agent's; the others to any thread.
 *
 * <p>A batch that lies at a position is overwritten one capacity later, and only when it was released by then.
 */
public final class CommitLog implements AutoCloseable {
    private final LogFile file;
    private final long capacity;
    private final Chain chain;
    private final BatchBuilder mark = new BatchBuilder(BatchDescriptor.HEADER_LENGTH);
    private volatile long position;
    private volatile long releasedPosition;
    private boolean failed;

    /**
     * Continues a log whose batches the journal holds.
     *
     * @param position where the next batch may begin
     * @param chain the chain behind the last batch; copied
     */
    public CommitLog(LogFile file, long capacity, long position, Chain chain) {
        this.file = file;
        this.capacity = capacity;
        this.position = CommitLogFormat.firstPossible(position, capacity);
        this.chain = chain.copy();
        releasedPosition = position;
    }

    /** Creates the file, zero-filled and synchronised. It gets its name only when it is complete. */
    public static LogFile createFile(LogFiles files, Path path, long capacity) throws IOException {
        Path unfinished = path.resolveSibling(path.getFileName() + ".new");
        LogFile file = files.create(unfinished);
        CommitLogFormat.create(file, capacity);
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        Folders.forceParent(path);
        return file;
    }

    /** Where a batch of this length (header and body) will lie: give it to {@link BatchBuilder#seal}. */
    public long positionFor(int batchBytes) {
        return CommitLogFormat.place(position, BatchDescriptor.blocksLength(batchBytes), capacity);
    }

    /** Whether a batch of this length (header and body) can be written now without overwriting one that is not released. */
    public boolean hasRoomFor(int batchBytes) {
        long blocks = BatchDescriptor.blocksLength(batchBytes);
        return blocks <= capacity - CommitLogFormat.BLOCK
                && positionFor(batchBytes) + blocks - capacity <= releasedPosition;
    }

    /** Bytes that can still be written before something must be released. A batch may need more of them than it is long: it never wraps. */
    public long freeBytes() {
        return releasedPosition + capacity - position;
    }

    public long capacityBytes() {
        return capacity;
    }

    /** Where the next batch begins, unless it must go to the next lap. */
    public long position() {
        return position;
    }

    /** The chain behind the last batch; do not change it. Log agent's thread. */
    public Chain chain() {
        return chain;
    }

    /**
     * Writes and synchronises a sealed batch; when it returns, the batch is durable.
     *
     * @throws JournalFailure when the write or the sync failed, or the batch does not belong here: halt. The log takes nothing any more
     */
    public void append(BatchBuilder batch) {
        int length = batch.batchLength();
        if (failed
                || !batch.isSealed()
                || !batch.previousChain().equals(chain)
                || BatchView.logPosition(batch.buffer(), 0) != positionFor(length)
                || !hasRoomFor(length)) {
            failed = true;
            throw new JournalFailure(
                    "the batch of record " + batch.firstSequence() + " does not belong at log position " + position);
        }
        try {
            file.write(batch.blocks(), BatchView.logPosition(batch.buffer(), 0) % capacity);
            file.sync();
        } catch (IOException e) {
            failed = true;
            throw new JournalFailure("the commit log could not be written at log position " + position, e);
        }
        chain.copyFrom(batch.chain());
        position = batch.endPosition();
    }

    /** Writes a bare mark for what was appended. Returns false, and does nothing, when there is no room. */
    public boolean writeMark(boolean cleanStop) {
        if (!hasRoomFor(BatchDescriptor.HEADER_LENGTH)) {
            return false;
        }
        mark.reset(chain);
        int flags = cleanStop ? BatchDescriptor.CLEAN_STOP_FLAG : 0;
        mark.seal(chain.sequence(), positionFor(BatchDescriptor.HEADER_LENGTH), flags);
        append(mark);
        return true;
    }

    /**
     * Allows everything before this position to be overwritten: it is in the journal and forced.
     *
     * @param logPosition {@link BatchView#endPosition} of the last forced batch
     */
    public void releaseUpTo(long logPosition) {
        if (logPosition < releasedPosition || logPosition > position) {
            throw new JournalFailure(
                    "cannot release up to " + logPosition + ", outside " + releasedPosition + " to " + position);
        }
        releasedPosition = logPosition;
    }

    /** Closes the file. Writes nothing: for a clean stop call {@link #writeMark} first. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.queue;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.Hasher;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.Folders;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Appends durable batches to the journal and forces them. One thread: the journal agent's.
 *
 * <p>Files roll by the day of the record stamps, not by a clock, so a replayed journal has the same files. Chronicle's own sync is not
 * used: it covers only the mapped chunk and passes over failures; here the whole file is forced, and any failure is thrown.
 */
public final class JournalQueue implements AutoCloseable {
    private static final int STAMP_OFFSET = BatchDescriptor.HEADER_LENGTH + RecordDescriptor.TIMESTAMP_OFFSET;

    private final Path folder;
    private final SingleChronicleQueue queue;
    private final ExcerptAppender appender;
    private final BatchFrame frame = new BatchFrame(BatchDescriptor.MAX_BATCH_LENGTH);
    private final PointerBytesStore document = new PointerBytesStore();
    private final Hasher hasher = new Hasher();
    private final byte[] root = new byte[BatchDescriptor.HASH_LENGTH];
    private final Chain chain;
    private long stampMs;
    private int cycle = -1;
    private @Nullable FileChannel currentFile;
    private boolean newFile;

    /**
     * Opens for appending behind {@code end}, the chain behind the last batch that a tailer could read.
     *
     * @param folder {@link DataFolder#journal()}, of a data folder this process has locked
     * @throws JournalFailure when Chronicle cannot open its own files
     */
    public JournalQueue(Path folder, Chain end) {
        this.folder = folder;
        chain = end.copy();
        try {
            queue = ChronicleQueues.openForAppend(folder, () -> stampMs);
            if (queue.firstCycle() != Integer.MAX_VALUE) {
                stampMs = (long) queue.lastCycle() * ChronicleQueues.ROLL_CYCLE.lengthInMillis();
            }
            appender = queue.createAppender();
        } catch (RuntimeException | InternalError e) {
            throw new JournalFailure(
                    "the journal below " + folder + " cannot be opened behind record " + end.sequence()
                            + ": Chronicle does not understand its own files",
                    e);
        }
    }

    /**
     * Appends one batch with records (header and body, no padding), which must follow the one before. Not yet on the disk.
     *
     * @throws JournalFailure when it does not follow, or cannot be written: halt
     */
    public void append(DirectBuffer batch, int offset, int length) {
        long first = BatchView.firstSequence(batch, offset);
        int count = BatchView.count(batch, offset);
        if (first != chain.sequence() + 1
                || count < 1
                || BatchView.length(batch, offset) != length
                || !chain.hashEquals(batch, offset + BatchDescriptor.PREVIOUS_CHAIN_OFFSET)) {
            throw new JournalFailure(
                    "the batch of record " + first + " does not follow record " + chain.sequence() + " in the journal");
        }
        stampMs = Math.max(stampMs, batch.getLong(offset + STAMP_OFFSET, LITTLE_ENDIAN));
        frame.buffer().putBytes(0, batch, offset, length);
        document.set(frame.buffer().addressOffset(), length);
        try {
            appender.writeBytes(document);
            if (appender.cycle() != cycle) {
                rolled();
            }
        } catch (IOException | RuntimeException | InternalError e) {
            throw new JournalFailure("the journal could not be appended at record " + first, e);
        }
        batch.getBytes(offset + BatchDescriptor.MERKLE_ROOT_OFFSET, root);
        hasher.link(chain, root, first, count);
    }

    /** The file that was left is forced at once; the new one, its name and the queue's metadata with the next {@link #force}. */
    private void rolled() throws IOException {
        if (currentFile != null) {
            currentFile.force(false);
            currentFile.close();
        }
        File file = appender.currentFile();
        if (file == null) {
            throw new IOException("the queue does not say which file it writes to");
        }
        currentFile = FileChannel.open(folder.resolve(file.getName()), StandardOpenOption.WRITE);
        cycle = appender.cycle();
        newFile = true;
    }

    /**
     * Everything appended is on the disk when it returns.
     *
     * @throws JournalFailure halt: what is on the disk is not known any more
     */
    public void force() {
        FileChannel file = currentFile;
        if (file == null) {
            return;
        }
        try {
            file.force(false);
            if (newFile) {
                try (FileChannel metadata = FileChannel.open(
                        folder.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE), StandardOpenOption.WRITE)) {
                    metadata.force(false);
                }
                Folders.force(folder);
                newFile = false;
            }
        } catch (IOException e) {
            throw new JournalFailure("the journal could not be forced at record " + chain.sequence(), e);
        }
    }

    /** Last sequence appended. */
    public long lastSequence() {
        return chain.sequence();
    }

    /** The chain behind the last batch appended; do not change it. */
    public Chain chain() {
        return chain;
    }

    /** Closes without forcing. */
    @Override
    public void close() throws IOException {
        appender.close();
        queue.close();
        if (currentFile != null) {
            currentFile.close();
        }
    }
}

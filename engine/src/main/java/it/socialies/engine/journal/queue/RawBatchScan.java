// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.queue;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.files.ChannelLogFile;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Finds batches in a file of the journal by their bytes alone, without Chronicle: what the evidence is where the queue cannot be read any
 * more, and at which byte it lies. Reads only. One thread.
 */
public final class RawBatchScan implements AutoCloseable {
    /** Chronicle begins every document on a multiple of this. */
    private static final int ALIGNMENT = 4;

    private static final int CHUNK_LENGTH = 1024 * 1024;

    private final LogFile file;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_LENGTH).order(LITTLE_ENDIAN);
    private final BatchFrame frame = new BatchFrame(BatchDescriptor.MAX_BATCH_LENGTH);
    private long chunkOffset;
    private int chunkLength;
    private long next;
    private long offset = -1;
    private boolean intact;

    private RawBatchScan(LogFile file, long from) {
        this.file = file;
        next = from;
    }

    public static RawBatchScan open(Path path) throws IOException {
        return open(path, 0);
    }

    /** Begins at a place where a batch is known to begin, to save the way there. */
    public static RawBatchScan open(Path path, long from) throws IOException {
        return new RawBatchScan(ChannelLogFile.openToRead(path), from);
    }

    /** Goes to the next place where a batch begins or seems to; false at the end of the file. */
    public boolean next() throws IOException {
        while (isInChunk() || fill()) {
            long found = search();
            if (found >= 0) {
                read(found);
                return true;
            }
        }
        return false;
    }

    private boolean isInChunk() {
        return next >= chunkOffset && next + Long.BYTES <= chunkOffset + chunkLength;
    }

    private long search() {
        for (int i = (int) (next - chunkOffset); i + Long.BYTES <= chunkLength; i += ALIGNMENT) {
            if (chunk.getLong(i) == BatchDescriptor.MAGIC) {
                return chunkOffset + i;
            }
        }
        next = chunkOffset + ((chunkLength - Long.BYTES) / ALIGNMENT + 1L) * ALIGNMENT;
        return -1;
    }

    private boolean fill() throws IOException {
        chunkOffset = next;
        chunkLength = file.read(chunk.clear(), next);
        return chunkLength >= Long.BYTES;
    }

    private void read(long found) throws IOException {
        offset = found;
        readFully(BatchDescriptor.HEADER_LENGTH);
        intact = frame.hasIntactHeader();
        if (intact) {
            readFully(length());
        }
        next = found + (intact ? (length() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT);
    }

    /** What lies behind the end of a cut file counts as zeros. */
    private void readFully(int length) throws IOException {
        int read = file.read(frame.bytes(length), offset);
        frame.buffer().setMemory(read, length - read, (byte) 0);
    }

    /** Where in the file it begins, in bytes. */
    public long offset() {
        return offset;
    }

    /** Whether its header is good; only then the frame holds all of it. */
    public boolean hasIntactHeader() {
        return intact;
    }

    public BatchFrame frame() {
        return frame;
    }

    /** Its length as its header says. */
    public int length() {
        return BatchView.length(frame.buffer(), 0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

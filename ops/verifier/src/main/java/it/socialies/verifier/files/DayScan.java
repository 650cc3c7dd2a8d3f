// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.files;

import it.socialies.verifier.bytes.LittleEndian;
import it.socialies.verifier.history.Batch;
import it.socialies.verifier.history.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the batches in one file of the journal, from header to header: they begin with their magic on multiples of four. What Chronicle Queue keeps between them bears
 * no checksum and is no evidence, so it is passed over. One thread.
 */
final class DayScan implements Closeable {
    private static final int ALIGNMENT = 4;
    private static final int CHUNK_LENGTH = 1024 * 1024;

    private final Path path;
    private final String name;
    private final FileChannel file;
    private final byte[] chunk = new byte[CHUNK_LENGTH];
    private long chunkOffset;
    private int chunkLength;
    private long next;

    DayScan(Path path, String name) throws IOException {
        this.path = path;
        this.name = name;
        file = FileChannel.open(path);
    }

    Path path() {
        return path;
    }

    /** The next batch, or what begins like one; null at the end of the file. */
    @Nullable
    Batch next() throws IOException {
        while (isInChunk() || fill()) {
            long found = search();
            if (found >= 0) {
                return read(found);
            }
        }
        return null;
    }

    /** Goes back to a place, to read it again. */
    void backTo(long offset) {
        next = offset;
        chunkLength = 0;
    }

    private boolean isInChunk() {
        return next >= chunkOffset && next + Long.BYTES <= chunkOffset + chunkLength;
    }

    private boolean fill() throws IOException {
        chunkOffset = next;
        chunkLength = Bytes.read(file, next, chunk, CHUNK_LENGTH);
        return chunkLength >= Long.BYTES;
    }

    private long search() {
        for (int i = (int) (next - chunkOffset); i + Long.BYTES <= chunkLength; i += ALIGNMENT) {
            if (LittleEndian.i64(chunk, i) == Batch.MAGIC) {
                return chunkOffset + i;
            }
        }
        next = chunkOffset + ((chunkLength - Long.BYTES) / ALIGNMENT + 1L) * ALIGNMENT;
        return -1;
    }

    private Batch read(long found) throws IOException {
        Batch header = new Batch(Bytes.read(file, found, Batch.HEADER_LENGTH), new Place(name, found));
        if (!header.hasIntactHeader()) {
            next = found + ALIGNMENT;
            return header;
        }
        int length = header.length();
        next = found + (length + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
        return new Batch(Bytes.read(file, found, length), header.place());
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

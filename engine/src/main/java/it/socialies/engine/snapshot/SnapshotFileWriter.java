// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import static java.nio.charset.StandardCharsets.US_ASCII;

import it.socialies.engine.core.collections.StateWriter;
import it.socialies.engine.journal.files.LogFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Writes a snapshot file: a block at a time in memory, forced every few MiB, so that it never floods the disk that payments wait for. Only after
 * {@link #finish} is the file whole and durable.
 *
 * <p>Threading: one thread. A failed write throws {@link UncheckedIOException}; the file is then of no use.
 */
public final class SnapshotFileWriter implements StateWriter, AutoCloseable {
    private static final long FORCE_INTERVAL_BYTES = 16L << 20;

    private final LogFile file;
    private final MessageDigest digest = SnapshotFormat.newDigest();
    private final ByteBuffer block = SnapshotFormat.newBlock();
    private long blocks;
    private long position;
    private long forcedPosition;

    /** Begins a file with its header; the writer closes it. */
    public SnapshotFileWriter(LogFile file, SnapshotHeader header) {
        this.file = file;
        ByteBuffer bytes = SnapshotFormat.encode(header);
        write(bytes);
        block.position(SnapshotFormat.BLOCK_HEADER_LENGTH);
    }

    @Override
    public void putLong(String name, long value) {
        beginField(SnapshotFormat.NUMBER, name);
        block.putLong(value);
    }

    @Override
    public void putLongs(String name, long[] values, int length) {
        beginArray(SnapshotFormat.LONGS, name, length);
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, roomFor(Long.BYTES));
            block.asLongBuffer().put(values, done, count);
            block.position(block.position() + count * Long.BYTES);
            done += count;
        }
    }

    @Override
    public void putInts(String name, int[] values, int length) {
        beginArray(SnapshotFormat.INTS, name, length);
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, roomFor(Integer.BYTES));
            block.asIntBuffer().put(values, done, count);
            block.position(block.position() + count * Integer.BYTES);
            done += count;
        }
    }

    @Override
    public void putBytes(String name, byte[] values, int length) {
        beginArray(SnapshotFormat.BYTES, name, length);
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, roomFor(1));
            block.put(values, done, count);
            done += count;
        }
    }

    /** Ends the file and forces it; returns its size in bytes. */
    public long finish() throws IOException {
        if (payloadLength() > 0) {
            flushBlock();
        }
        flushBlock(); // an empty block ends the body
        write(ByteBuffer.wrap(digest.digest()));
        file.sync();
        return position;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void beginArray(byte kind, String name, int length) {
        beginField(kind, name);
        block.putInt(length);
    }

    private void beginField(byte kind, String name) {
        byte[] text = name.getBytes(US_ASCII);
        if (text.length == 0 || text.length > SnapshotFormat.MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("a field's name has 1 to 100 letters: " + name);
        }
        if (block.remaining() < SnapshotFormat.MAX_FIELD_HEADER_LENGTH) {
            flushBlock();
        }
        block.put(kind).put((byte) text.length).put(text);
    }

    /** How many elements still fit into the block, at least one: begins the next block when none do. No element is cut by a block's end. */
    private int roomFor(int elementBytes) {
        if (block.remaining() < elementBytes) {
            flushBlock();
        }
        return block.remaining() / elementBytes;
    }

    private int payloadLength() {
        return block.position() - SnapshotFormat.BLOCK_HEADER_LENGTH;
    }

    private void flushBlock() {
        block.putInt(SnapshotFormat.BLOCK_LENGTH_OFFSET, payloadLength());
        block.putLong(SnapshotFormat.BLOCK_NUMBER_OFFSET, blocks++);
        block.putInt(
                SnapshotFormat.BLOCK_CRC_OFFSET,
                SnapshotFormat.crcOf(block, SnapshotFormat.BLOCK_LENGTH_OFFSET, block.position()));
        write(block.flip());
        block.clear().position(SnapshotFormat.BLOCK_HEADER_LENGTH);
    }

    private void write(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
        try {
            position += file.write(bytes, position);
            if (position - forcedPosition >= FORCE_INTERVAL_BYTES) {
                file.sync();
                forcedPosition = position;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the snapshot cannot be written", e);
        }
    }
}

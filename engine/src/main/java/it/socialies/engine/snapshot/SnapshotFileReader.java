// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.US_ASCII;

import it.socialies.engine.core.collections.StateReader;
import it.socialies.engine.journal.files.LogFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Reads a snapshot file, a block at a time in memory. No byte is handed out before the CRC of its block was good; {@link #finish} proves that the
 * file is whole. Whatever is wrong throws {@link SnapshotUnusable}, and what was restored until then must be thrown away.
 *
 * <p>Threading: one thread.
 */
public final class SnapshotFileReader implements StateReader, AutoCloseable {
    private static final byte NO_FIELD = 0;

    private final LogFile file;
    private final MessageDigest digest = SnapshotFormat.newDigest();
    private final ByteBuffer block = SnapshotFormat.newBlock();
    private final SnapshotHeader header;
    private final boolean isOlder;
    private long blocks;
    private long position;
    private boolean ended;
    private byte kind = NO_FIELD;
    private String name = "";
    private int count;

    /** Reads the header; the reader closes the file. */
    public SnapshotFileReader(LogFile file) {
        this.file = file;
        ByteBuffer bytes = ByteBuffer.allocate(SnapshotFormat.HEADER_LENGTH).order(LITTLE_ENDIAN);
        read(bytes);
        header = SnapshotFormat.decode(bytes);
        isOlder = SnapshotFormat.isOlder(bytes);
        digest.update(bytes.array());
        block.limit(0);
    }

    /** What the snapshot says of itself. */
    public SnapshotHeader header() {
        return header;
    }

    @Override
    public boolean lacks(String wanted) {
        return isOlder && !has(wanted);
    }

    @Override
    public long getLong(String wanted) {
        take(SnapshotFormat.NUMBER, wanted);
        return block.getLong();
    }

    @Override
    public int length(String wanted) {
        if (!has(wanted) || kind == SnapshotFormat.NUMBER) {
            throw mismatch("the array " + wanted);
        }
        return count;
    }

    @Override
    public void getLongs(String wanted, long[] into) {
        int length = takeArray(SnapshotFormat.LONGS, wanted, into.length);
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, available(Long.BYTES));
            block.asLongBuffer().get(into, done, part);
            block.position(block.position() + part * Long.BYTES);
            done += part;
        }
    }

    @Override
    public void getInts(String wanted, int[] into) {
        int length = takeArray(SnapshotFormat.INTS, wanted, into.length);
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, available(Integer.BYTES));
            block.asIntBuffer().get(into, done, part);
            block.position(block.position() + part * Integer.BYTES);
            done += part;
        }
    }

    @Override
    public void getBytes(String wanted, byte[] into) {
        int length = takeArray(SnapshotFormat.BYTES, wanted, into.length);
        for (int done = 0; done < length; ) {
            int part = Math.min(length - done, available(1));
            block.get(into, done, part);
            done += part;
        }
    }

    /** Proves that every field was asked for, that nothing is missing or altered, and that the file ends here. */
    public void finish() {
        peek();
        if (kind != NO_FIELD) {
            throw mismatch("the end");
        }
        byte[] expected = digest.digest();
        ByteBuffer written = ByteBuffer.allocate(SnapshotFormat.DIGEST_LENGTH);
        read(written);
        if (!MessageDigest.isEqual(expected, written.array())) {
            throw new SnapshotUnusable("its digest is not that of its bytes");
        }
        try {
            if (file.size() != position) {
                throw new SnapshotUnusable("it has bytes behind its end");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private boolean has(String wanted) {
        peek();
        return kind != NO_FIELD && name.equals(wanted);
    }

    private void take(byte wantedKind, String wanted) {
        if (!has(wanted) || kind != wantedKind) {
            throw mismatch(wanted);
        }
        kind = NO_FIELD;
    }

    private int takeArray(byte wantedKind, String wanted, int room) {
        take(wantedKind, wanted);
        if (count > room) {
            throw new SnapshotUnusable(wanted + " has " + count + " elements, there is room for " + room);
        }
        return count;
    }

    /** Reads the kind, name and count of the next field, unless that was done; leaves {@link #NO_FIELD} at the end of the body. */
    private void peek() {
        if (kind != NO_FIELD || ended) {
            return;
        }
        if (!block.hasRemaining()) {
            nextBlock();
            if (ended) {
                return;
            }
        }
        try {
            kind = block.get();
            byte[] text = new byte[block.get()];
            block.get(text);
            name = new String(text, US_ASCII);
            count = kind == SnapshotFormat.NUMBER ? 1 : block.getInt();
        } catch (RuntimeException e) {
            throw new SnapshotUnusable("a field in block " + (blocks - 1) + " cannot be read", e);
        }
        if (kind < SnapshotFormat.NUMBER || kind > SnapshotFormat.BYTES || count < 0) {
            throw new SnapshotUnusable("a field in block " + (blocks - 1) + " is of no known kind");
        }
    }

    private int available(int elementBytes) {
        if (!block.hasRemaining()) {
            nextBlock();
        }
        int elements = block.remaining() / elementBytes;
        if (elements == 0) {
            throw new SnapshotUnusable("an array is cut in block " + (blocks - 1));
        }
        return elements;
    }

    private void nextBlock() {
        read(block.clear().limit(SnapshotFormat.BLOCK_HEADER_LENGTH));
        int length = block.getInt(SnapshotFormat.BLOCK_LENGTH_OFFSET);
        if (length < 0 || length > SnapshotFormat.MAX_PAYLOAD_LENGTH) {
            throw damagedBlock();
        }
        int end = SnapshotFormat.BLOCK_HEADER_LENGTH + length;
        read(block.limit(end));
        if (block.getLong(SnapshotFormat.BLOCK_NUMBER_OFFSET) != blocks
                || block.getInt(SnapshotFormat.BLOCK_CRC_OFFSET)
                        != SnapshotFormat.crcOf(block, SnapshotFormat.BLOCK_LENGTH_OFFSET, end)) {
            throw damagedBlock();
        }
        digest.update(block.rewind());
        block.position(SnapshotFormat.BLOCK_HEADER_LENGTH);
        blocks++;
        ended = length == 0;
    }

    private SnapshotUnusable damagedBlock() {
        return new SnapshotUnusable("block " + blocks + " at byte " + (position - block.position()) + " is damaged");
    }

    private void read(ByteBuffer into) {
        int wanted = into.remaining();
        try {
            int length = file.read(into, position);
            position += length;
            if (length < wanted) {
                throw new SnapshotUnusable("it is cut short at byte " + position);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static UncheckedIOException unreadable(IOException cause) {
        return new UncheckedIOException("the snapshot cannot be read", cause);
    }

    private SnapshotUnusable mismatch(String wanted) {
        return new SnapshotUnusable(
                "it has " + (kind == NO_FIELD ? "no field more" : name) + " where " + wanted + " is looked for");
    }
}

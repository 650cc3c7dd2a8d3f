// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.files;

import it.socialies.verifier.bytes.Crc;
import it.socialies.verifier.bytes.LittleEndian;
import it.socialies.verifier.history.Batch;
import it.socialies.verifier.history.Place;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The commit log as one pass over its blocks found it: where intact headers lie, and how far they say the log went. One thread. */
final class CommitLog implements Closeable {
    static final String FILE = "commit-log/log.dat";

    private static final long MAGIC = 0x474F_4C43_2D53_4549L; // "IES-CLOG"
    private static final int BLOCK = Batch.BLOCK;
    private static final int CHUNK_LENGTH = 256 * BLOCK;

    private final FileChannel file;
    private final long capacity;
    private final NavigableMap<Long, Batch> headers = new TreeMap<>();
    private long highestMark;

    private CommitLog(FileChannel file, long capacity) {
        this.file = file;
        this.capacity = capacity;
    }

    /** Reads it; null when its own header or its size is not what was written. */
    static @Nullable CommitLog open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            byte[] head = Bytes.read(file, 0, BLOCK);
            long capacity = LittleEndian.i64(head, 16);
            boolean isLog = LittleEndian.i64(head, 0) == MAGIC
                    && LittleEndian.i32(head, 8) == Crc.of(head, 12, 32)
                    && LittleEndian.i32(head, 12) == 1
                    && capacity == file.size()
                    && capacity % BLOCK == 0;
            if (!isLog) {
                file.close();
                return null;
            }
            CommitLog log = new CommitLog(file, capacity);
            log.scan();
            return log;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private void scan() throws IOException {
        byte[] chunk = new byte[CHUNK_LENGTH];
        for (long at = 0; at < capacity; at += CHUNK_LENGTH) {
            int length = Bytes.read(file, at, chunk, CHUNK_LENGTH);
            for (int i = 0; i + BLOCK <= length; i += BLOCK) {
                if (LittleEndian.i64(chunk, i) == Batch.MAGIC) {
                    byte[] header = new byte[Batch.HEADER_LENGTH];
                    System.arraycopy(chunk, i, header, 0, header.length);
                    add(new Batch(header, new Place(FILE, at + i)));
                }
            }
        }
    }

    private void add(Batch header) {
        long position = header.logPosition();
        if (header.hasIntactHeader()
                && position >= 0
                && position % capacity == header.place().offset()) {
            headers.put(position, header);
            highestMark = Math.max(highestMark, header.mark());
        }
    }

    /** Intact headers by their position. */
    NavigableMap<Long, Batch> headers() {
        return headers;
    }

    /** Position of the newest intact header; -1 when there is none. */
    long highestPosition() {
        return headers.isEmpty() ? -1 : headers.lastKey();
    }

    /** The highest sequence that any intact header calls durable. */
    long highestMark() {
        return highestMark;
    }

    /** Whether somebody wrote in between. */
    boolean isSameAs(CommitLog other) {
        return highestPosition() == other.highestPosition() && highestMark == other.highestMark;
    }

    /** Where the batch behind a position begins, if there is one: there, or in the next lap when it did not fit. */
    long candidate(long position) {
        long here = position % capacity == 0 ? position + BLOCK : position;
        long wrapped = (here / capacity + 1) * capacity + BLOCK;
        Batch next = headers.get(wrapped);
        boolean didNotFit = next != null && capacity - here % capacity < next.endPosition() - next.logPosition();
        return !headers.containsKey(here) && didNotFit ? wrapped : here;
    }

    /** Reads the batch whose header lies at a position. */
    Batch read(long position) throws IOException {
        long offset = position % capacity;
        Batch header = new Batch(Bytes.read(file, offset, Batch.HEADER_LENGTH), place(position));
        return header.hasIntactHeader() ? new Batch(Bytes.read(file, offset, header.length()), header.place()) : header;
    }

    Place place(long position) {
        return new Place(FILE, position % capacity);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The content of a file in sectors; a sector that is not there holds zeros. One thread. */
final class Pages {
    /** What a disk writes whole or not at all, in bytes. */
    static final int SECTOR = 512;

    private static final int CHUNK_SECTORS = 512;

    /** So many bytes of zeros behind the last known data of a mapped file are taken for its end: Chronicle fills its files from the front. */
    private static final long ZEROS_MAX = 1L << 20;

    private static final byte[] ZERO_SECTOR = new byte[SECTOR];
    private static final byte[] ZERO_CHUNK = new byte[CHUNK_SECTORS * SECTOR];

    private final TreeMap<Long, byte[]> sectors = new TreeMap<>();
    private long size;

    /** Sees a sector of a real file. */
    interface SectorVisitor {
        void visit(long sector, byte[] content);
    }

    long size() {
        return size;
    }

    void size(long newSize) {
        if (newSize < size) {
            long end = Math.ceilDiv(newSize, SECTOR);
            sectors.tailMap(end, true).clear();
            byte[] last = newSize % SECTOR == 0 ? null : sectors.get(end - 1);
            if (last != null) {
                Arrays.fill(last, (int) (newSize % SECTOR), SECTOR, (byte) 0);
            }
        }
        size = newSize;
    }

    byte @Nullable [] sector(long sector) {
        return sectors.get(sector);
    }

    boolean holds(long sector, byte[] content) {
        byte[] known = sectors.get(sector);
        return known == null ? isZero(content) : Arrays.equals(known, content);
    }

    void put(long sector, byte[] content) {
        if (isZero(content)) {
            sectors.remove(sector);
        } else {
            sectors.put(sector, content.clone());
        }
    }

    Pages copy() {
        Pages copy = new Pages();
        sectors.forEach((sector, content) -> copy.sectors.put(sector, content.clone()));
        copy.size = size;
        return copy;
    }

    /** Numbers of the sectors that hold data, ascending. */
    long[] numbers() {
        return sectors.keySet().stream().mapToLong(Long::longValue).toArray();
    }

    private long dataEnd() {
        return sectors.isEmpty() ? 0 : (sectors.lastKey() + 1) * SECTOR;
    }

    /** Writes a new real file. */
    void writeTo(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer run = ByteBuffer.allocate(CHUNK_SECTORS * SECTOR);
            long next = -1;
            for (var entry : sectors.entrySet()) {
                if (entry.getKey() != next || !run.hasRemaining()) {
                    flush(channel, run, next);
                }
                run.put(entry.getValue());
                next = entry.getKey() + 1;
            }
            flush(channel, run, next);
            if (channel.size() > size) {
                channel.truncate(size);
            } else if (channel.size() < size) {
                channel.write(ByteBuffer.allocate(1), size - 1);
            }
        }
    }

    private static void flush(FileChannel channel, ByteBuffer run, long end) throws IOException {
        run.flip();
        if (run.hasRemaining()) {
            channel.write(run, end * SECTOR - run.remaining());
        }
        run.clear();
    }

    /** What a real file holds now. */
    static Pages read(Path file) throws IOException {
        Pages pages = new Pages();
        pages.scan(file, Long.MAX_VALUE, pages::put);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            pages.size(channel.size());
        }
        return pages;
    }

    /** Visits the sectors of a real file that is filled from the front, wherever there is data in it or in these pages. */
    void scanBeside(Path file, SectorVisitor visitor) throws IOException {
        scan(file, ZEROS_MAX, visitor);
    }

    private void scan(Path file, long zerosMax, SectorVisitor visitor) throws IOException {
        byte[] content = new byte[SECTOR];
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_SECTORS * SECTOR);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long end = channel.size();
            long zerosFrom = dataEnd();
            for (long at = 0; at < end && at - zerosFrom < zerosMax; at += chunk.capacity()) {
                readFully(channel, chunk.clear(), at);
                if (isZero(chunk)) {
                    visitHeld(at / SECTOR, visitor);
                    continue;
                }
                for (int i = 0; i < chunk.limit(); i += SECTOR) {
                    Arrays.fill(content, (byte) 0);
                    chunk.get(i, content, 0, Math.min(SECTOR, chunk.limit() - i));
                    if (!isZero(content)) {
                        zerosFrom = Math.max(zerosFrom, at + i + SECTOR);
                    }
                    visitor.visit((at + i) / SECTOR, content);
                }
            }
        }
    }

    /** A chunk of zeros differs from these pages only where they hold data. */
    private void visitHeld(long firstSector, SectorVisitor visitor) {
        for (long sector : List.copyOf(
                sectors.subMap(firstSector, firstSector + CHUNK_SECTORS).keySet())) {
            visitor.visit(sector, new byte[SECTOR]);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer dst, long at) throws IOException {
        int done = 0;
        while (dst.hasRemaining()) {
            int read = channel.read(dst, at + done);
            if (read < 0) {
                break;
            }
            done += read;
        }
        dst.flip();
    }

    private static boolean isZero(ByteBuffer chunk) {
        return chunk.mismatch(ByteBuffer.wrap(ZERO_CHUNK, 0, chunk.limit())) < 0;
    }

    static boolean isZero(byte[] content) {
        return Arrays.mismatch(content, ZERO_SECTOR) < 0;
    }
}

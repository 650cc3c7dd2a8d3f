// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.commitlog;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The geometry of the commit log and its file header block; the table is in {@code ops/docs/format.md}. Stateless. */
public final class CommitLogFormat {
    public static final int BLOCK = BatchDescriptor.BLOCK_LENGTH;

    private static final long MAGIC = 0x474F_4C43_2D53_4549L; // "IES-CLOG" in file order
    private static final int VERSION = 1;
    private static final int HEADER_LENGTH = 32;
    private static final int CRC_OFFSET = 8;
    private static final int VERSION_OFFSET = 12;
    private static final int CAPACITY_OFFSET = 16;
    private static final int ZEROS_LENGTH = 1024 * 1024;

    private CommitLogFormat() {}

    /** Fills a new file: zeros, then its header block, then one sync. */
    static void create(LogFile file, long capacity) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS_LENGTH);
        for (long at = 0; at < capacity; at += ZEROS_LENGTH) {
            file.write(zeros.clear().limit((int) Math.min(ZEROS_LENGTH, capacity - at)), at);
        }
        ByteBuffer header = ByteBuffer.allocateDirect(BLOCK).order(LITTLE_ENDIAN);
        header.putLong(0, MAGIC).putInt(VERSION_OFFSET, VERSION).putLong(CAPACITY_OFFSET, capacity);
        header.putInt(CRC_OFFSET, crc(header));
        file.write(header.clear(), 0);
        file.sync();
    }

    /** The capacity an existing file was created with, or -1 when its header block is damaged or its size is another. */
    public static long readCapacity(LogFile file) throws IOException {
        ByteBuffer header = ByteBuffer.allocateDirect(BLOCK).order(LITTLE_ENDIAN);
        if (file.read(header, 0) != BLOCK
                || header.getLong(0) != MAGIC
                || header.getInt(VERSION_OFFSET) != VERSION
                || header.getInt(CRC_OFFSET) != crc(header)) {
            return -1;
        }
        long capacity = header.getLong(CAPACITY_OFFSET);
        return capacity == file.size() && capacity % BLOCK == 0 && capacity > 2 * BLOCK ? capacity : -1;
    }

    private static int crc(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().clear().position(VERSION_OFFSET).limit(HEADER_LENGTH));
        return (int) crc.getValue();
    }

    /** The first position at or behind {@code position} where a batch may begin. */
    public static long firstPossible(long position, long capacity) {
        return position % capacity == 0 ? position + BLOCK : position;
    }

    /** The position of the first batch of the next lap. */
    public static long nextLap(long position, long capacity) {
        return (position / capacity + 1) * capacity + BLOCK;
    }

    /** Where a batch of so many whole blocks goes when everything before {@code position} is taken: it never wraps. */
    public static long place(long position, long blocksLength, long capacity) {
        if (position % capacity == 0) {
            return position + BLOCK;
        }
        return capacity - position % capacity >= blocksLength ? position : nextLap(position, capacity);
    }
}

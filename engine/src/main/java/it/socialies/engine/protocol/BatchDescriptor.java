// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.protocol;

/** Layout of a batch header; the table is in {@code ops/docs/format.md}. All fields little-endian. */
public final class BatchDescriptor {
    public static final int MAGIC_OFFSET = 0;
    public static final int HEADER_CRC_OFFSET = 8;
    public static final int FORMAT_VERSION_OFFSET = 12;
    public static final int FLAGS_OFFSET = 14;
    public static final int LOG_POSITION_OFFSET = 16;
    public static final int FIRST_SEQUENCE_OFFSET = 24;
    public static final int COUNT_OFFSET = 32;
    public static final int BODY_LENGTH_OFFSET = 36;
    public static final int MARK_OFFSET = 40;
    public static final int BODY_CRC_OFFSET = 48;
    public static final int PREVIOUS_CHAIN_OFFSET = 64;
    public static final int MERKLE_ROOT_OFFSET = 96;
    public static final int HEADER_LENGTH = 128;

    /** The header CRC covers the header from here. */
    public static final int HEADER_CRC_FROM = FORMAT_VERSION_OFFSET;

    /** The ASCII bytes {@code IESBATCH} in file order. */
    public static final long MAGIC = 0x4843_5441_4253_4549L;

    public static final int FORMAT_VERSION = 1;

    /** Flag: the engine stopped cleanly behind this batch. */
    public static final int CLEAN_STOP_FLAG = 1;

    public static final int HASH_LENGTH = 32;

    /** Batches start on multiples of this in the commit log, so that a torn write never touches an older batch. */
    public static final int BLOCK_LENGTH = 4096;

    /** No batch is longer, header included, unless a smaller bound is configured. */
    public static final int MAX_BATCH_LENGTH = 1024 * 1024;

    private BatchDescriptor() {}

    /** Bytes that a batch of this length takes in the commit log. */
    public static long blocksLength(long batchLength) {
        return (batchLength + BLOCK_LENGTH - 1) & -BLOCK_LENGTH;
    }

    /** Bytes that a record of this length takes in a batch. */
    public static int alignedLength(int recordLength) {
        return (recordLength + RecordDescriptor.ALIGNMENT - 1) & -RecordDescriptor.ALIGNMENT;
    }
}

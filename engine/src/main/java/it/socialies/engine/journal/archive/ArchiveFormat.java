// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.github.luben.zstd.Zstd;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.protocol.BatchDescriptor;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Layout of an archived segment; the tables are in {@code ops/docs/format.md}. The file is a row of Zstandard frames (RFC 8878): header, index and
 * trailer are skippable frames, each block is a plain one, so that any {@code zstd -d} gives the batches back, one behind the other. Stateless.
 */
final class ArchiveFormat {
    /** Of batches in one block, before compression; a longer batch has a block of its own. What a random read decompresses. */
    static final int BLOCK_TARGET_BYTES = 256 * 1024;

    static final int BLOCK_BYTES_MAX = BatchDescriptor.MAX_BATCH_LENGTH;
    static final int COMPRESSED_BYTES_MAX = (int) Zstd.compressBound(BLOCK_BYTES_MAX);

    /** Header of a skippable frame: its magic, then the length of what follows. */
    static final int FRAME_HEADER_LENGTH = 8;

    private static final int SKIPPABLE_MAGIC = 0x184D_2A53;
    private static final int FRAME_LENGTH_OFFSET = 4;

    static final int HEADER_LENGTH = 256;
    private static final long MAGIC = 0x5643_5241_2D53_4549L; // "IES-ARCV" in file order
    private static final int VERSION = 1;
    private static final int MAGIC_OFFSET = 8;
    private static final int HEADER_CRC_OFFSET = 16;
    private static final int VERSION_OFFSET = 20;
    private static final int DAY_OFFSET = 24;
    private static final int BLOCKS_OFFSET = 28;
    private static final int FIRST_SEQUENCE_OFFSET = 32;
    private static final int LAST_SEQUENCE_OFFSET = 40;
    private static final int FIRST_TIMESTAMP_OFFSET = 48;
    private static final int LAST_TIMESTAMP_OFFSET = 56;
    private static final int BATCHES_OFFSET = 64;
    private static final int RAW_BYTES_OFFSET = 72;
    private static final int INDEX_OFFSET_OFFSET = 80;
    private static final int FILE_BYTES_OFFSET = 88;
    private static final int CHAIN_BEFORE_OFFSET = 96;
    private static final int CHAIN_AFTER_OFFSET = 128;

    /** Frame header and CRC before the entries of the index. */
    static final int INDEX_HEADER_LENGTH = FRAME_HEADER_LENGTH + 8;

    static final int INDEX_CRC_OFFSET = FRAME_HEADER_LENGTH;
    static final int INDEX_CRC_FROM = FRAME_HEADER_LENGTH + 4;
    static final int ENTRY_LENGTH = 32;
    static final int ENTRY_FIRST_SEQUENCE_OFFSET = 0;
    static final int ENTRY_POSITION_OFFSET = 8;
    static final int ENTRY_LENGTH_OFFSET = 16;
    static final int ENTRY_RAW_LENGTH_OFFSET = 20;
    static final int ENTRY_CRC_OFFSET = 24;

    static final int DIGEST_LENGTH = 32;
    static final int TRAILER_LENGTH = FRAME_HEADER_LENGTH + DIGEST_LENGTH;

    private ArchiveFormat() {}

    static ByteBuffer skippableFrame(int length) {
        ByteBuffer frame = ByteBuffer.allocate(length).order(LITTLE_ENDIAN);
        return frame.putInt(0, SKIPPABLE_MAGIC).putInt(FRAME_LENGTH_OFFSET, length - FRAME_HEADER_LENGTH);
    }

    static boolean isSkippableFrame(ByteBuffer frame, int length) {
        return frame.getInt(0) == SKIPPABLE_MAGIC && frame.getInt(FRAME_LENGTH_OFFSET) == length - FRAME_HEADER_LENGTH;
    }

    static ByteBuffer encode(ArchiveHeader header) {
        ByteBuffer bytes = skippableFrame(HEADER_LENGTH)
                .putLong(MAGIC_OFFSET, MAGIC)
                .putShort(VERSION_OFFSET, (short) VERSION)
                .putInt(DAY_OFFSET, header.day())
                .putInt(BLOCKS_OFFSET, header.blocks())
                .putLong(FIRST_SEQUENCE_OFFSET, header.firstSequence())
                .putLong(LAST_SEQUENCE_OFFSET, header.lastSequence())
                .putLong(FIRST_TIMESTAMP_OFFSET, header.firstTimestampMs())
                .putLong(LAST_TIMESTAMP_OFFSET, header.lastTimestampMs())
                .putLong(BATCHES_OFFSET, header.batches())
                .putLong(RAW_BYTES_OFFSET, header.rawBytes())
                .putLong(INDEX_OFFSET_OFFSET, header.indexOffset())
                .putLong(FILE_BYTES_OFFSET, header.fileBytes())
                .put(CHAIN_BEFORE_OFFSET, header.before().hash())
                .put(CHAIN_AFTER_OFFSET, header.after().hash());
        return bytes.putInt(HEADER_CRC_OFFSET, crcOf(bytes, VERSION_OFFSET, HEADER_LENGTH));
    }

    /** What the bytes of a header say, or null when they are not what was written. */
    static @Nullable ArchiveHeader decode(ByteBuffer bytes) {
        if (!isSkippableFrame(bytes, HEADER_LENGTH)
                || bytes.getLong(MAGIC_OFFSET) != MAGIC
                || bytes.getInt(HEADER_CRC_OFFSET) != crcOf(bytes, VERSION_OFFSET, HEADER_LENGTH)
                || bytes.getShort(VERSION_OFFSET) != VERSION) {
            return null;
        }
        return new ArchiveHeader(
                bytes.getInt(DAY_OFFSET),
                chain(bytes, bytes.getLong(FIRST_SEQUENCE_OFFSET) - 1, CHAIN_BEFORE_OFFSET),
                chain(bytes, bytes.getLong(LAST_SEQUENCE_OFFSET), CHAIN_AFTER_OFFSET),
                bytes.getLong(FIRST_TIMESTAMP_OFFSET),
                bytes.getLong(LAST_TIMESTAMP_OFFSET),
                bytes.getLong(BATCHES_OFFSET),
                bytes.getLong(RAW_BYTES_OFFSET),
                bytes.getInt(BLOCKS_OFFSET),
                bytes.getLong(INDEX_OFFSET_OFFSET),
                bytes.getLong(FILE_BYTES_OFFSET));
    }

    private static Chain chain(ByteBuffer bytes, long sequence, int offset) {
        byte[] hash = new byte[BatchDescriptor.HASH_LENGTH];
        bytes.get(offset, hash);
        return new Chain(sequence, hash);
    }

    static int crcOf(ByteBuffer bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().clear().position(from).limit(to));
        return (int) crc.getValue();
    }
}

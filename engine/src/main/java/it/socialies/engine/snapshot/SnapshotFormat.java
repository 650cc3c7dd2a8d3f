// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.protocol.BatchDescriptor;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32C;

/** Layout of a snapshot file: header, blocks, digest. {@code ops/docs/format.md} has the tables. Stateless. */
final class SnapshotFormat {
    /** The ASCII bytes {@code IES-SNAP} in file order. */
    static final long MAGIC = 0x5041_4E53_2D53_4549L;

    /** What is written. Raised with each release whose snapshots have fields that those before lack. */
    static final int VERSION = 2;

    private static final int FIRST_VERSION = 1;

    static final int HEADER_LENGTH = 128;
    private static final int MAGIC_OFFSET = 0;
    private static final int CRC_OFFSET = 8;
    private static final int VERSION_OFFSET = 12;
    private static final int SEQUENCE_OFFSET = 16;
    private static final int TIMESTAMP_OFFSET = 24;
    private static final int CHAIN_OFFSET = 32;
    private static final int CORE_HASH_OFFSET = 64;
    private static final int LEDGER_HASH_OFFSET = 72;

    /** CRC, length and number of a block, before its payload. */
    static final int BLOCK_HEADER_LENGTH = 16;

    static final int BLOCK_CRC_OFFSET = 0;
    static final int BLOCK_LENGTH_OFFSET = 4;
    static final int BLOCK_NUMBER_OFFSET = 8;
    static final int MAX_PAYLOAD_LENGTH = 1 << 20;

    static final int DIGEST_LENGTH = 32;

    /** Kinds of fields. */
    static final byte NUMBER = 1;

    static final byte LONGS = 2;
    static final byte INTS = 3;
    static final byte BYTES = 4;

    static final int MAX_NAME_LENGTH = 100;
    /** Kind, length of the name, name, and a number or a count: never cut by a block's end. */
    static final int MAX_FIELD_HEADER_LENGTH = 2 + MAX_NAME_LENGTH + Long.BYTES;

    private SnapshotFormat() {}

    static ByteBuffer newBlock() {
        return ByteBuffer.allocate(BLOCK_HEADER_LENGTH + MAX_PAYLOAD_LENGTH).order(LITTLE_ENDIAN);
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static ByteBuffer encode(SnapshotHeader header) {
        return encode(header, VERSION);
    }

    private static ByteBuffer encode(SnapshotHeader header, int version) {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_LENGTH).order(LITTLE_ENDIAN);
        buffer.putLong(MAGIC_OFFSET, MAGIC)
                .putShort(VERSION_OFFSET, (short) version)
                .putLong(SEQUENCE_OFFSET, header.sequence())
                .putLong(TIMESTAMP_OFFSET, header.timestampMs())
                .put(CHAIN_OFFSET, header.chain().hash())
                .putLong(CORE_HASH_OFFSET, header.coreHash())
                .putLong(LEDGER_HASH_OFFSET, header.ledgerHash());
        return buffer.putInt(CRC_OFFSET, crcOf(buffer, VERSION_OFFSET, HEADER_LENGTH));
    }

    /** The header at the start of the buffer, or {@link SnapshotUnusable}. */
    static SnapshotHeader decode(ByteBuffer buffer) {
        if (buffer.getLong(MAGIC_OFFSET) != MAGIC
                || buffer.getInt(CRC_OFFSET) != crcOf(buffer, VERSION_OFFSET, HEADER_LENGTH)) {
            throw new SnapshotUnusable("bad header");
        }
        int version = buffer.getShort(VERSION_OFFSET);
        if (version < FIRST_VERSION || version > VERSION) {
            throw new SnapshotUnusable(
                    "format version " + version + ", this release reads " + FIRST_VERSION + " to " + VERSION);
        }
        byte[] chain = new byte[BatchDescriptor.HASH_LENGTH];
        buffer.get(CHAIN_OFFSET, chain);
        SnapshotHeader header = new SnapshotHeader(
                new Chain(buffer.getLong(SEQUENCE_OFFSET), chain),
                buffer.getLong(TIMESTAMP_OFFSET),
                buffer.getLong(CORE_HASH_OFFSET),
                buffer.getLong(LEDGER_HASH_OFFSET));
        if (!encode(header, version).equals(buffer.slice(0, HEADER_LENGTH))) {
            throw new SnapshotUnusable("reserved bytes of its header are set");
        }
        return header;
    }

    /** True when a release before this one wrote the snapshot with this header. */
    static boolean isOlder(ByteBuffer header) {
        return header.getShort(VERSION_OFFSET) < VERSION;
    }

    /** CRC-32C of the bytes from {@code from} up to {@code to}. */
    static int crcOf(ByteBuffer buffer, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(from, to - from));
        return (int) crc.getValue();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier;

import it.socialies.verifier.bytes.Crc;
import it.socialies.verifier.bytes.Sha256;
import it.socialies.verifier.history.Batch;
import it.socialies.verifier.history.Chain;
import it.socialies.verifier.history.Entry;
import it.socialies.verifier.history.MerkleTree;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A part of a history by the tables of {@code ops/docs/format.md}, as an exported range and as proofs: batches of a few records, somewhere in the middle. */
final class WrittenRange {
    static final long FIRST = 41;
    private static final int[] COUNTS = {3, 1, 5, 2};
    private static final int HEADER_LENGTH = 128;

    private final Sha256 sha = new Sha256();
    private final List<byte[]> records = new ArrayList<>();
    private final List<List<byte[]>> leaves = new ArrayList<>();
    private final List<Chain> chains = new ArrayList<>();
    private final byte[] file;

    WrittenRange() {
        byte[] hash = new byte[Sha256.LENGTH];
        Arrays.fill(hash, (byte) 0x5A);
        chains.add(new Chain(FIRST - 1, hash));
        ByteArrayOutputStream batches = new ByteArrayOutputStream();
        for (int count : COUNTS) {
            batches.writeBytes(batch(count));
        }
        byte[] header = new byte[HEADER_LENGTH];
        ByteBuffer fields = littleEndian(header)
                .putLong(0, 0x474E_4152_2D53_4549L)
                .putShort(12, (short) 1)
                .putLong(16, FIRST)
                .putLong(24, end().sequence())
                .putLong(32, COUNTS.length)
                .putLong(40, batches.size())
                .put(48, hash)
                .put(80, HexFormat.of().parseHex(end().hex()));
        fields.putInt(8, Crc.of(header, 12, HEADER_LENGTH));
        file = ByteBuffer.allocate(HEADER_LENGTH + batches.size())
                .put(header)
                .put(batches.toByteArray())
                .array();
    }

    private byte[] batch(int count) {
        Chain before = chains.getLast();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        List<byte[]> hashes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            byte[] record = record(before.sequence() + i);
            records.add(record);
            hashes.add(sha.leaf(record, 0, record.length));
            body.writeBytes(Arrays.copyOf(record, (record.length + 7) / 8 * 8));
        }
        leaves.add(hashes);
        byte[] root = MerkleTree.root(sha, hashes);
        byte[] batch = new byte[Batch.HEADER_LENGTH + body.size()];
        ByteBuffer fields = littleEndian(batch)
                .putLong(0, Batch.MAGIC)
                .putShort(12, (short) 1)
                .putLong(16, (long) chains.size() * Batch.BLOCK)
                .putLong(24, before.sequence() + 1)
                .putInt(32, count)
                .putInt(36, body.size())
                .putLong(40, before.sequence())
                .put(64, HexFormat.of().parseHex(before.hex()))
                .put(96, root)
                .put(Batch.HEADER_LENGTH, body.toByteArray());
        fields.putInt(48, Crc.of(batch, Batch.HEADER_LENGTH, batch.length));
        fields.putInt(8, Crc.of(batch, 12, Batch.HEADER_LENGTH));
        chains.add(before.next(sha, root, count));
        return batch;
    }

    /** A record with one event: a transfer. */
    private static byte[] record(long sequence) {
        int length = Entry.HEADER_LENGTH + 8 + 49;
        byte[] record = new byte[length];
        ByteBuffer fields = littleEndian(record)
                .putInt(0, length)
                .putLong(8, sequence)
                .putLong(16, 1_772_442_904_120L + sequence)
                .putShort(80, (short) 49)
                .putShort(82, (short) 131)
                .putLong(88, sequence);
        fields.putInt(4, Crc.of(record, 8, length));
        return record;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The exported range; not to be changed. */
    byte[] file() {
        return file;
    }

    /** All records, in order; not to be changed. */
    List<byte[]> records() {
        return records;
    }

    Chain end() {
        return chains.getLast();
    }

    /** The proof of a record of the third batch, up to the end. */
    String proof(String checkpoint) {
        int index = 3;
        List<byte[]> level = leaves.get(2);
        byte[] record = records.get(COUNTS[0] + COUNTS[1] + index);
        // Five leaves: beside the fourth lies the third, beside their node that of the first two, beside theirs the
        // fifth.
        List<byte[]> path = List.of(level.get(2), sha.node(level.get(0), level.get(1)), level.get(4));
        ByteBuffer behind = ByteBuffer.allocate(Sha256.LENGTH + Integer.BYTES)
                .put(MerkleTree.root(sha, leaves.get(3)))
                .putInt(COUNTS[3]);
        return "{\"format\":1,\"record\":\"" + base64(record) + "\",\"batch\":{\"first_sequence\":"
                + (chains.get(2).sequence() + 1) + ",\"count\":" + COUNTS[2] + ",\"previous_chain\":\""
                + chains.get(2).hex() + "\",\"path\":["
                + String.join(",", path.stream().map(WrittenRange::quoted).toList()) + "]},\"batches_behind\":\""
                + base64(behind.array()) + "\",\"checkpoint\":\"" + checkpoint + "\"}";
    }

    private static String quoted(byte[] hash) {
        return '"' + HexFormat.of().formatHex(hash) + '"';
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

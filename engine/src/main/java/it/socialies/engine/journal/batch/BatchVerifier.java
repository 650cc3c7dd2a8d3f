// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Checks batch after batch that nothing is missing or altered: header CRC, contiguous sequences, unbroken chain, body CRC, records. It
 * trusts the Merkle root in the header, as CRCs find accidents; who fears forgery recomputes it ({@link #withMerkleRoots}). One thread.
 */
public final class BatchVerifier {
    private final String where;
    private final Chain chain;
    private final Hasher hasher = new Hasher();
    private final byte[] root = new byte[BatchDescriptor.HASH_LENGTH];
    private final byte[] recomputedRoot = new byte[BatchDescriptor.HASH_LENGTH];
    private final MerkleTree merkle = new MerkleTree();
    private boolean merkleRoots;

    /**
     * Begins behind {@code from}, which is copied.
     *
     * @param where names the file in messages
     */
    public BatchVerifier(String where, Chain from) {
        this.where = where;
        chain = from.copy();
    }

    public BatchVerifier withMerkleRoots() {
        merkleRoots = true;
        return this;
    }

    /** The chain behind the last accepted batch. */
    public Chain chain() {
        return chain;
    }

    /** Checks the batch in the frame and moves the chain behind it, or throws {@link JournalDamaged} and stays. */
    public void accept(BatchFrame frame, int length) {
        UnsafeBuffer buffer = frame.buffer();
        long next = chain.sequence() + 1;
        if (length < BatchDescriptor.HEADER_LENGTH
                || !frame.hasIntactHeader()
                || BatchView.length(buffer, 0) != length) {
            throw new JournalDamaged(next, "the " + where + " is damaged at record " + next + ": bad batch header");
        }
        long first = BatchView.firstSequence(buffer, 0);
        if (first != next) {
            throw damaged(buffer, next, "the batch there begins with record " + first);
        }
        if (!chain.hashEquals(buffer, BatchDescriptor.PREVIOUS_CHAIN_OFFSET)) {
            throw damaged(buffer, next, "its chain hash does not continue that of record " + chain.sequence());
        }
        acceptBody(frame, length);
        int count = BatchView.count(buffer, 0);
        if (count > 0) {
            buffer.getBytes(BatchDescriptor.MERKLE_ROOT_OFFSET, root);
            hasher.link(chain, root, first, count);
        }
    }

    private void acceptBody(BatchFrame frame, int length) {
        UnsafeBuffer buffer = frame.buffer();
        long sequence = BatchView.firstSequence(buffer, 0);
        int count = BatchView.count(buffer, 0);
        int offset = BatchDescriptor.HEADER_LENGTH;
        merkle.reset();
        boolean bodyIntact =
                buffer.getInt(BatchDescriptor.BODY_CRC_OFFSET, LITTLE_ENDIAN) == frame.crcOf(offset, length);
        for (int i = 0; i < count; i++, sequence++) {
            int recordLength = recordLength(frame, offset, length, sequence, !bodyIntact);
            if (recordLength < 0) {
                throw damaged(
                        buffer, sequence, "the record at byte " + offset + " of the batch is not what was written");
            }
            if (merkleRoots) {
                merkle.add(buffer, offset, recordLength);
            }
            offset += BatchDescriptor.alignedLength(recordLength);
        }
        if (offset != length || !bodyIntact) {
            throw damaged(
                    buffer,
                    Math.max(sequence - 1, chain.sequence() + 1),
                    "the bytes behind its records are not what was written");
        }
        if (merkleRoots && count > 0) {
            merkle.root(recomputedRoot);
            if (!java.util.Arrays.equals(recomputedRoot, 0, root.length, rootOf(buffer), 0, root.length)) {
                throw damaged(buffer, chain.sequence() + 1, "its records do not have the Merkle root it claims");
            }
        }
    }

    private byte[] rootOf(UnsafeBuffer buffer) {
        buffer.getBytes(BatchDescriptor.MERKLE_ROOT_OFFSET, root);
        return root;
    }

    /** The length of an acceptable record, else -1. Its CRC is looked at only to find which record of a bad body it is. */
    private static int recordLength(BatchFrame frame, int offset, int limit, long sequence, boolean withCrc) {
        if (limit - offset < RecordDescriptor.HEADER_LENGTH) {
            return -1;
        }
        UnsafeBuffer buffer = frame.buffer();
        int length = buffer.getInt(offset + RecordDescriptor.LENGTH_OFFSET, LITTLE_ENDIAN);
        if (length < RecordDescriptor.HEADER_LENGTH
                || length > RecordDescriptor.MAX_RECORD_LENGTH
                || offset + BatchDescriptor.alignedLength(length) > limit
                || buffer.getLong(offset + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN) != sequence) {
            return -1;
        }
        if (withCrc) {
            int crc = buffer.getInt(offset + RecordDescriptor.CRC_OFFSET, LITTLE_ENDIAN);
            return crc == frame.crcOf(offset + RecordDescriptor.SEQUENCE_OFFSET, offset + length) ? length : -1;
        }
        return length;
    }

    private JournalDamaged damaged(UnsafeBuffer buffer, long sequence, String what) {
        return new JournalDamaged(
                sequence,
                "the " + where + " is damaged at record " + sequence + ", batch at log position "
                        + BatchView.logPosition(buffer, 0) + ": " + what);
    }
}

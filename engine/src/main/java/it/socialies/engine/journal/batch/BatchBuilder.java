// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.commitlog.CommitLog;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Fills one batch: {@code reset}, {@code tryAppend} record by record, {@code seal}, then the views. Reused; allocates nothing per batch.
 * One thread at a time; the views are valid until the next {@code reset}.
 */
public final class BatchBuilder {
    private static final byte[] NO_ROOT = new byte[BatchDescriptor.HASH_LENGTH];

    private final int maxBatchLength;
    private final BatchFrame frame;
    private final UnsafeBuffer buffer;
    private final MerkleTree merkle = new MerkleTree();
    private final Hasher hasher = new Hasher();
    private final byte[] root = new byte[BatchDescriptor.HASH_LENGTH];
    private final Chain previous = new Chain();
    private final Chain chain = new Chain();

    private int length = BatchDescriptor.HEADER_LENGTH;
    private int count;
    private boolean sealed;

    public BatchBuilder() {
        this(BatchDescriptor.MAX_BATCH_LENGTH);
    }

    /** @param maxBatchLength bytes of header and body together; a record of the greatest length must fit */
    public BatchBuilder(int maxBatchLength) {
        this.maxBatchLength = maxBatchLength;
        frame = new BatchFrame(maxBatchLength);
        buffer = frame.buffer();
    }

    /** Begins an empty batch behind {@code previousChain}, which is copied. */
    public void reset(Chain previousChain) {
        previous.copyFrom(previousChain);
        chain.copyFrom(previousChain);
        merkle.reset();
        length = BatchDescriptor.HEADER_LENGTH;
        count = 0;
        sealed = false;
    }

    /**
     * Copies a record, whose sequence must be the next one.
     *
     * @return false when the batch is full: seal it and begin another one
     */
    public boolean tryAppend(DirectBuffer record, int offset, int recordLength) {
        if (recordLength < RecordDescriptor.HEADER_LENGTH || recordLength > RecordDescriptor.MAX_RECORD_LENGTH) {
            throw new JournalFailure("a record of " + recordLength + " bytes");
        }
        int aligned = BatchDescriptor.alignedLength(recordLength);
        if (length + aligned > maxBatchLength) {
            if (count == 0) {
                throw new JournalFailure(
                        "a record of " + recordLength + " bytes does not fit a batch of " + maxBatchLength);
            }
            return false;
        }
        long sequence = record.getLong(offset + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
        if (sealed || sequence != previous.sequence() + count + 1) {
            throw new JournalFailure("record " + sequence + " does not follow " + (previous.sequence() + count)
                    + (sealed ? " in a sealed batch" : ""));
        }
        buffer.putBytes(length, record, offset, recordLength);
        buffer.setMemory(length + recordLength, aligned - recordLength, (byte) 0);
        merkle.add(record, offset, recordLength);
        length += aligned;
        count++;
        return true;
    }

    /**
     * Completes the batch: header, CRCs, Merkle root, chain, zeros up to a whole block.
     *
     * @param mark the highest sequence known durable now, so below the first of this batch
     * @param logPosition from {@link CommitLog#positionFor}
     * @param flags {@link BatchDescriptor#CLEAN_STOP_FLAG} or 0
     */
    public void seal(long mark, long logPosition, int flags) {
        if (sealed || mark > previous.sequence()) {
            throw new JournalFailure(
                    "cannot seal with mark " + mark + " behind " + previous.sequence() + ", sealed: " + sealed);
        }
        long firstSequence = previous.sequence() + 1;
        if (count > 0) {
            merkle.root(root);
            hasher.link(chain, root, firstSequence, count);
        }
        buffer.setMemory(0, BatchDescriptor.HEADER_LENGTH, (byte) 0);
        buffer.putLong(BatchDescriptor.MAGIC_OFFSET, BatchDescriptor.MAGIC, LITTLE_ENDIAN);
        buffer.putShort(BatchDescriptor.FORMAT_VERSION_OFFSET, (short) BatchDescriptor.FORMAT_VERSION, LITTLE_ENDIAN);
        buffer.putShort(BatchDescriptor.FLAGS_OFFSET, (short) flags, LITTLE_ENDIAN);
        buffer.putLong(BatchDescriptor.LOG_POSITION_OFFSET, logPosition, LITTLE_ENDIAN);
        buffer.putLong(BatchDescriptor.FIRST_SEQUENCE_OFFSET, firstSequence, LITTLE_ENDIAN);
        buffer.putInt(BatchDescriptor.COUNT_OFFSET, count, LITTLE_ENDIAN);
        buffer.putInt(BatchDescriptor.BODY_LENGTH_OFFSET, length - BatchDescriptor.HEADER_LENGTH, LITTLE_ENDIAN);
        buffer.putLong(BatchDescriptor.MARK_OFFSET, mark, LITTLE_ENDIAN);
        buffer.putInt(
                BatchDescriptor.BODY_CRC_OFFSET, frame.crcOf(BatchDescriptor.HEADER_LENGTH, length), LITTLE_ENDIAN);
        previous.putHash(buffer, BatchDescriptor.PREVIOUS_CHAIN_OFFSET);
        buffer.putBytes(BatchDescriptor.MERKLE_ROOT_OFFSET, count > 0 ? root : NO_ROOT);
        buffer.putInt(BatchDescriptor.HEADER_CRC_OFFSET, frame.headerCrc(), LITTLE_ENDIAN);
        int padding = blocksLength() - length;
        if (padding > 0) {
            buffer.setMemory(length, padding, (byte) 0);
        }
        sealed = true;
    }

    /** Number of records. */
    public int count() {
        return count;
    }

    /** Header and body, without the padding up to a block: what one document of the journal holds. */
    public int batchLength() {
        return length;
    }

    /** Bytes the batch takes in the commit log. */
    public int blocksLength() {
        return (int) BatchDescriptor.blocksLength(length);
    }

    public boolean isSealed() {
        return sealed;
    }

    public long firstSequence() {
        return previous.sequence() + 1;
    }

    /** The sequence of the last record, or of the one before the batch when it is empty. */
    public long lastSequence() {
        return previous.sequence() + count;
    }

    /** Position behind the batch in the commit log; for {@link CommitLog#releaseUpTo}. Sealed batches only. */
    public long endPosition() {
        return BatchView.endPosition(buffer, 0);
    }

    /** The chain the batch was begun behind; do not change it. */
    public Chain previousChain() {
        return previous;
    }

    /** The chain behind the sealed batch: begin the next one with it; do not change it. */
    public Chain chain() {
        return chain;
    }

    /** The batch from index 0, {@link #batchLength()} bytes. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** The whole blocks, ready to be written: position 0, limit {@link #blocksLength()}. */
    public ByteBuffer blocks() {
        return frame.bytes(blocksLength());
    }
}

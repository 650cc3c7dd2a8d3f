// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.examination;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.MerkleTree;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Looks at batches with intact headers as an auditor does: every record's own checksum, padding, Merkle root, stamps, marks and positions
 * are computed anew, and everything that is wrong is told, not only the first thing. It does not look at sequences and chain from batch to
 * batch. One thread; batches in the order of the history.
 */
public final class BatchInspector {
    /** Hears what is wrong inside a batch. */
    @FunctionalInterface
    public interface Faults {
        /** @param offset of the place in the batch, in bytes */
        void add(Kind kind, int offset, long firstSequence, long lastSequence, String detail);
    }

    private final BatchFrame frame = new BatchFrame(BatchDescriptor.MAX_BATCH_LENGTH);
    private final MerkleTree merkle = new MerkleTree();
    private final byte[] claimedRoot = new byte[BatchDescriptor.HASH_LENGTH];
    private final byte[] root = new byte[BatchDescriptor.HASH_LENGTH];
    private long lastStampMs;
    private long lastMark;
    private long endPosition;

    /** Stamp of the last record seen. */
    public long lastStampMs() {
        return lastStampMs;
    }

    /** Looks at one batch and remembers where it ends. */
    public void inspect(DirectBuffer batch, int offset, int length, Faults faults) {
        frame.buffer().putBytes(0, batch, offset, length);
        inspectFields(faults);
        inspectRecords(frame, length, faults);
    }

    private void inspectFields(Faults faults) {
        UnsafeBuffer buffer = frame.buffer();
        long first = BatchView.firstSequence(buffer, 0);
        long last = BatchView.lastSequence(buffer, 0);
        long position = BatchView.logPosition(buffer, 0);
        long mark = BatchView.mark(buffer, 0);
        if (position < endPosition || position % BatchDescriptor.BLOCK_LENGTH != 0) {
            faults.add(Kind.BATCH_FIELDS, 0, first, last, "log position " + position + " is not behind " + endPosition);
        }
        if (mark >= first || mark < lastMark) {
            faults.add(Kind.BATCH_FIELDS, 0, first, last, "mark " + mark + " behind mark " + lastMark);
        }
        endPosition = Math.max(endPosition, BatchView.endPosition(buffer, 0));
        lastMark = Math.max(lastMark, mark);
    }

    private void inspectRecords(BatchFrame batch, int length, Faults faults) {
        UnsafeBuffer buffer = batch.buffer();
        long first = BatchView.firstSequence(buffer, 0);
        long last = BatchView.lastSequence(buffer, 0);
        int offset = BatchDescriptor.HEADER_LENGTH;
        boolean whole = true;
        merkle.reset();
        for (long sequence = first; sequence <= last; sequence++) {
            int recordLength = recordLength(batch, offset, length);
            if (recordLength < 0) {
                faults.add(Kind.RECORD, offset, sequence, last, "its length is not what was written");
                return;
            }
            whole &= inspectRecord(batch, offset, recordLength, sequence, faults);
            merkle.add(buffer, offset, recordLength);
            int end = offset + recordLength;
            offset += BatchDescriptor.alignedLength(recordLength);
            whole &= inspectZeros(batch, end, offset, sequence, faults);
        }
        int bodyCrc = buffer.getInt(BatchDescriptor.BODY_CRC_OFFSET, LITTLE_ENDIAN);
        if (offset != length || (whole && bodyCrc != batch.crcOf(BatchDescriptor.HEADER_LENGTH, length))) {
            faults.add(Kind.BATCH_BODY, offset, first, last, "the body is not what its checksum was made of");
            return;
        }
        merkle.root(root);
        buffer.getBytes(BatchDescriptor.MERKLE_ROOT_OFFSET, claimedRoot);
        if (whole && !Arrays.equals(root, claimedRoot)) {
            faults.add(Kind.MERKLE_ROOT, 0, first, last, "its records do not have the Merkle root it claims");
        }
    }

    private boolean inspectRecord(BatchFrame batch, int offset, int length, long sequence, Faults faults) {
        UnsafeBuffer buffer = batch.buffer();
        int crc = buffer.getInt(offset + RecordDescriptor.CRC_OFFSET, LITTLE_ENDIAN);
        if (crc != batch.crcOf(offset + RecordDescriptor.SEQUENCE_OFFSET, offset + length)) {
            faults.add(Kind.RECORD, offset, sequence, sequence, "its checksum is wrong");
            return false;
        }
        long found = buffer.getLong(offset + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
        if (found != sequence) {
            faults.add(Kind.RECORD, offset, sequence, sequence, "it calls itself record " + found);
            return false;
        }
        long stampMs = buffer.getLong(offset + RecordDescriptor.TIMESTAMP_OFFSET, LITTLE_ENDIAN);
        if (stampMs < lastStampMs) {
            faults.add(Kind.STAMP, offset, sequence, sequence, "stamp " + stampMs + " after " + lastStampMs);
        }
        lastStampMs = Math.max(lastStampMs, stampMs);
        return true;
    }

    private static boolean inspectZeros(BatchFrame batch, int from, int to, long sequence, Faults faults) {
        for (int i = from; i < to; i++) {
            if (batch.buffer().getByte(i) != 0) {
                faults.add(Kind.BATCH_BODY, i, sequence, sequence, "the padding behind the record is not zero");
                return false;
            }
        }
        return true;
    }

    /** The length of the record there, -1 when it cannot be one. */
    private static int recordLength(BatchFrame batch, int offset, int limit) {
        if (limit - offset < RecordDescriptor.HEADER_LENGTH) {
            return -1;
        }
        int length = batch.buffer().getInt(offset + RecordDescriptor.LENGTH_OFFSET, LITTLE_ENDIAN);
        boolean possible = length >= RecordDescriptor.HEADER_LENGTH
                && length <= RecordDescriptor.MAX_RECORD_LENGTH
                && BatchDescriptor.alignedLength(length) <= limit - offset;
        return possible ? length : -1;
    }

    /** Looks at the records of a batch that lies outside the order of the history; stamps, marks and positions are not compared. */
    public static void inspectAlone(BatchFrame batch, int length, Faults faults) {
        new BatchInspector().inspectRecords(batch, length, faults);
    }
}

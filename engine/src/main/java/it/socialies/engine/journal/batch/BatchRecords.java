// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import org.agrona.DirectBuffer;

/** Goes through the records of a verified batch. Stateless. */
public final class BatchRecords {
    private BatchRecords() {}

    /** Hands over the records behind sequence {@code after}, in order. */
    public static void forEach(DirectBuffer batch, int offset, long after, RecordHandler handler) {
        long sequence = BatchView.firstSequence(batch, offset);
        long last = BatchView.lastSequence(batch, offset);
        int record = offset + BatchDescriptor.HEADER_LENGTH;
        for (; sequence <= last; sequence++) {
            int length = batch.getInt(record + RecordDescriptor.LENGTH_OFFSET, LITTLE_ENDIAN);
            if (sequence > after) {
                handler.onRecord(batch, record, length);
            }
            record += BatchDescriptor.alignedLength(length);
        }
    }

    /** Offset of the record of a sequence that an intact header says the batch holds; the batch's length when its body is nonsense. */
    public static int offsetOf(DirectBuffer batch, int offset, long sequence) {
        int limit = BatchView.length(batch, offset);
        int record = BatchDescriptor.HEADER_LENGTH;
        for (long s = BatchView.firstSequence(batch, offset); s < sequence; s++) {
            int length = batch.getInt(offset + record + RecordDescriptor.LENGTH_OFFSET, LITTLE_ENDIAN);
            if (length < RecordDescriptor.HEADER_LENGTH || length > limit - record - RecordDescriptor.HEADER_LENGTH) {
                return offset + limit;
            }
            record += BatchDescriptor.alignedLength(length);
        }
        return offset + record;
    }
}

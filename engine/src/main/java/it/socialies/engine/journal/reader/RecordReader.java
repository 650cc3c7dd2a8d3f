// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.reader;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.protocol.RecordDescriptor;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Reads single records from journal and archive by their sequence: old answers, audits. Read-only; one thread at a time, off the core. */
public final class RecordReader implements AutoCloseable {
    private final HistoryCursor cursor;

    private RecordReader(HistoryCursor cursor) {
        this.cursor = cursor;
    }

    /** Opens read-only; the journal need not exist yet. */
    public static RecordReader open(DataFolder folder) {
        return new RecordReader(new HistoryCursor(folder));
    }

    /**
     * Copies a record to the start of {@code dst}.
     *
     * @return its length in bytes, or 0 when neither holds it (yet)
     * @throws JournalDamaged when its CRC or that of its batch's header is wrong
     */
    public int read(long sequence, MutableDirectBuffer dst) {
        if (sequence < 1 || cursor.find(sequence) == HistoryCursor.NOTHING) {
            return 0;
        }
        BatchFrame frame = cursor.frame();
        DirectBuffer batch = frame.buffer();
        if (!frame.hasIntactHeader()) {
            throw new JournalDamaged(sequence, "the journal is damaged at record " + sequence + ": bad batch header");
        }
        int offset = BatchRecords.offsetOf(batch, 0, sequence);
        int limit = BatchView.length(batch, 0);
        int length = offset + RecordDescriptor.HEADER_LENGTH <= limit ? batch.getInt(offset, LITTLE_ENDIAN) : 0;
        if (length < RecordDescriptor.HEADER_LENGTH
                || offset + length > limit
                || batch.getLong(offset + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN) != sequence
                || batch.getInt(offset + RecordDescriptor.CRC_OFFSET, LITTLE_ENDIAN)
                        != frame.crcOf(offset + RecordDescriptor.SEQUENCE_OFFSET, offset + length)) {
            throw new JournalDamaged(sequence, "the journal is damaged at record " + sequence + ": bad record");
        }
        dst.putBytes(0, batch, offset, length);
        return length;
    }

    /** The chain hash of a sequence; false when no batch of the journal ends with it. Sequence 0 always has one. */
    public boolean chainAt(long sequence, Chain dst) {
        if (sequence == 0) {
            dst.copyFrom(new Chain());
            return true;
        }
        return ChainSearch.chainAt(cursor, sequence, dst);
    }

    @Override
    public void close() {
        cursor.close();
    }
}

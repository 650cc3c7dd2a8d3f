// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.RecordDescriptor;
import java.util.zip.CRC32C;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Makes well-formed records whose bytes depend on the sequence alone. */
final class Records {
    static final long DAY_MS = 86_400_000L;
    static final int RECORDS_A_DAY = 50;

    private Records() {}

    /** A record of 81 bytes or a few more; every 50 records a new day begins. */
    static MutableDirectBuffer record(long sequence) {
        return record(sequence, RecordDescriptor.HEADER_LENGTH + 1 + (int) (sequence * 7 % 40));
    }

    static MutableDirectBuffer record(long sequence, int length) {
        byte[] bytes = new byte[length];
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int i = 16; i < length; i++) {
            bytes[i] = (byte) (sequence * 31 + i);
        }
        buffer.putInt(RecordDescriptor.LENGTH_OFFSET, length, LITTLE_ENDIAN);
        buffer.putLong(RecordDescriptor.SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(
                RecordDescriptor.TIMESTAMP_OFFSET, 20_000 * DAY_MS + sequence / RECORDS_A_DAY * DAY_MS, LITTLE_ENDIAN);
        CRC32C crc = new CRC32C();
        crc.update(bytes, RecordDescriptor.SEQUENCE_OFFSET, length - RecordDescriptor.SEQUENCE_OFFSET);
        buffer.putInt(RecordDescriptor.CRC_OFFSET, (int) crc.getValue(), LITTLE_ENDIAN);
        return buffer;
    }

    /** Fills and seals a batch with the next {@code count} records, for the log's next position. */
    static void fill(BatchBuilder batch, CommitLog log, int count) {
        fill(batch, log.chain(), count);
        batch.seal(log.chain().sequence(), log.positionFor(batch.batchLength()), 0);
    }

    static void fill(BatchBuilder batch, Chain behind, int count) {
        batch.reset(behind);
        for (int i = 1; i <= count; i++) {
            MutableDirectBuffer record = record(behind.sequence() + i);
            if (!batch.tryAppend(record, 0, record.capacity())) {
                throw new AssertionError("the batch is full");
            }
        }
    }
}

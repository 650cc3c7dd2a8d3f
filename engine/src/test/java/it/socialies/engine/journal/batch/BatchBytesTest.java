// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import it.socialies.engine.journal.examination.BatchInspector;
import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.protocol.BatchDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Every single byte of a batch counts: whichever is changed, a reader refuses the batch and names the record it belongs to. */
class BatchBytesTest {
    private static final int RECORDS = 12;
    private static final long BEFORE = 41;

    private final Chain begin = new Chain(BEFORE, new byte[BatchDescriptor.HASH_LENGTH]);
    private final BatchBuilder builder = new BatchBuilder();
    private final BatchFrame frame = new BatchFrame(BatchDescriptor.MAX_BATCH_LENGTH);
    private int length;

    @Test
    void shouldNameTheRecordOfEveryByte() {
        fill();
        int at = BatchDescriptor.HEADER_LENGTH;
        for (long sequence = BEFORE + 1; sequence <= BEFORE + RECORDS; sequence++) {
            int recordLength = frame.buffer().getInt(at);
            for (int i = at; i < at + recordLength; i++) {
                assertThat(damageBy(i).sequence()).as("byte %d", i).isEqualTo(sequence);
                assertThat(inspected(i)).as("byte %d", i).contains(sequence);
            }
            for (int i = at + recordLength; i < at + BatchDescriptor.alignedLength(recordLength); i++) {
                assertThat(damageBy(i).sequence()).as("padding %d", i).isBetween(BEFORE + 1, BEFORE + RECORDS);
                assertThat(inspected(i)).as("padding %d", i).contains(sequence);
            }
            at += BatchDescriptor.alignedLength(recordLength);
        }
        assertThat(at).isEqualTo(length);
    }

    @Test
    void shouldRefuseEveryByteOfTheHeader() {
        fill();
        for (int i = 0; i < BatchDescriptor.HEADER_LENGTH; i++) {
            assertThat(damageBy(i).sequence()).as("byte %d", i).isEqualTo(BEFORE + 1);
        }
    }

    /** A forger mends the checksums; what the batch says of itself must still fit together. */
    @Test
    void shouldSeeARecordThatWasChangedWithItsChecksums() {
        fill();
        int at = BatchDescriptor.HEADER_LENGTH;
        frame.buffer().putByte(at + 80, (byte) 99);
        mendChecksums(at);
        assertThatCode(() -> new BatchVerifier("journal", begin).accept(frame, length))
                .as("a reader trusts checksums")
                .doesNotThrowAnyException();
        List<HistoryFault.Kind> kinds = new ArrayList<>();
        new BatchInspector().inspect(frame.buffer(), 0, length, (kind, offset, first, last, detail) -> kinds.add(kind));
        assertThat(kinds).containsExactly(HistoryFault.Kind.MERKLE_ROOT);
    }

    private void mendChecksums(int record) {
        UnsafeBuffer buffer = frame.buffer();
        int recordLength = buffer.getInt(record);
        buffer.putInt(record + 4, frame.crcOf(record + 8, record + recordLength));
        buffer.putInt(BatchDescriptor.BODY_CRC_OFFSET, frame.crcOf(BatchDescriptor.HEADER_LENGTH, length));
        buffer.putInt(BatchDescriptor.HEADER_CRC_OFFSET, frame.headerCrc());
    }

    private JournalDamaged damageBy(int offset) {
        flip(offset);
        JournalDamaged damage = catchThrowableOfType(
                JournalDamaged.class, () -> new BatchVerifier("journal", begin).accept(frame, length));
        flip(offset);
        assertThat(damage).as("byte %d", offset).isNotNull();
        return damage;
    }

    private List<Long> inspected(int offset) {
        List<Long> records = new ArrayList<>();
        flip(offset);
        new BatchInspector().inspect(frame.buffer(), 0, length, (kind, at, first, last, detail) -> records.add(first));
        flip(offset);
        return records;
    }

    private void flip(int offset) {
        frame.buffer().putByte(offset, (byte) (frame.buffer().getByte(offset) ^ 0x10));
    }

    private void fill() {
        builder.reset(begin);
        for (int i = 1; i <= RECORDS; i++) {
            MutableDirectBuffer record = Records.record(BEFORE + i);
            assertThat(builder.tryAppend(record, 0, record.capacity())).isTrue();
        }
        builder.seal(BEFORE, 8_192, 0);
        length = builder.batchLength();
        frame.buffer().putBytes(0, builder.buffer(), 0, length);
    }
}

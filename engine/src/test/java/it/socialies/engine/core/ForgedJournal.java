// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal as somebody wrote it anew, with the CRCs and digests of its batches made to fit: what only the books can find. */
final class ForgedJournal {
    private final List<UnsafeBuffer> records = new ArrayList<>();

    /** A copy of what the core wrote, all records from the first on. */
    ForgedJournal(final List<DirectBuffer> written) {
        for (final DirectBuffer record : written) {
            final byte[] bytes = new byte[record.capacity()];
            record.getBytes(0, bytes);
            records.add(new UnsafeBuffer(bytes));
        }
    }

    private UnsafeBuffer record(final long sequence) {
        return records.stream()
                .filter(record -> record.getLong(RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN) == sequence)
                .findFirst()
                .orElseThrow();
    }

    /** Offset of the fields of the {@code nth} event of a template in a record, from 0. */
    private static int eventAt(final UnsafeBuffer record, final int templateId, final int nth) {
        final MessageHeaderDecoder header = new MessageHeaderDecoder();
        int at = RecordDescriptor.HEADER_LENGTH;
        for (int left = nth; header.wrap(record, at).templateId() != templateId || left-- > 0; ) {
            at += MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
        }
        return at + MessageHeaderDecoder.ENCODED_LENGTH;
    }

    ForgedJournal add(final long sequence, final int templateId, final int field, final long delta) {
        return add(sequence, templateId, 0, field, delta);
    }

    ForgedJournal add(final long sequence, final int templateId, final int nth, final int field, final long delta) {
        final UnsafeBuffer record = record(sequence);
        final int at = eventAt(record, templateId, nth) + field;
        record.putLong(at, record.getLong(at, LITTLE_ENDIAN) + delta, LITTLE_ENDIAN);
        return this;
    }

    ForgedJournal put(final long sequence, final int templateId, final int field, final int value) {
        final UnsafeBuffer record = record(sequence);
        record.putByte(eventAt(record, templateId, 0) + field, (byte) value);
        return this;
    }

    ForgedJournal put(final long sequence, final int templateId, final int field, final Digest digest) {
        final UnsafeBuffer record = record(sequence);
        final int at = eventAt(record, templateId, 0) + field;
        record.putLong(at, digest.w0(), LITTLE_ENDIAN);
        record.putLong(at + 8, digest.w1(), LITTLE_ENDIAN);
        record.putLong(at + 16, digest.w2(), LITTLE_ENDIAN);
        record.putLong(at + 24, digest.w3(), LITTLE_ENDIAN);
        return this;
    }

    ForgedJournal drop(final long sequence) {
        records.remove(record(sequence));
        return this;
    }

    /** The record comes once more, at the end. */
    ForgedJournal repeat(final long sequence) {
        records.add(record(sequence));
        return this;
    }

    void isNamedAt(final long sequence) {
        assertThat(VerifierBooks.firstWrong(List.copyOf(records))).isEqualTo(sequence);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/** Writes one record after the other, event by event, as the core would. */
final class RecordWriter {
    private static final int PAY_TEMPLATE_ID = 40;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(RecordDescriptor.MAX_RECORD_LENGTH);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private int length;

    void begin(
            final long sequence,
            final long timestampMs,
            final int circuitId,
            final ResultCode outcome,
            final long keyHi) {
        buffer.setMemory(0, RecordDescriptor.HEADER_LENGTH, (byte) 0);
        buffer.putLong(RecordDescriptor.SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(RecordDescriptor.TIMESTAMP_OFFSET, timestampMs, LITTLE_ENDIAN);
        buffer.putShort(RecordDescriptor.OUTCOME_OFFSET, (short) outcome.value(), LITTLE_ENDIAN);
        buffer.putLong(RecordDescriptor.KEY_HI_OFFSET, keyHi, LITTLE_ENDIAN);
        buffer.putLong(RecordDescriptor.KEY_LO_OFFSET, keyHi == 0 ? 0 : -sequence, LITTLE_ENDIAN);
        buffer.putInt(RecordDescriptor.CIRCUIT_ID_OFFSET, circuitId, LITTLE_ENDIAN);
        buffer.putShort(RecordDescriptor.COMMAND_TEMPLATE_OFFSET, (short) PAY_TEMPLATE_ID, LITTLE_ENDIAN);
        length = RecordDescriptor.HEADER_LENGTH;
    }

    <E extends MessageEncoderFlyweight> void event(final E encoder, final Consumer<E> fields) {
        header.wrap(buffer, length)
                .blockLength(encoder.sbeBlockLength())
                .templateId(encoder.sbeTemplateId())
                .schemaId(encoder.sbeSchemaId())
                .version(encoder.sbeSchemaVersion());
        length += MessageHeaderEncoder.ENCODED_LENGTH;
        buffer.setMemory(length, encoder.sbeBlockLength(), (byte) 0);
        encoder.wrap(buffer, length);
        fields.accept(encoder);
        length += encoder.sbeBlockLength();
    }

    /** Completes the record: its length and CRC. */
    byte[] end() {
        buffer.putInt(RecordDescriptor.LENGTH_OFFSET, length, LITTLE_ENDIAN);
        final CRC32C crc = new CRC32C();
        crc.update(buffer.byteArray(), RecordDescriptor.SEQUENCE_OFFSET, length - RecordDescriptor.SEQUENCE_OFFSET);
        buffer.putInt(RecordDescriptor.CRC_OFFSET, (int) crc.getValue(), LITTLE_ENDIAN);
        final byte[] record = new byte[length];
        buffer.getBytes(0, record);
        return record;
    }

    /** For events whose template this version does not know. */
    void unknownEvent(final int templateId) {
        header.wrap(buffer, length)
                .blockLength(8)
                .templateId(templateId)
                .schemaId(4915)
                .version(0);
        final MutableDirectBuffer body = buffer;
        body.putLong(length + MessageHeaderEncoder.ENCODED_LENGTH, 0);
        length += MessageHeaderEncoder.ENCODED_LENGTH + Long.BYTES;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Walks the events of one record in place: {@link #wrap} a record, then {@link #next} event by event. One thread. */
final class EventCursor {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int recordOffset;
    private int recordEnd;
    private int eventOffset;
    private int nextOffset;
    private int index;

    /** Stands before the first event of the record. */
    void wrap(final DirectBuffer recordBuffer, final int offset, final int length) {
        buffer = recordBuffer;
        recordOffset = offset;
        recordEnd = offset + length;
        nextOffset = offset + RecordDescriptor.HEADER_LENGTH;
        index = -1;
    }

    /** Moves to the next event; false behind the last one. Events have no groups, so the block is the whole message. */
    boolean next() {
        if (nextOffset == recordEnd) {
            return false;
        }
        if (recordEnd - nextOffset < MessageHeaderDecoder.ENCODED_LENGTH) {
            throw new ProjectionRefused("record " + sequence() + ": bytes behind event " + index);
        }
        header.wrap(buffer, nextOffset);
        eventOffset = nextOffset + MessageHeaderDecoder.ENCODED_LENGTH;
        nextOffset = eventOffset + header.blockLength();
        index++;
        if (nextOffset > recordEnd) {
            throw new ProjectionRefused("record " + sequence() + ": event " + index + " reaches beyond the record");
        }
        return true;
    }

    int templateId() {
        return header.templateId();
    }

    int blockLength() {
        return header.blockLength();
    }

    int version() {
        return header.version();
    }

    DirectBuffer buffer() {
        return buffer;
    }

    /** Offset of the message, behind its header. */
    int offset() {
        return eventOffset;
    }

    /** Place of the event in its record, from 0. */
    int index() {
        return index;
    }

    long sequence() {
        return buffer.getLong(recordOffset + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    long timestampMs() {
        return buffer.getLong(recordOffset + RecordDescriptor.TIMESTAMP_OFFSET, LITTLE_ENDIAN);
    }

    int outcome() {
        return Short.toUnsignedInt(buffer.getShort(recordOffset + RecordDescriptor.OUTCOME_OFFSET, LITTLE_ENDIAN));
    }

    long keyHi() {
        return buffer.getLong(recordOffset + RecordDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN);
    }

    long keyLo() {
        return buffer.getLong(recordOffset + RecordDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN);
    }

    long principalId() {
        return buffer.getLong(recordOffset + RecordDescriptor.PRINCIPAL_ID_OFFSET, LITTLE_ENDIAN);
    }

    int principalKind() {
        return Byte.toUnsignedInt(buffer.getByte(recordOffset + RecordDescriptor.PRINCIPAL_KIND_OFFSET));
    }

    /** Circuit of the command; 0 for the installation and for ticks. */
    int circuitId() {
        return buffer.getInt(recordOffset + RecordDescriptor.CIRCUIT_ID_OFFSET, LITTLE_ENDIAN);
    }

    int commandTemplateId() {
        return Short.toUnsignedInt(
                buffer.getShort(recordOffset + RecordDescriptor.COMMAND_TEMPLATE_OFFSET, LITTLE_ENDIAN));
    }
}

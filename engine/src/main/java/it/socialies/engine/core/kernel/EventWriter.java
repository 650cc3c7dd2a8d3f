// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/**
 * Writes the events of the record at hand and applies each as soon as it is complete, so that what is decided next sees its effect.
 *
 * <p>Use: {@code writer.start(encoder).field(…)…; writer.end();}. Everything that may refuse a command is checked before its first event.
 */
public final class EventWriter {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[RecordDescriptor.MAX_RECORD_LENGTH]);
    private final EventApplier applier;
    private final RecordContext record;
    private int position;
    private int startedAt;
    private int templateId;
    private int blockLength;
    private int version;

    /** A writer whose events go to {@code applier}. */
    public EventWriter(final EventApplier applier, final RecordContext record) {
        this.applier = applier;
        this.record = record;
    }

    /** Forgets the record before and leaves room for a new header. */
    public void beginRecord() {
        position = RecordDescriptor.HEADER_LENGTH;
    }

    /** Starts an event; every field of it must be set before {@link #end()}. */
    public <E extends MessageEncoderFlyweight> E start(final E event) {
        blockLength = event.sbeBlockLength();
        templateId = event.sbeTemplateId();
        version = event.sbeSchemaVersion();
        header.wrap(buffer, position)
                .blockLength(blockLength)
                .templateId(templateId)
                .schemaId(event.sbeSchemaId())
                .version(version);
        startedAt = position + MessageHeaderEncoder.ENCODED_LENGTH;
        event.wrap(buffer, startedAt);
        return event;
    }

    /** Completes the event last started and applies it. */
    public void end() {
        position = startedAt + blockLength;
        applier.apply(templateId, buffer, startedAt, blockLength, version, record);
    }

    /** True when the record at hand has at least one event. */
    public boolean hasEvents() {
        return position > RecordDescriptor.HEADER_LENGTH;
    }

    /** True while another item of a bounded step surely fits into the record at hand. */
    public boolean hasRoom() {
        return position < RecordDescriptor.MAX_RECORD_LENGTH / 2;
    }

    /** Bytes of the record so far, header included. */
    public int length() {
        return position;
    }

    /** The record at hand, from offset 0. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }
}

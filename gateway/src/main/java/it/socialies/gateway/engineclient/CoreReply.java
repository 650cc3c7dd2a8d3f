// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.engineclient;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.ReplyFrameDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;
import org.jspecify.annotations.Nullable;

/** An answer of the core, copied off its ring. Immutable; decoders that wrap its bytes stay valid as long as it lives. */
public final class CoreReply {
    /** Hears of the messages of a reply, in order. */
    @FunctionalInterface
    public interface MessageVisitor {
        void onMessage(int templateId, DirectBuffer buffer, int offset, int blockLength, int version);
    }

    private final int kind;
    private final ResultCode code;
    private final long sequence;
    private final DirectBuffer body;

    CoreReply(int kind, ResultCode code, long sequence, byte[] body) {
        this.kind = kind;
        this.code = code;
        this.body = new UnsafeBuffer(body);
        this.sequence = isRecord() ? this.body.getLong(RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN) : sequence;
    }

    public ResultCode code() {
        return code;
    }

    public boolean isOk() {
        return code == ResultCode.OK;
    }

    /** The record's own sequence, or the sequence a view holds at. */
    public long sequence() {
        return sequence;
    }

    /** True when the key was known and this is its answer again. */
    public boolean isHit() {
        return kind == ReplyFrameDescriptor.KIND_RECORD_HIT;
    }

    /** True for a journaled answer: it has a stamp and events. */
    public boolean isRecord() {
        return kind == ReplyFrameDescriptor.KIND_RECORD || kind == ReplyFrameDescriptor.KIND_RECORD_HIT;
    }

    /** Stamp of the record, milliseconds since the epoch. */
    public long timestampMs() {
        return body.getLong(RecordDescriptor.TIMESTAMP_OFFSET, LITTLE_ENDIAN);
    }

    /** Walks over the events of a record, or the messages of an answer. */
    public void forEachMessage(MessageVisitor visitor) {
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        int offset = isRecord() ? RecordDescriptor.HEADER_LENGTH : 0;
        int end = isRecord() ? body.getInt(RecordDescriptor.LENGTH_OFFSET, LITTLE_ENDIAN) : body.capacity();
        while (offset + MessageHeaderDecoder.ENCODED_LENGTH <= end) {
            header.wrap(body, offset);
            int message = offset + MessageHeaderDecoder.ENCODED_LENGTH;
            visitor.onMessage(header.templateId(), body, message, header.blockLength(), header.version());
            offset = message + MessageLengths.of(header.templateId(), body, message, header.blockLength());
        }
    }

    /** The first message of the decoder's type, or null. */
    public <D extends MessageDecoderFlyweight> @Nullable D find(D decoder) {
        boolean[] found = new boolean[1];
        forEachMessage((templateId, buffer, offset, blockLength, version) -> {
            if (!found[0] && templateId == decoder.sbeTemplateId()) {
                decoder.wrap(buffer, offset, blockLength, version);
                found[0] = true;
            }
        });
        return found[0] ? decoder : null;
    }

    /**
     * The first message of the decoder's type.
     *
     * @throws IllegalStateException when the core broke its word and the reply has none
     */
    public <D extends MessageDecoderFlyweight> D get(D decoder) {
        D message = find(decoder);
        if (message == null) {
            throw new IllegalStateException("the reply at " + sequence + " has no message " + decoder.sbeTemplateId());
        }
        return message;
    }
}

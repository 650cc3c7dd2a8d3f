// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/** What the core gave for one command, copied and decoded. */
public final class Answer {
    enum Kind {
        RECORD,
        ANSWER,
        DUPLICATE
    }

    private final Kind kind;
    private final ResultCode code;
    private final long sequence;
    private final DirectBuffer bytes;
    private final List<MessageDecoderFlyweight> messages;

    private Answer(
            final Kind kind,
            final ResultCode code,
            final long sequence,
            final DirectBuffer bytes,
            final List<MessageDecoderFlyweight> messages) {
        this.kind = kind;
        this.code = code;
        this.sequence = sequence;
        this.bytes = bytes;
        this.messages = messages;
    }

    static Answer record(final long sequence, final ResultCode code, final DirectBuffer copy) {
        final int header = RecordDescriptor.HEADER_LENGTH;
        return new Answer(Kind.RECORD, code, sequence, copy, Messages.read(copy, header, copy.capacity() - header));
    }

    static Answer answer(final long sequence, final ResultCode code, final DirectBuffer copy) {
        return new Answer(Kind.ANSWER, code, sequence, copy, Messages.read(copy, 0, copy.capacity()));
    }

    static Answer duplicate(final long sequence) {
        return new Answer(Kind.DUPLICATE, ResultCode.OK, sequence, new UnsafeBuffer(new byte[0]), List.of());
    }

    public Kind kind() {
        return kind;
    }

    public boolean isRecord() {
        return kind == Kind.RECORD;
    }

    public boolean isExecuted() {
        return kind == Kind.RECORD && code == ResultCode.OK;
    }

    public ResultCode code() {
        return code;
    }

    public long sequence() {
        return sequence;
    }

    /** The record, or the body of the answer. */
    public DirectBuffer bytes() {
        return bytes;
    }

    public List<MessageDecoderFlyweight> messages() {
        return messages;
    }

    public List<String> names() {
        return messages.stream().map(Messages::nameOf).toList();
    }

    /** The only message of this type. */
    public <T extends MessageDecoderFlyweight> T one(final Class<T> type) {
        final List<T> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError("not one " + type.getSimpleName() + " in " + this);
        }
        return found.getFirst();
    }

    public <T extends MessageDecoderFlyweight> List<T> all(final Class<T> type) {
        return messages.stream().filter(type::isInstance).map(type::cast).toList();
    }

    public boolean has(final Class<? extends MessageDecoderFlyweight> type) {
        return messages.stream().anyMatch(type::isInstance);
    }

    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(kind + " " + code + " at " + sequence);
        messages.forEach(message -> text.append("\n  ").append(message));
        return text.toString();
    }
}

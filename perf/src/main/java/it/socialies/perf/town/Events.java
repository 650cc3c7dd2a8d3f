// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/** The events of one record, copied out of the buffer it came in. */
public final class Events {
    private final UnsafeBuffer record;

    Events(DirectBuffer buffer, int offset, int length) {
        byte[] copy = new byte[length];
        buffer.getBytes(offset, copy);
        record = new UnsafeBuffer(copy);
    }

    /** What {@code value} reads from the only event of this kind. */
    public <D extends MessageDecoderFlyweight, T> T one(D decoder, Function<D, T> value) {
        List<T> found = all(decoder, value);
        if (found.size() != 1) {
            throw new IllegalStateException(
                    found.size() + " events of " + decoder.getClass().getSimpleName());
        }
        return found.getFirst();
    }

    /** What {@code value} reads from each event of this kind, in order. */
    public <D extends MessageDecoderFlyweight, T> List<T> all(D decoder, Function<D, T> value) {
        List<T> found = new ArrayList<>();
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        int at = RecordDescriptor.HEADER_LENGTH;
        while (at < record.capacity()) {
            header.wrap(record, at);
            at += MessageHeaderDecoder.ENCODED_LENGTH;
            if (header.templateId() == decoder.sbeTemplateId()) {
                decoder.wrap(record, at, header.blockLength(), header.version());
                found.add(value.apply(decoder));
            }
            at += header.blockLength();
        }
        return found;
    }
}

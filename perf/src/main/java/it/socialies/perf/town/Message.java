// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import java.util.function.Consumer;
import org.agrona.MutableDirectBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/** A command that can write itself. */
@FunctionalInterface
public interface Message {
    /** Writes the SBE header and the message; returns the length of both in bytes. */
    int write(MutableDirectBuffer buffer, int offset);

    /** @param fields sets every field of the encoder, which then lies over the message */
    static <E extends MessageEncoderFlyweight> Message of(E encoder, Consumer<E> fields) {
        return (buffer, offset) -> {
            new MessageHeaderEncoder()
                    .wrap(buffer, offset)
                    .blockLength(encoder.sbeBlockLength())
                    .templateId(encoder.sbeTemplateId())
                    .schemaId(encoder.sbeSchemaId())
                    .version(encoder.sbeSchemaVersion());
            int body = offset + MessageHeaderEncoder.ENCODED_LENGTH;
            buffer.setMemory(body, encoder.sbeBlockLength(), (byte) 0);
            encoder.wrap(buffer, body);
            fields.accept(encoder);
            return MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        };
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.queries;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;

/** Writes the one view that answers a query. */
public final class AnswerWriter {
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[RecordDescriptor.MAX_RECORD_LENGTH]);
    private int length;

    /** Forgets the answer before. */
    public void begin() {
        length = 0;
    }

    /** Starts the view; {@link #end} must follow. */
    <E extends MessageEncoderFlyweight> E start(final E view) {
        header.wrap(buffer, 0)
                .blockLength(view.sbeBlockLength())
                .templateId(view.sbeTemplateId())
                .schemaId(view.sbeSchemaId())
                .version(view.sbeSchemaVersion());
        view.wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH);
        return view;
    }

    void end(final MessageEncoderFlyweight view) {
        length = view.limit();
    }

    /** The answer, from offset 0. */
    public MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Bytes of the answer; 0 when there is none. */
    public int length() {
        return length;
    }
}

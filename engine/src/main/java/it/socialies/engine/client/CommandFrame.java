// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.MessageHeaderEncoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageEncoderFlyweight;
import org.jspecify.annotations.Nullable;

/**
 * One command being written: who asks, under which key, and the message. Reusable after {@link EngineClient#submit}, which copies it.
 *
 * <pre>{@code
 * frame.from(PrincipalKind.TERMINAL, terminalId, circuitId).key(keyHi, keyLo);
 * frame.message(pay).billTotal(1250).eligibleAmount(1250)...;
 * boolean entered = client.submit(frame, handler);
 * }</pre>
 *
 * <p>Threading: one thread at a time; keep one per thread.
 */
public final class CommandFrame {
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CommandFrameDescriptor.MAX_FRAME_LENGTH]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Fingerprint fingerprint = new Fingerprint();
    private @Nullable MessageEncoderFlyweight encoder;
    private int messageLength;

    /** Starts a new frame: forgets key, flags and message of the one before. */
    public CommandFrame from(PrincipalKind kind, long principalId, int circuitId) {
        buffer.setMemory(0, CommandFrameDescriptor.MESSAGE_OFFSET, (byte) 0);
        buffer.putByte(CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET, (byte) kind.value());
        buffer.putLong(CommandFrameDescriptor.PRINCIPAL_ID_OFFSET, principalId, LITTLE_ENDIAN);
        buffer.putInt(CommandFrameDescriptor.CIRCUIT_ID_OFFSET, circuitId, LITTLE_ENDIAN);
        encoder = null;
        messageLength = 0;
        return this;
    }

    /** The idempotency key, a UUIDv7; queries and keyless commands have none. */
    public CommandFrame key(long keyHi, long keyLo) {
        buffer.putLong(CommandFrameDescriptor.KEY_HI_OFFSET, keyHi, LITTLE_ENDIAN);
        buffer.putLong(CommandFrameDescriptor.KEY_LO_OFFSET, keyLo, LITTLE_ENDIAN);
        return this;
    }

    /** Asks what would happen, and changes nothing. */
    public CommandFrame dryRun() {
        buffer.putByte(CommandFrameDescriptor.FLAGS_OFFSET, (byte) CommandFrameDescriptor.DRY_RUN_FLAG);
        return this;
    }

    /** Puts the message header of this encoder and wraps it over the message; set every field afterwards. */
    public <E extends MessageEncoderFlyweight> E message(E messageEncoder) {
        header.wrap(buffer, CommandFrameDescriptor.MESSAGE_OFFSET)
                .blockLength(messageEncoder.sbeBlockLength())
                .templateId(messageEncoder.sbeTemplateId())
                .schemaId(messageEncoder.sbeSchemaId())
                .version(messageEncoder.sbeSchemaVersion());
        int bodyOffset = CommandFrameDescriptor.MESSAGE_OFFSET + MessageHeaderEncoder.ENCODED_LENGTH;
        buffer.setMemory(bodyOffset, messageEncoder.sbeBlockLength(), (byte) 0);
        messageEncoder.wrap(buffer, bodyOffset);
        encoder = messageEncoder;
        return messageEncoder;
    }

    /** Copies a message that is already encoded, SBE header included, for instance by a test or the command line. */
    public CommandFrame message(DirectBuffer source, int offset, int length) {
        buffer.putBytes(CommandFrameDescriptor.MESSAGE_OFFSET, source, offset, length);
        encoder = null;
        messageLength = length;
        return this;
    }

    /** Template id of the message. */
    public int templateId() {
        return buffer.getShort(
                        CommandFrameDescriptor.MESSAGE_OFFSET + MessageHeaderDecoder.templateIdEncodingOffset(),
                        LITTLE_ENDIAN)
                & 0xFFFF;
    }

    long keyHi() {
        return buffer.getLong(CommandFrameDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN);
    }

    boolean hasKey() {
        return keyHi() != 0 || buffer.getLong(CommandFrameDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN) != 0;
    }

    /** Completes the frame: fingerprint, correlation, gateway. Returns the length in bytes; {@link #buffer} holds it from offset 0. */
    int seal(int gatewayId) {
        int length = encoder == null ? messageLength : MessageHeaderEncoder.ENCODED_LENGTH + encoder.encodedLength();
        if (length < MessageHeaderDecoder.ENCODED_LENGTH) {
            throw new IllegalStateException("a frame without a message");
        }
        buffer.putShort(CommandFrameDescriptor.GATEWAY_ID_OFFSET, (short) gatewayId, LITTLE_ENDIAN);
        if (hasKey()) {
            fingerprint.compute(
                    buffer.getByte(CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET) & 0xFF,
                    buffer.getLong(CommandFrameDescriptor.PRINCIPAL_ID_OFFSET, LITTLE_ENDIAN),
                    buffer.getInt(CommandFrameDescriptor.CIRCUIT_ID_OFFSET, LITTLE_ENDIAN),
                    buffer,
                    CommandFrameDescriptor.MESSAGE_OFFSET,
                    length);
            buffer.putLong(CommandFrameDescriptor.FINGERPRINT_HI_OFFSET, fingerprint.hi(), LITTLE_ENDIAN);
            buffer.putLong(CommandFrameDescriptor.FINGERPRINT_LO_OFFSET, fingerprint.lo(), LITTLE_ENDIAN);
        }
        return CommandFrameDescriptor.MESSAGE_OFFSET + length;
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.CommandFrameDescriptor;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A command frame as plain values.
 *
 * @param principalKind the number in the frame, which may be none that {@code PrincipalKind} names
 * @param command the message; null when the frame holds no whole message of the schema
 * @param templateId what the frame says its message is; 0 when it is too short to say
 */
public record Frame(
        Key key,
        long fingerprintHi,
        long fingerprintLo,
        int principalKind,
        long principalId,
        int circuitId,
        boolean isDryRun,
        int templateId,
        @Nullable Message command) {

    /** An idempotency key in two halves. */
    public record Key(long hi, long lo) {
        static final Key NONE = new Key(0, 0);

        boolean isNone() {
            return hi == 0 && lo == 0;
        }

        /** Milliseconds since the epoch: the first 48 bits of a UUIDv7. */
        long timeMs() {
            return hi >>> 16;
        }
    }

    static Frame read(DirectBuffer buffer, int offset, int length) {
        int messageOffset = offset + CommandFrameDescriptor.MESSAGE_OFFSET;
        if (length < CommandFrameDescriptor.MESSAGE_OFFSET) {
            return new Frame(Key.NONE, 0, 0, 0, 0, 0, false, 0, null);
        }
        ProtocolSchema.Decoded decoded = ProtocolSchema.IES.decode(buffer, messageOffset, offset + length);
        boolean saysWhat = length >= CommandFrameDescriptor.MESSAGE_OFFSET + 4;
        return new Frame(
                new Key(
                        longAt(buffer, offset + CommandFrameDescriptor.KEY_HI_OFFSET),
                        longAt(buffer, offset + CommandFrameDescriptor.KEY_LO_OFFSET)),
                longAt(buffer, offset + CommandFrameDescriptor.FINGERPRINT_HI_OFFSET),
                longAt(buffer, offset + CommandFrameDescriptor.FINGERPRINT_LO_OFFSET),
                buffer.getByte(offset + CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET) & 0xFF,
                longAt(buffer, offset + CommandFrameDescriptor.PRINCIPAL_ID_OFFSET),
                buffer.getInt(offset + CommandFrameDescriptor.CIRCUIT_ID_OFFSET, LITTLE_ENDIAN),
                (buffer.getByte(offset + CommandFrameDescriptor.FLAGS_OFFSET) & CommandFrameDescriptor.DRY_RUN_FLAG)
                        != 0,
                saysWhat ? buffer.getShort(messageOffset + 2, LITTLE_ENDIAN) & 0xFFFF : 0,
                decoded != null && decoded.message().isDefinite() ? decoded.message() : null);
    }

    private static long longAt(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset, LITTLE_ENDIAN);
    }
}

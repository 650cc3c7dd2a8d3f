// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.GroupSizeEncodingDecoder;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.sbe.MessageDecoderFlyweight;

/** The command at hand: who sent it, for which circuit, under which key, when, and its message. */
public final class CommandContext {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final GroupSizeEncodingDecoder groupSize = new GroupSizeEncodingDecoder();
    private DirectBuffer buffer = new UnsafeBuffer(new byte[0]);
    private int offset;
    private int length;
    private long timestampMs;
    private int epochDay;

    /** Moves to another frame; false when it is too short to hold a message. */
    public boolean wrap(
            final long timestampMs, final int epochDay, final DirectBuffer buffer, final int offset, final int length) {
        this.timestampMs = timestampMs;
        this.epochDay = epochDay;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        if (length < CommandFrameDescriptor.MESSAGE_OFFSET + MessageHeaderDecoder.ENCODED_LENGTH) {
            return false;
        }
        header.wrap(buffer, offset + CommandFrameDescriptor.MESSAGE_OFFSET);
        return header.schemaId() == MessageHeaderDecoder.SCHEMA_ID && messageLength() >= header.blockLength();
    }

    /** Wraps the decoder around the message of the frame. */
    public <D extends MessageDecoderFlyweight> D read(final D decoder) {
        decoder.wrap(buffer, messageStart(), header.blockLength(), header.version());
        return decoder;
    }

    /** Template id of the command or query. */
    public int templateId() {
        return header.templateId();
    }

    /** Bytes of the message behind its SBE header. */
    public int messageLength() {
        return length - CommandFrameDescriptor.MESSAGE_OFFSET - MessageHeaderDecoder.ENCODED_LENGTH;
    }

    /** Bytes of the fixed fields of the message. */
    int blockLength() {
        return header.blockLength();
    }

    /** A byte of the fixed fields. */
    int unsignedByteAt(final int messageOffset) {
        return buffer.getByte(messageStart() + messageOffset) & 0xFF;
    }

    /** True when the message holds its only group whole, with entries of at least this length. */
    boolean holdsGroup(final int minEntryLength) {
        final int room = messageLength() - header.blockLength() - GroupSizeEncodingDecoder.ENCODED_LENGTH;
        if (room < 0) {
            return false;
        }
        groupSize.wrap(buffer, messageStart() + header.blockLength());
        return groupSize.blockLength() >= minEntryLength
                && (long) groupSize.blockLength() * groupSize.numInGroup() <= room;
    }

    private int messageStart() {
        return offset + CommandFrameDescriptor.MESSAGE_OFFSET + MessageHeaderDecoder.ENCODED_LENGTH;
    }

    /** Stamp, in milliseconds since the epoch. */
    public long timestampMs() {
        return timestampMs;
    }

    /** Europe/Rome date of the stamp, in days since the epoch. */
    public int epochDay() {
        return epochDay;
    }

    /** First half of the idempotency key; both halves 0: none. */
    public long keyHi() {
        return buffer.getLong(offset + CommandFrameDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN);
    }

    /** Second half of the idempotency key. */
    public long keyLo() {
        return buffer.getLong(offset + CommandFrameDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN);
    }

    /** True when the frame names an idempotency key. */
    public boolean hasKey() {
        return (keyHi() | keyLo()) != 0;
    }

    /** First half of the fingerprint of the canonical command. */
    public long fingerprintHi() {
        return buffer.getLong(offset + CommandFrameDescriptor.FINGERPRINT_HI_OFFSET, LITTLE_ENDIAN);
    }

    /** Second half of the fingerprint. */
    public long fingerprintLo() {
        return buffer.getLong(offset + CommandFrameDescriptor.FINGERPRINT_LO_OFFSET, LITTLE_ENDIAN);
    }

    /** Operator, terminal or card id, by {@link #principalKindValue()}. */
    public long principalId() {
        return buffer.getLong(offset + CommandFrameDescriptor.PRINCIPAL_ID_OFFSET, LITTLE_ENDIAN);
    }

    /** Kind of the principal, as in the frame; see {@link PrincipalKind}. */
    public int principalKindValue() {
        return buffer.getByte(offset + CommandFrameDescriptor.PRINCIPAL_KIND_OFFSET);
    }

    /** True when the principal is of this kind. */
    public boolean isFrom(final PrincipalKind kind) {
        return principalKindValue() == kind.value();
    }

    /** Circuit the command is for; 0 for the installation. */
    public int circuitId() {
        return buffer.getInt(offset + CommandFrameDescriptor.CIRCUIT_ID_OFFSET, LITTLE_ENDIAN);
    }

    /** True when nothing may change: all checks, no events. */
    public boolean isDryRun() {
        return (buffer.getByte(offset + CommandFrameDescriptor.FLAGS_OFFSET) & CommandFrameDescriptor.DRY_RUN_FLAG)
                != 0;
    }
}

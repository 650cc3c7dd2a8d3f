// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.time.Instant;
import java.util.UUID;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the header of a record in place. */
public final class RecordView {
    private DirectBuffer buffer = new UnsafeBuffer(0, 0);
    private int offset;

    RecordView wrap(DirectBuffer newBuffer, int newOffset) {
        buffer = newBuffer;
        offset = newOffset;
        return this;
    }

    public long sequence() {
        return buffer.getLong(offset + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    public Instant time() {
        return Instant.ofEpochMilli(buffer.getLong(offset + RecordDescriptor.TIMESTAMP_OFFSET, LITTLE_ENDIAN));
    }

    public ResultCode outcome() {
        return ResultCode.get(
                Short.toUnsignedInt(buffer.getShort(offset + RecordDescriptor.OUTCOME_OFFSET, LITTLE_ENDIAN)));
    }

    /** The idempotency key; all zeros for ticks and keyless commands. */
    public UUID key() {
        return new UUID(
                buffer.getLong(offset + RecordDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN),
                buffer.getLong(offset + RecordDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN));
    }

    public PrincipalKind principalKind() {
        return PrincipalKind.get(
                (short) Byte.toUnsignedInt(buffer.getByte(offset + RecordDescriptor.PRINCIPAL_KIND_OFFSET)));
    }

    public long principalId() {
        return buffer.getLong(offset + RecordDescriptor.PRINCIPAL_ID_OFFSET, LITTLE_ENDIAN);
    }

    public int circuitId() {
        return buffer.getInt(offset + RecordDescriptor.CIRCUIT_ID_OFFSET, LITTLE_ENDIAN);
    }

    /** Template id of the command, 0 for a tick. */
    public int commandTemplateId() {
        return Short.toUnsignedInt(buffer.getShort(offset + RecordDescriptor.COMMAND_TEMPLATE_OFFSET, LITTLE_ENDIAN));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** A record as {@code ops/docs/format.md} lays it out, read and checked: length, CRC, rules version, header, events. */
record ReadRecord(Outcome.Recorded recorded) {
    private static final int CRC_FROM = 8;
    private static final int RULES_VERSION = 1;
    private static final int RESERVED_OFFSET = 79;

    static ReadRecord of(DirectBuffer buffer, int offset, int length) {
        requireSound(buffer, offset, length);
        return new ReadRecord(new Outcome.Recorded(
                longAt(buffer, offset + RecordDescriptor.SEQUENCE_OFFSET),
                longAt(buffer, offset + RecordDescriptor.TIMESTAMP_OFFSET),
                buffer.getInt(offset + RecordDescriptor.EPOCH_DAY_OFFSET, LITTLE_ENDIAN),
                ResultCode.get(shortAt(buffer, offset + RecordDescriptor.OUTCOME_OFFSET)),
                new Frame.Key(
                        longAt(buffer, offset + RecordDescriptor.KEY_HI_OFFSET),
                        longAt(buffer, offset + RecordDescriptor.KEY_LO_OFFSET)),
                longAt(buffer, offset + RecordDescriptor.FINGERPRINT_HI_OFFSET),
                longAt(buffer, offset + RecordDescriptor.FINGERPRINT_LO_OFFSET),
                buffer.getByte(offset + RecordDescriptor.PRINCIPAL_KIND_OFFSET) & 0xFF,
                longAt(buffer, offset + RecordDescriptor.PRINCIPAL_ID_OFFSET),
                buffer.getInt(offset + RecordDescriptor.CIRCUIT_ID_OFFSET, LITTLE_ENDIAN),
                shortAt(buffer, offset + RecordDescriptor.COMMAND_TEMPLATE_OFFSET),
                ProtocolSchema.IES.decodeAll(buffer, offset + RecordDescriptor.HEADER_LENGTH, offset + length)));
    }

    private static void requireSound(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        CRC32C crc = new CRC32C();
        crc.update(bytes, CRC_FROM, length - CRC_FROM);
        boolean isSound = buffer.getInt(offset + RecordDescriptor.LENGTH_OFFSET, LITTLE_ENDIAN) == length
                && length <= RecordDescriptor.MAX_RECORD_LENGTH
                && buffer.getInt(offset + RecordDescriptor.CRC_OFFSET, LITTLE_ENDIAN) == (int) crc.getValue()
                && shortAt(buffer, offset + RecordDescriptor.RULES_VERSION_OFFSET) == RULES_VERSION
                && buffer.getByte(offset + RESERVED_OFFSET) == 0;
        if (!isSound) {
            throw new AuditFailed("length, CRC, rules version or reserved byte of the record of "
                    + longAt(buffer, offset + RecordDescriptor.SEQUENCE_OFFSET));
        }
    }

    private static int shortAt(DirectBuffer buffer, int offset) {
        return buffer.getShort(offset, LITTLE_ENDIAN) & 0xFFFF;
    }

    private static long longAt(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset, LITTLE_ENDIAN);
    }
}

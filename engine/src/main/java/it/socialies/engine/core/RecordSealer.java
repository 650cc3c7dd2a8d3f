// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.zip.CRC32C;
import org.agrona.MutableDirectBuffer;

/** Writes the header around the events of a record and seals it with its CRC. */
final class RecordSealer {
    private final CRC32C crc = new CRC32C();
    private final short rulesVersion;

    RecordSealer(final int rulesVersion) {
        this.rulesVersion = (short) rulesVersion;
    }

    void seal(
            final MutableDirectBuffer record,
            final int length,
            final long sequence,
            final long timestampMs,
            final int epochDay,
            final ResultCode outcome,
            final long keyHi,
            final long keyLo,
            final long fingerprintHi,
            final long fingerprintLo,
            final long principalId,
            final int circuitId,
            final int commandTemplateId,
            final int principalKind) {
        record.putInt(RecordDescriptor.LENGTH_OFFSET, length, LITTLE_ENDIAN);
        record.putLong(RecordDescriptor.SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        record.putLong(RecordDescriptor.TIMESTAMP_OFFSET, timestampMs, LITTLE_ENDIAN);
        record.putInt(RecordDescriptor.EPOCH_DAY_OFFSET, epochDay, LITTLE_ENDIAN);
        record.putShort(RecordDescriptor.OUTCOME_OFFSET, (short) outcome.value(), LITTLE_ENDIAN);
        record.putShort(RecordDescriptor.RULES_VERSION_OFFSET, rulesVersion, LITTLE_ENDIAN);
        record.putLong(RecordDescriptor.KEY_HI_OFFSET, keyHi, LITTLE_ENDIAN);
        record.putLong(RecordDescriptor.KEY_LO_OFFSET, keyLo, LITTLE_ENDIAN);
        record.putLong(RecordDescriptor.FINGERPRINT_HI_OFFSET, fingerprintHi, LITTLE_ENDIAN);
        record.putLong(RecordDescriptor.FINGERPRINT_LO_OFFSET, fingerprintLo, LITTLE_ENDIAN);
        record.putLong(RecordDescriptor.PRINCIPAL_ID_OFFSET, principalId, LITTLE_ENDIAN);
        record.putInt(RecordDescriptor.CIRCUIT_ID_OFFSET, circuitId, LITTLE_ENDIAN);
        record.putShort(RecordDescriptor.COMMAND_TEMPLATE_OFFSET, (short) commandTemplateId, LITTLE_ENDIAN);
        record.putShort(RecordDescriptor.PRINCIPAL_KIND_OFFSET, (short) principalKind, LITTLE_ENDIAN);
        crc.reset();
        crc.update(record.byteArray(), RecordDescriptor.SEQUENCE_OFFSET, length - RecordDescriptor.SEQUENCE_OFFSET);
        record.putInt(RecordDescriptor.CRC_OFFSET, (int) crc.getValue(), LITTLE_ENDIAN);
    }
}

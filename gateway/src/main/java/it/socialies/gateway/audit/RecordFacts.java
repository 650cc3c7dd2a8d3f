// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.audit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.CardIssuedDecoder;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.engine.protocol.sbe.PinSetDecoder;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.protocol.sbe.TerminalRegisteredDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/** What the header of a journaled record says, and whether its body carries a secret. Immutable, as long as nobody changes the bytes. */
final class RecordFacts {
    /** Events with card tokens, PIN verifiers, enrolment codes: such a record is never handed out. */
    private static final Set<Integer> SECRET =
            Set.of(CardIssuedDecoder.TEMPLATE_ID, PinSetDecoder.TEMPLATE_ID, TerminalRegisteredDecoder.TEMPLATE_ID);

    private static final byte LEAF = 0;

    private final UnsafeBuffer record;

    RecordFacts(byte[] record) {
        this.record = new UnsafeBuffer(record);
    }

    long sequence() {
        return record.getLong(RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    long timestampMs() {
        return record.getLong(RecordDescriptor.TIMESTAMP_OFFSET, LITTLE_ENDIAN);
    }

    ResultCode outcome() {
        return ResultCode.get(record.getShort(RecordDescriptor.OUTCOME_OFFSET, LITTLE_ENDIAN) & 0xFFFF);
    }

    /** 0 for what concerns the installation, or several circuits. */
    int circuitId() {
        return record.getInt(RecordDescriptor.CIRCUIT_ID_OFFSET, LITTLE_ENDIAN);
    }

    boolean carriesSecret() {
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        int at = RecordDescriptor.HEADER_LENGTH;
        while (at < record.capacity()) {
            header.wrap(record, at);
            if (SECRET.contains(header.templateId())) {
                return true;
            }
            at += MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
        }
        return false;
    }

    /** The leaf of the Merkle tree: SHA-256 over 0x00 and the record, hexadecimal. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(LEAF);
            digest.update(record.byteArray());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import it.socialies.gateway.security.AesGcm;
import it.socialies.gateway.security.Refusal;
import it.socialies.gateway.security.RefusalCode;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of one person, for as long as a request lasts. What it seals is bound to circuit, record, kind and version: in another row, or put back from an earlier version, it does
 * not open. Prints as nothing.
 */
final class PersonKey {
    static final int LENGTH_BYTES = 32;

    /** What is sealed. The numbers are part of what is sealed: never change one. */
    enum Kind {
        RECORD(1),
        ELIGIBILITY(2),
        REQUEST(3),
        APPLICATION(4),
        REPORT(5),
        STATEMENT(6);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    private final int circuitId;
    private final long recordId;
    private final SecretKey key;
    private final SecureRandom random;

    /** @param key 32 bytes */
    PersonKey(int circuitId, long recordId, byte[] key, SecureRandom random) {
        if (key.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a person's key has 32 bytes");
        }
        this.circuitId = circuitId;
        this.recordId = recordId;
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /** @param version of the row: a number that never comes again with the same kind and other content */
    byte[] seal(Kind kind, long version, byte[] plain) {
        return AesGcm.seal(key, random, associated(kind, version), plain);
    }

    /** @throws Refusal {@code PEOPLE_KEYS_UNREADABLE} when key, row and place do not belong together */
    byte[] open(Kind kind, long version, byte[] sealed) {
        try {
            return AesGcm.open(key, associated(kind, version), sealed);
        } catch (GeneralSecurityException e) {
            throw new Refusal(RefusalCode.PEOPLE_KEYS_UNREADABLE);
        }
    }

    private byte[] associated(Kind kind, long version) {
        return ByteBuffer.allocate(Byte.BYTES + Integer.BYTES + 2 * Long.BYTES)
                .put(kind.code)
                .putInt(circuitId)
                .putLong(recordId)
                .putLong(version)
                .array();
    }

    /** Whose key a wrapped one is. */
    static byte[] owner(int circuitId, long recordId) {
        return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(circuitId)
                .putLong(recordId)
                .array();
    }

    @Override
    public String toString() {
        return "PersonKey[redacted]";
    }
}

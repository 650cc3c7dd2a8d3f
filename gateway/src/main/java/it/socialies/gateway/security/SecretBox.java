// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * Keeps short secrets readable for this installation and nobody else: {@link AesGcm} under a key of its own. A sealed secret is the version of the key (1 byte) and what
 * that makes, and is bound to whom it belongs, so that moved to somebody else's row it does not open. A few thousand secrets lie far below what random nonces bear. May be
 * called from any thread.
 */
public final class SecretBox {
    private final KeyRing ring;
    private final SecureRandom random;

    public SecretBox(KeyRing ring, SecureRandom random) {
        this.ring = ring;
        this.random = random;
    }

    /** @param ownerId whom the secret belongs to */
    public byte[] seal(byte[] secret, long ownerId) {
        byte version = (byte) ring.currentVersion();
        byte[] sealed = AesGcm.seal(ring.current(), random, associated(version, ownerId), secret);
        return ByteBuffer.allocate(1 + sealed.length).put(version).put(sealed).array();
    }

    /** @throws GeneralSecurityException when it was sealed under another key, for somebody else, or altered */
    public byte[] open(byte[] sealed, long ownerId) throws GeneralSecurityException {
        if (sealed.length == 0) {
            throw new GeneralSecurityException("too short");
        }
        byte version = sealed[0];
        SecretKey key = ring.key(Byte.toUnsignedInt(version));
        if (key == null) {
            throw new GeneralSecurityException("under a key that is not here");
        }
        return AesGcm.open(key, associated(version, ownerId), Arrays.copyOfRange(sealed, 1, sealed.length));
    }

    /** Whether the newest key sealed it. */
    boolean isCurrent(byte[] sealed) {
        return Byte.toUnsignedInt(sealed[0]) == ring.currentVersion();
    }

    private static byte[] associated(byte version, long ownerId) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(version).putLong(ownerId).array();
    }
}

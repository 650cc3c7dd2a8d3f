// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps short secrets readable for this installation and nobody else: AES-256-GCM under a key of its own. A sealed secret is the version of the key (1 byte), a random
 * nonce (12), the ciphertext and the tag (16), and is bound to whom it belongs, so that moved to somebody else's row it does not open. A few thousand secrets lie far
 * below the 2^32 that random nonces bear (NIST SP 800-38D, 8.3). May be called from any thread.
 */
final class SecretBox {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing ring;
    private final SecureRandom random;

    SecretBox(KeyRing ring, SecureRandom random) {
        this.ring = ring;
        this.random = random;
    }

    /** @param ownerId whom the secret belongs to */
    byte[] seal(byte[] secret, long ownerId) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        byte version = (byte) ring.currentVersion();
        try {
            byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, ring.current(), version, nonce, ownerId)
                    .doFinal(secret);
            return ByteBuffer.allocate(1 + NONCE_LENGTH + ciphertext.length)
                    .put(version)
                    .put(nonce)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws GeneralSecurityException when it was sealed under another key, for somebody else, or altered */
    byte[] open(byte[] sealed, long ownerId) throws GeneralSecurityException {
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        if (sealed.length <= 1 + NONCE_LENGTH) {
            throw new GeneralSecurityException("too short");
        }
        byte version = buffer.get();
        byte[] nonce = new byte[NONCE_LENGTH];
        buffer.get(nonce);
        SecretKey key = ring.key(Byte.toUnsignedInt(version));
        if (key == null) {
            throw new GeneralSecurityException("under a key that is not here");
        }
        return cipher(Cipher.DECRYPT_MODE, key, version, nonce, ownerId)
                .doFinal(sealed, 1 + NONCE_LENGTH, buffer.remaining());
    }

    /** Whether the newest key sealed it. */
    boolean isCurrent(byte[] sealed) {
        return Byte.toUnsignedInt(sealed[0]) == ring.currentVersion();
    }

    private static Cipher cipher(int mode, SecretKey key, byte version, byte[] nonce, long ownerId)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key.getEncoded(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(ByteBuffer.allocate(1 + Long.BYTES)
                .put(version)
                .putLong(ownerId)
                .flip());
        return cipher;
    }
}

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
 * AES-256-GCM (NIST SP 800-38D) with a fresh random nonce each time: sealed is the nonce (12 bytes), the ciphertext and the tag (16). What goes with it in clear, such as
 * whose it is, is authenticated too. Random nonces bear 2^32 messages under one key (8.3). Stateless; may be called from any thread.
 */
public final class AesGcm {
    /** How much longer a sealed text is than what is in it. */
    public static final int OVERHEAD_BYTES = 28;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String ALGORITHM = "AES";
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;

    private AesGcm() {}

    /** @param associated authenticated and not encrypted */
    public static byte[] seal(SecretKey key, SecureRandom random, byte[] associated, byte[] plain) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        try {
            byte[] ciphertext =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plain);
            return ByteBuffer.allocate(NONCE_LENGTH + ciphertext.length)
                    .put(nonce)
                    .put(ciphertext)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws GeneralSecurityException when it was sealed under another key, with other associated data, or altered */
    public static byte[] open(SecretKey key, byte[] associated, byte[] sealed) throws GeneralSecurityException {
        if (sealed.length < OVERHEAD_BYTES) {
            throw new GeneralSecurityException("too short");
        }
        byte[] nonce = new byte[NONCE_LENGTH];
        System.arraycopy(sealed, 0, nonce, 0, NONCE_LENGTH);
        return cipher(Cipher.DECRYPT_MODE, key, nonce, associated)
                .doFinal(sealed, NONCE_LENGTH, sealed.length - NONCE_LENGTH);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, new SecretKeySpec(key.getEncoded(), ALGORITHM), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated);
        return cipher;
    }
}

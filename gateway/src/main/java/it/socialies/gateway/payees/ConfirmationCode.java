// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.payees;

import it.socialies.gateway.security.Crockford;
import it.socialies.gateway.security.KeyRing;
import it.socialies.gateway.security.KeyedHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the letter to a shop's old contact bears and what it tells back: eight characters that prove themselves, a MAC over the payee (HMAC-SHA-256, truncated to 40 bits, RFC 2104 section 5). With five tries a guess is right once in
 * 2 · 10^11. May be called from any thread.
 */
final class ConfirmationCode {
    static final int TRIES = 5;
    private static final int BYTES = 5;
    private static final byte[] USE = {1};

    private final KeyRing ring;

    ConfirmationCode(KeyRing ring) {
        this.ring = ring;
    }

    String of(long payeeId) {
        return Crockford.encode(mac(new KeyedHash(ring.current()), payeeId));
    }

    /** Read generously: small letters, spaces, hyphens, O for 0, I and L for 1. */
    boolean isOf(long payeeId, String typed) {
        String canonical = typed.toUpperCase(Locale.ROOT)
                .replace("-", "")
                .replace(" ", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        byte[] bytes = Crockford.decode(canonical, BYTES);
        if (bytes == null) {
            return false;
        }
        boolean isOurs = false;
        for (KeyedHash key : ring.hashes().values()) {
            isOurs |= MessageDigest.isEqual(mac(key, payeeId), bytes);
        }
        return isOurs;
    }

    private static byte[] mac(KeyedHash key, long payeeId) {
        byte[] name = ByteBuffer.allocate(Long.BYTES).putLong(payeeId).array();
        return Arrays.copyOf(key.bytes(USE, name), BYTES);
    }
}

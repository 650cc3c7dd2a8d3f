// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * HMAC-SHA-256 (RFC 2104) under one key. May be used from any thread: each keeps its own {@link Mac}, so nothing is set up per call.
 */
public final class KeyedHash {
    private final ThreadLocal<Mac> macs;

    public KeyedHash(SecretKey key) {
        macs = ThreadLocal.withInitial(() -> newMac(key));
    }

    /** HMAC of the parts, one after the other; the caller makes sure that two different lists never join to the same bytes. */
    public byte[] bytes(byte[]... parts) {
        Mac mac = macs.get();
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    /** The same, as the protocol carries it. */
    public Digest256 digest(byte[]... parts) {
        return Digest256.of(bytes(parts));
    }

    private static Mac newMac(SecretKey key) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "KeyedHash[redacted]";
    }
}

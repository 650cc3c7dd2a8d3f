// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.settlement;

import it.socialies.engine.core.kernel.Digest;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The chain of digests that binds the lines of a settlement in the order in which they were drawn: D' = SHA-256(D ‖ lineId ‖ merchantId ‖ programmeId ‖ amount ‖
 * netted), all big-endian. One thread.
 */
final class LineDigest {
    private static final int DIGEST_LENGTH = 32;
    private static final int INPUT_LENGTH = DIGEST_LENGTH + 5 * Long.BYTES;

    private final byte[] bytes = new byte[INPUT_LENGTH];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final MessageDigest sha256;

    LineDigest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Puts a line behind those that the digest binds. */
    void add(
            final Digest digest,
            final long lineId,
            final long merchantId,
            final long programmeId,
            final long amount,
            final long netted) {
        put(0, digest.w0());
        put(1, digest.w1());
        put(2, digest.w2());
        put(3, digest.w3());
        put(4, lineId);
        put(5, merchantId);
        put(6, programmeId);
        put(7, amount);
        put(8, netted);
        sha256.update(bytes, 0, INPUT_LENGTH);
        try {
            sha256.digest(bytes, 0, DIGEST_LENGTH);
        } catch (final DigestException e) {
            throw new IllegalStateException("32 bytes hold a SHA-256", e);
        }
        digest.set(get(0), get(1), get(2), get(3));
    }

    private void put(final int word, final long value) {
        buffer.putLong(word * Long.BYTES, value, ByteOrder.BIG_ENDIAN);
    }

    private long get(final int word) {
        return buffer.getLong(word * Long.BYTES, ByteOrder.BIG_ENDIAN);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.bytes;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes of the format: leaves and nodes of Merkle trees (RFC 9162), and the chain of batches. One thread. */
public final class Sha256 {
    /** Bytes of a hash. */
    public static final int LENGTH = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest = newDigest();

    /** SHA-256 over 0x00 and a record without its padding. */
    public byte[] leaf(byte[] bytes, int offset, int length) {
        digest.update(LEAF);
        digest.update(bytes, offset, length);
        return digest.digest();
    }

    /** SHA-256 over 0x01 and two hashes. */
    public byte[] node(byte[] left, byte[] right) {
        digest.update(NODE);
        digest.update(left);
        digest.update(right);
        return digest.digest();
    }

    /** SHA-256 over the chain before, the Merkle root, the first sequence and the count, both highest byte first. */
    public byte[] chain(byte[] previous, byte[] root, long firstSequence, int count) {
        digest.update(previous);
        digest.update(root);
        digest.update(ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(firstSequence)
                .putInt(count)
                .array());
        return digest.digest();
    }

    /** For longer inputs. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

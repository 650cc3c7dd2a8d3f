// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A SHA-256 or HMAC-SHA-256 value as the protocol carries it: four big-endian words, first word first. It may be a PIN verifier, so it
 * prints as nothing.
 */
public record Digest256(long w0, long w1, long w2, long w3) {
    public static final int LENGTH = 32;

    /** Reads 32 bytes. */
    public static Digest256 of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a digest has 32 bytes, not " + bytes.length);
        }
        return of(ByteBuffer.wrap(bytes), 0);
    }

    /** Reads 32 bytes from an offset on. */
    public static Digest256 of(ByteBuffer bytes, int offset) {
        return new Digest256(
                bytes.getLong(offset),
                bytes.getLong(offset + Long.BYTES),
                bytes.getLong(offset + 2 * Long.BYTES),
                bytes.getLong(offset + 3 * Long.BYTES));
    }

    /** SHA-256 of some bytes. */
    public static Digest256 sha256(byte[] bytes) {
        return of(newSha256().digest(bytes));
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH)
                .putLong(w0)
                .putLong(w1)
                .putLong(w2)
                .putLong(w3)
                .array();
    }

    /** A fresh SHA-256, which every JDK has. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "Digest256[redacted]";
    }
}

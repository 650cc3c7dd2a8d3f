// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import it.socialies.engine.protocol.sbe.Digest256Decoder;
import it.socialies.engine.protocol.sbe.Digest256Encoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A SHA-256 value as the protocol's four words. */
public record Digest(long w0, long w1, long w2, long w3) {
    public static final Digest ZERO = new Digest(0, 0, 0, 0);

    /** SHA-256 of a text: stands for a verifier or an enrolment digest. */
    public static Digest of(final String text) {
        return of(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Digest of(final byte[] bytes) {
        final ByteBuffer words = ByteBuffer.wrap(bytes);
        return new Digest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    }

    /** The running digest of a batch after one more row, as {@code commands.md} defines it. */
    public Digest thenRow(final long walletId, final long amount) {
        return of(sha256(ByteBuffer.allocate(48)
                .putLong(w0)
                .putLong(w1)
                .putLong(w2)
                .putLong(w3)
                .putLong(walletId)
                .putLong(amount)
                .array()));
    }

    /** The running digest of a settlement after one more line, as {@code commands.md} defines it. */
    public Digest thenLine(
            final long lineId, final long merchantId, final long programmeId, final long amount, final long netted) {
        return of(sha256(ByteBuffer.allocate(72)
                .putLong(w0)
                .putLong(w1)
                .putLong(w2)
                .putLong(w3)
                .putLong(lineId)
                .putLong(merchantId)
                .putLong(programmeId)
                .putLong(amount)
                .putLong(netted)
                .array()));
    }

    void writeTo(final Digest256Encoder encoder) {
        encoder.w0(w0).w1(w1).w2(w2).w3(w3);
    }

    static Digest of(final Digest256Decoder decoder) {
        return new Digest(decoder.w0(), decoder.w1(), decoder.w2(), decoder.w3());
    }

    private static byte[] sha256(final byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

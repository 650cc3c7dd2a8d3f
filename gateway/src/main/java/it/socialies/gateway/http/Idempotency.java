// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import it.socialies.gateway.api.ProblemException;
import it.socialies.gateway.security.KeyedHash;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An idempotency key: the two words of a UUIDv7. */
public record Idempotency(long hi, long lo) {
    private static final int TEXT_LENGTH = 36;
    private static final int RADIX = 16;

    /**
     * Reads a key.
     *
     * @throws ProblemException idempotency_key_missing, or malformed when it is not a UUIDv7
     */
    public static Idempotency parse(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw new ProblemException("idempotency_key_missing");
        }
        Idempotency key = parseOrNull(text);
        if (key == null) {
            throw new ProblemException("malformed", Headers.IDEMPOTENCY_KEY + " is not a UUIDv7.");
        }
        return key;
    }

    /** A key that was kept. */
    public static Idempotency of(UUID kept) {
        return new Idempotency(kept.getMostSignificantBits(), kept.getLeastSignificantBits());
    }

    /** To be kept. */
    public UUID uuid() {
        return new UUID(hi, lo);
    }

    /** A key for what the gateway sends of its own accord. */
    public static Idempotency fresh(long nowMs, SecureRandom random) {
        long hi = (nowMs << 16) | 0x7000L | (random.nextLong() & 0xFFFL);
        long lo = (random.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new Idempotency(hi, lo);
    }

    /** The key of a later step of the same request: the same again whenever the request is. */
    public Idempotency step(KeyedHash hash, int step) {
        ByteBuffer random = ByteBuffer.wrap(hash.bytes(ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(hi)
                .putLong(lo)
                .putInt(step)
                .array()));
        long stepHi = (hi & ~0xFFFFL) | 0x7000L | (random.getLong() & 0xFFFL);
        return new Idempotency(stepHi, (random.getLong() >>> 2) | 0x8000_0000_0000_0000L);
    }

    /** Reads a key; null when the text is not a UUIDv7. */
    public static @Nullable Idempotency parseOrNull(String text) {
        if (text.length() != TEXT_LENGTH
                || text.charAt(8) != '-'
                || text.charAt(13) != '-'
                || text.charAt(18) != '-'
                || text.charAt(23) != '-') {
            return null;
        }
        long hi = 0;
        long lo = 0;
        int digits = 0;
        for (int i = 0; i < TEXT_LENGTH; i++) {
            char c = text.charAt(i);
            if (c == '-') {
                if (i != 8 && i != 13 && i != 18 && i != 23) {
                    return null;
                }
                continue;
            }
            int digit = Character.digit(c, RADIX);
            if (digit < 0 || c > 'f') {
                return null;
            }
            if (digits++ < RADIX) {
                hi = hi << 4 | digit;
            } else {
                lo = lo << 4 | digit;
            }
        }
        boolean isVersion7 = (hi >>> 12 & 0xF) == 7;
        boolean isRfcVariant = lo >>> 62 == 2;
        return isVersion7 && isRfcVariant ? new Idempotency(hi, lo) : null;
    }
}

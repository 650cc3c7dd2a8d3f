// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** The 128 random bits that a card's QR code carries, as the core knows them. Whoever holds them holds the card, so it prints as nothing. */
public record CardToken(long hi, long lo) {
    public static final int LENGTH = 16;

    public static CardToken random(SecureRandom random) {
        return new CardToken(random.nextLong(), random.nextLong());
    }

    /** Reads 16 big-endian bytes. */
    public static CardToken of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a card token has 16 bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new CardToken(buffer.getLong(), buffer.getLong());
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH).putLong(hi).putLong(lo).array();
    }

    @Override
    public String toString() {
        return "CardToken[redacted]";
    }
}

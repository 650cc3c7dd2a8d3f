// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

/** An idempotency key: a UUIDv7 in two halves. */
public record Key(long hi, long lo) {
    public static final Key NONE = new Key(0, 0);

    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** A key of the given time, told apart from others of that time by its number. */
    public static Key at(final long timeMs, final long number) {
        return new Key(timeMs << 16 | VERSION_7, VARIANT | number);
    }

    public long timeMs() {
        return hi >>> 16;
    }
}

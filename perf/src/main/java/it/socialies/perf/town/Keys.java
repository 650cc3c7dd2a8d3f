// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

import java.util.SplittableRandom;

/** Idempotency keys, UUIDv7 as clients make them, without allocation. One thread. */
public final class Keys {
    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long VARIANT_MASK = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final int RANDOM_BITS_HI = 0xFFF;
    private static final int TIME_SHIFT = 16;

    private final SplittableRandom random;
    private long hi;
    private long lo;

    public Keys(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Makes the next key, of this time. */
    public Keys next(long timeMs) {
        hi = timeMs << TIME_SHIFT | VERSION_7 | (random.nextInt() & RANDOM_BITS_HI);
        lo = VARIANT | (random.nextLong() & VARIANT_MASK);
        return this;
    }

    public long hi() {
        return hi;
    }

    public long lo() {
        return lo;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.measures;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How measured values are spread over fixed buckets, since the start.
 *
 * <p>Threading: one thread records, with two plain stores and a short search; any thread reads. A reader may find the sum one value ahead of the
 * buckets, never a torn number.
 */
public final class Distribution {
    private final long[] bounds;
    private final AtomicLongArray counts;
    private final AtomicLong sum = new AtomicLong();

    private Distribution(long[] bounds) {
        this.bounds = bounds;
        counts = new AtomicLongArray(bounds.length + 1);
    }

    /** Buckets up to {@code first}, twice that, and so on; the last one takes everything above. */
    public static Distribution doubling(long first, int bounds) {
        long[] values = new long[bounds];
        for (int i = 0; i < bounds; i++) {
            values[i] = first << i;
        }
        return new Distribution(values);
    }

    /** Durations in nanoseconds: bounds from 64 µs, doubling, to 2.1 s. */
    public static Distribution ofNanos() {
        return doubling(TimeUnit.MICROSECONDS.toNanos(64), 16);
    }

    /** Counts a value. */
    public void record(long value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        sum.lazySet(sum.getPlain() + value);
        counts.lazySet(bucket, counts.getPlain(bucket) + 1);
    }

    /** Buckets, the unbounded last one included. */
    public int buckets() {
        return bounds.length + 1;
    }

    /** The greatest value of a bucket; {@link Long#MAX_VALUE} for the last one. */
    public long bound(int bucket) {
        return bucket < bounds.length ? bounds[bucket] : Long.MAX_VALUE;
    }

    /** Values in this bucket, those of lower buckets not included. */
    public long count(int bucket) {
        return counts.get(bucket);
    }

    /** All values added up. */
    public long sum() {
        return sum.get();
    }
}

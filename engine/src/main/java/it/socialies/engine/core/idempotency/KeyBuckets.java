// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.idempotency;

import it.socialies.engine.core.collections.Growth;
import it.socialies.engine.core.collections.StateFields;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Groups the entries of the key window by the time in their key, 64 ms a bucket, and knows the oldest bucket. Only buckets with entries exist,
 * so a clock that jumps by weeks costs nothing. A bucket is a linked list through {@code next}; the numbers of the buckets lie in a binary heap.
 * One thread.
 */
final class KeyBuckets {
    static final int BUCKET_BITS = 6;

    /** Ends a list; no bucket. */
    static final int NONE = -1;

    private static final long HEAD_MASK = 0xFFFF_FFFFL;

    /** Bucket number → count of its entries (high half) and its first entry (low half). */
    private final Long2LongHashMap buckets = new Long2LongHashMap(NONE);

    private int[] next;
    private long[] heap;
    private int heapSize;
    private long[] setAside = new long[16];

    KeyBuckets(final int initialCapacity) {
        next = new int[initialCapacity];
        heap = new long[Math.min(initialCapacity, 1024)];
    }

    static long bucketOf(final long timeMs) {
        return timeMs >> BUCKET_BITS;
    }

    /** First millisecond of a bucket. */
    static long startMs(final long bucket) {
        return bucket << BUCKET_BITS;
    }

    void growTo(final int capacity) {
        next = Arrays.copyOf(next, capacity);
    }

    /** Puts an entry into the bucket of a time. */
    void add(final long timeMs, final int entry) {
        final long bucket = bucketOf(timeMs);
        final long value = buckets.get(bucket);
        if (value == NONE) {
            next[entry] = NONE;
            buckets.put(bucket, pack(1, entry));
            push(bucket);
        } else {
            next[entry] = headOf(value);
            buckets.put(bucket, pack(countOf(value) + 1, entry));
        }
    }

    /** The oldest bucket, {@link Long#MAX_VALUE} when there is none. */
    long oldest() {
        return heapSize == 0 ? Long.MAX_VALUE : heap[0];
    }

    /** Takes the oldest bucket out and gives its first entry; {@link #nextOf} leads on. */
    int takeOldest() {
        final long bucket = pop();
        return headOf(buckets.remove(bucket));
    }

    int nextOf(final int entry) {
        return next[entry];
    }

    /**
     * The first bucket up to {@code lastBucket} that must stay if at most {@code maxEntries} entries may leave, oldest buckets first; {@code
     * lastBucket + 1} when none must. The oldest bucket may leave however many entries it has: a limit below its size would else hold it for
     * ever.
     */
    long firstToStay(final long lastBucket, final int maxEntries) {
        int asideCount = 0;
        long entries = 0;
        long firstToStay = lastBucket + 1;
        while (oldest() <= lastBucket) {
            entries += countOf(buckets.get(heap[0]));
            if (asideCount > 0 && entries > maxEntries) {
                firstToStay = heap[0];
                break;
            }
            if (asideCount == setAside.length) {
                setAside = Arrays.copyOf(setAside, asideCount * 2);
            }
            setAside[asideCount++] = pop();
        }
        for (int i = asideCount - 1; i >= 0; i--) {
            push(setAside[i]);
        }
        return firstToStay;
    }

    /** Writes the buckets and their first {@code entries} links as they lie, or fills them. */
    void visit(final StateFields fields, final int entries) {
        fields.ints("keys.next_entry", next, entries);
        heapSize = fields.length("keys.buckets", heapSize);
        if (heapSize > heap.length) {
            heap = new long[Growth.capacityFor(heapSize - 1L, heap.length, Integer.MAX_VALUE)];
        }
        fields.longs("keys.buckets", heap, heapSize);
        final long[] lists = new long[heapSize];
        for (int i = 0; i < heapSize; i++) {
            lists[i] = buckets.get(heap[i]);
        }
        fields.longs("keys.bucket_lists", lists, heapSize);
        for (int i = 0; i < heapSize; i++) {
            buckets.put(heap[i], lists[i]);
        }
    }

    private void push(final long bucket) {
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, Growth.capacityFor(heapSize, heapSize, Integer.MAX_VALUE));
        }
        int position = heapSize++;
        while (position > 0 && heap[(position - 1) >>> 1] > bucket) {
            heap[position] = heap[(position - 1) >>> 1];
            position = (position - 1) >>> 1;
        }
        heap[position] = bucket;
    }

    private long pop() {
        final long oldest = heap[0];
        final long bucket = heap[--heapSize];
        int position = 0;
        while (2 * position + 1 < heapSize) {
            int child = 2 * position + 1;
            if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
                child++;
            }
            if (bucket <= heap[child]) {
                break;
            }
            heap[position] = heap[child];
            position = child;
        }
        heap[position] = bucket;
        return oldest;
    }

    private static long pack(final int count, final int head) {
        return (long) count << Integer.SIZE | head;
    }

    private static int countOf(final long value) {
        return (int) (value >>> Integer.SIZE);
    }

    private static int headOf(final long value) {
        return (int) (value & HEAD_MASK);
    }
}

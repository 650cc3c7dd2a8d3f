// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.idempotency;

import it.socialies.engine.core.collections.Growth;
import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateTable;
import it.socialies.engine.protocol.EntityHash;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Which keys executed, and as the record of which sequence. A key is a UUIDv7: its first 48 bits are its time. A key leaves only when the
 * watermark reaches its time; nothing is ever evicted, so a full window means that commands must wait.
 *
 * <p>Layout: entries lie in a pool and never move; an open-addressing table holds, per slot, 32 bits of the key's hash and the entry's number, so
 * that probing and deleting (by shifting back) seldom touch the pool. {@link KeyBuckets} finds the entries a watermark passes, in time
 * proportional to their number.
 *
 * <p>Allocates only while it grows. One thread.
 */
public final class KeyWindow implements StateTable {
    public static final int DEFAULT_MAX_KEYS = 4 << 20;

    /** What {@link #sequenceOf} answers for a key that is not in the window. */
    public static final long UNKNOWN = -1;

    /** Tags of this class in {@code coreHash}. */
    public static final long KEY_TAG = EntityHash.FIRST_CORE_ONLY_TAG;

    public static final long WATERMARK_TAG = EntityHash.FIRST_CORE_ONLY_TAG + 1;

    private static final int TIME_SHIFT = 16;
    private static final long ENTRY_MASK = 0xFFFF_FFFFL;

    private final int maxKeys;
    private final long layoutSeed;
    private final KeyBuckets buckets;

    /** Hash (high half) and entry + 1 (low half); 0 is a free slot. At most half full. */
    private long[] table;

    private int mask;

    private long[] keysHi;
    private long[] keysLo;
    private long[] sequences;
    private int[] freed;
    private int freedCount;
    private int entriesUsed;

    private int size;
    private long keysHash;
    private long watermarkMs;

    /** A window that starts small, grows up to {@link #DEFAULT_MAX_KEYS} and places keys by their own hash alone. */
    public KeyWindow() {
        this(1024, DEFAULT_MAX_KEYS, 0);
    }

    /**
     * @param initialCapacity number of keys that fit before the first growth
     * @param maxKeys most keys ever held, at most 2^29
     * @param layoutSeed decides where keys lie in memory and nothing else, neither an answer nor a hash: a secret seed keeps clients, who choose
     *     their keys, from crowding them into one place
     */
    public KeyWindow(final int initialCapacity, final int maxKeys, final long layoutSeed) {
        if (maxKeys > 1 << 29) {
            throw new IllegalArgumentException("maximum keys " + maxKeys);
        }
        this.maxKeys = maxKeys;
        this.layoutSeed = layoutSeed;
        final int capacity = Growth.initialCapacity(initialCapacity, maxKeys);
        keysHi = new long[capacity];
        keysLo = new long[capacity];
        sequences = new long[capacity];
        freed = new int[capacity];
        buckets = new KeyBuckets(capacity);
        table = new long[tableLengthFor(capacity)];
        mask = table.length - 1;
    }

    /** The time of a key in milliseconds since the epoch. */
    public static long timeMsOf(final long keyHi) {
        return keyHi >>> TIME_SHIFT;
    }

    /** The sequence the key executed as, {@link #UNKNOWN} when it is not in the window. */
    public long sequenceOf(final long keyHi, final long keyLo) {
        final int slot = slotOf(keyHi, keyLo, hashOf(keyHi, keyLo));
        return table[slot] == 0 ? UNKNOWN : sequences[entryOf(table[slot])];
    }

    /**
     * Remembers a key.
     *
     * @throws IllegalStateException when the window is full, knows the key, or the watermark has passed it: the caller asks first
     */
    public void put(final long keyHi, final long keyLo, final long sequence) {
        final long timeMs = timeMsOf(keyHi);
        if (isFull()) {
            throw new IllegalStateException("full at " + size);
        }
        if (timeMs <= watermarkMs) {
            throw new IllegalStateException("key of " + timeMs + " at watermark " + watermarkMs);
        }
        if (freedCount == 0) {
            reserve(entriesUsed + 1);
        }
        final int hash = hashOf(keyHi, keyLo);
        final int slot = slotOf(keyHi, keyLo, hash);
        if (table[slot] != 0) {
            throw new IllegalStateException(
                    "key of sequence " + sequenceOf(keyHi, keyLo) + " put again for " + sequence);
        }
        final int entry = freedCount > 0 ? freed[--freedCount] : entriesUsed++;
        keysHi[entry] = keyHi;
        keysLo[entry] = keyLo;
        sequences[entry] = sequence;
        table[slot] = tableValue(hash, entry);
        buckets.add(timeMs, entry);
        size++;
        keysHash += hash(keyHi, keyLo, sequence);
    }

    /** Keys at or before this time have left; 0 at the start. */
    public long watermarkMs() {
        return watermarkMs;
    }

    /**
     * Raises the watermark and lets go of every key at or before it.
     *
     * @return the number of keys that left
     * @throws IllegalArgumentException when the watermark would fall
     */
    public int raiseWatermark(final long newWatermarkMs) {
        if (newWatermarkMs < watermarkMs) {
            throw new IllegalArgumentException("watermark from " + watermarkMs + " down to " + newWatermarkMs);
        }
        watermarkMs = newWatermarkMs;
        final int sizeBefore = size;
        final long lastWhole = KeyBuckets.bucketOf(newWatermarkMs + 1) - 1;
        while (buckets.oldest() <= lastWhole) {
            letGo(buckets.takeOldest());
        }
        if (buckets.oldest() == KeyBuckets.bucketOf(newWatermarkMs)) {
            letGo(buckets.takeOldest());
        }
        return sizeBefore - size;
    }

    /**
     * How far the watermark may rise in one bounded step.
     *
     * @param wantedMs the highest watermark wanted
     * @param maxKeys most keys that should leave; the oldest 64 ms may leave together even if they hold more
     * @return the last millisecond of some 64 ms, at most {@code wantedMs}; {@link #watermarkMs()} when nothing is to be gained
     */
    public long watermarkAllowing(final long wantedMs, final int maxKeys) {
        final long lastBucket = KeyBuckets.bucketOf(wantedMs + 1) - 1;
        final long allowedMs = KeyBuckets.startMs(buckets.firstToStay(lastBucket, maxKeys)) - 1;
        return Math.max(watermarkMs, allowedMs);
    }

    /** True when the window holds keys so old that a watermark at {@code ms} would let them go. */
    public boolean hasKeysUpTo(final long ms) {
        return size > 0 && KeyBuckets.startMs(buckets.oldest() + 1) - 1 <= ms;
    }

    public int size() {
        return size;
    }

    /** True when so many more keys fit. */
    public boolean hasRoomFor(final int keys) {
        return size <= maxKeys - keys;
    }

    public boolean isFull() {
        return size == maxKeys;
    }

    /** Sum over the keys present and the watermark, independent of layout and order. */
    public long hash() {
        return keysHash + EntityHash.end(EntityHash.add(EntityHash.start(WATERMARK_TAG), watermarkMs));
    }

    /** Entries keep their numbers, so that a restored window writes what the first one would; the table depends on the seed and is laid out anew. */
    @Override
    public void visit(final StateFields fields) {
        watermarkMs = fields.number("keys.watermark_ms", watermarkMs);
        entriesUsed = fields.count("keys.entries", entriesUsed, maxKeys);
        reserve(entriesUsed);
        freedCount = fields.length("keys.freed", freedCount);
        fields.ints("keys.freed", freed, freedCount);
        fields.longs("keys.hi", keysHi, entriesUsed);
        fields.longs("keys.lo", keysLo, entriesUsed);
        fields.longs("keys.sequence", sequences, entriesUsed);
        buckets.visit(fields, entriesUsed);
    }

    @Override
    public void rebuild() {
        final BitSet isFree = new BitSet(entriesUsed + 1);
        for (int i = 0; i < freedCount; i++) {
            isFree.set(freed[i]);
        }
        for (int entry = isFree.nextClearBit(0); entry < entriesUsed; entry = isFree.nextClearBit(entry + 1)) {
            final int hash = hashOf(keysHi[entry], keysLo[entry]);
            table[slotOf(keysHi[entry], keysLo[entry], hash)] = tableValue(hash, entry);
            keysHash += hash(keysHi[entry], keysLo[entry], sequences[entry]);
            size++;
        }
    }

    /** Lets the entries of a list go; those above the watermark, of the bucket it cuts, are filed again. */
    private void letGo(final int head) {
        int entry = head;
        while (entry != KeyBuckets.NONE) {
            final int following = buckets.nextOf(entry);
            final long timeMs = timeMsOf(keysHi[entry]);
            if (timeMs <= watermarkMs) {
                remove(entry);
            } else {
                buckets.add(timeMs, entry);
            }
            entry = following;
        }
    }

    private void remove(final int entry) {
        final long keyHi = keysHi[entry];
        final long keyLo = keysLo[entry];
        closeGap(slotOf(keyHi, keyLo, hashOf(keyHi, keyLo)));
        freed[freedCount++] = entry;
        size--;
        keysHash -= hash(keyHi, keyLo, sequences[entry]);
    }

    /** Empties a slot and shifts back what had been displaced past it. */
    private void closeGap(final int emptied) {
        int gap = emptied;
        int slot = (gap + 1) & mask;
        while (table[slot] != 0) {
            final int home = (int) (table[slot] >>> Integer.SIZE) & mask;
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                table[gap] = table[slot];
                gap = slot;
            }
            slot = (slot + 1) & mask;
        }
        table[gap] = 0;
    }

    /** The slot that holds the key, else the free slot where it belongs. */
    private int slotOf(final long keyHi, final long keyLo, final int hash) {
        int slot = hash & mask;
        while (table[slot] != 0 && !holds(table[slot], keyHi, keyLo, hash)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean holds(final long slotValue, final long keyHi, final long keyLo, final int hash) {
        if ((int) (slotValue >>> Integer.SIZE) != hash) {
            return false;
        }
        final int entry = entryOf(slotValue);
        return keysLo[entry] == keyLo && keysHi[entry] == keyHi;
    }

    private void reserve(final int entries) {
        if (entries > keysHi.length) {
            growTo(Growth.capacityFor(entries - 1L, keysHi.length, maxKeys));
        }
    }

    private void growTo(final int capacity) {
        keysHi = Arrays.copyOf(keysHi, capacity);
        keysLo = Arrays.copyOf(keysLo, capacity);
        sequences = Arrays.copyOf(sequences, capacity);
        freed = Arrays.copyOf(freed, capacity);
        buckets.growTo(capacity);
        final long[] old = table;
        table = new long[tableLengthFor(capacity)];
        mask = table.length - 1;
        for (final long slotValue : old) {
            if (slotValue != 0) {
                int slot = (int) (slotValue >>> Integer.SIZE) & mask;
                while (table[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                table[slot] = slotValue;
            }
        }
    }

    private int hashOf(final long keyHi, final long keyLo) {
        return (int) EntityHash.add(EntityHash.add(layoutSeed, keyHi), keyLo);
    }

    private static long hash(final long keyHi, final long keyLo, final long sequence) {
        return EntityHash.end(
                EntityHash.add(EntityHash.add(EntityHash.add(EntityHash.start(KEY_TAG), keyHi), keyLo), sequence));
    }

    private static long tableValue(final int hash, final int entry) {
        return (long) hash << Integer.SIZE | entry + 1L;
    }

    private static int entryOf(final long slotValue) {
        return (int) (slotValue & ENTRY_MASK) - 1;
    }

    /** The power of two at least twice {@code capacity}. */
    private static int tableLengthFor(final int capacity) {
        return Integer.highestOneBit(Math.max(2 * capacity - 1, 1)) << 1;
    }
}

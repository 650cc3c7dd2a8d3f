// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

import java.util.Arrays;

/**
 * Things with a deadline, the earliest first, equal deadlines by id: one total order, so that replay meets them in the order of the live run. A
 * binary heap that knows where the thing of each slot stands, so that removing and changing cost O(log n).
 *
 * <p>A thing is known by its slot, which may serve another once it has left ({@link Slots}); memory follows the number present and not the
 * highest id. One thread.
 */
public final class DeadlineHeap {
    private final int maxSize;

    /** Position + 1 by slot; 0: not in the heap. */
    private final IntColumn positions;

    private int size;
    private int[] slots;
    private long[] ids;
    private long[] deadlinesMs;

    /**
     * @param initialCapacity number of things that fit before the first growth
     * @param maxSize most things ever held at a time, and the highest slot
     */
    public DeadlineHeap(final int initialCapacity, final int maxSize) {
        this.maxSize = maxSize;
        final int capacity = Growth.initialCapacity(initialCapacity, maxSize);
        slots = new int[capacity];
        ids = new long[capacity];
        deadlinesMs = new long[capacity];
        positions = new IntColumn(maxSize);
    }

    /**
     * Adds a thing.
     *
     * @throws IllegalStateException when the heap is full or holds a thing of this slot: the caller asks first
     */
    public void add(final int slot, final long id, final long deadlineMs) {
        if (isFull()) {
            throw new IllegalStateException("full at " + size);
        }
        if (contains(slot)) {
            throw new IllegalStateException("slot " + slot + " added again for id " + id);
        }
        reserve(size + 1);
        siftUp(size++, slot, id, deadlineMs);
    }

    /**
     * Changes the deadline of a thing.
     *
     * @throws IllegalStateException when the heap does not hold it
     */
    public void update(final int slot, final long deadlineMs) {
        final int position = presentPosition(slot);
        settle(position, slot, ids[position], deadlineMs);
    }

    /**
     * Removes a thing.
     *
     * @throws IllegalStateException when the heap does not hold it
     */
    public void remove(final int slot) {
        final int position = presentPosition(slot);
        positions.set(slot, 0);
        size--;
        if (position < size) {
            settle(position, slots[size], ids[size], deadlinesMs[size]);
        }
    }

    /** The id due first, 0 when the heap is empty. */
    public long peekId() {
        return size == 0 ? 0 : ids[0];
    }

    /** The earliest deadline, {@link Long#MAX_VALUE} when the heap is empty. */
    public long peekDeadlineMs() {
        return size == 0 ? Long.MAX_VALUE : deadlinesMs[0];
    }

    /**
     * The deadline of a thing.
     *
     * @throws IllegalStateException when the heap does not hold it
     */
    public long deadlineMsOf(final int slot) {
        return deadlinesMs[presentPosition(slot)];
    }

    public boolean contains(final int slot) {
        return positions.get(slot) != 0;
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == maxSize;
    }

    /** Writes the heap as it lies, or fills it. */
    public void visit(final StateFields fields, final String name) {
        size = fields.length(name + "_ids", size);
        reserve(size);
        fields.longs(name + "_ids", ids, size);
        fields.longs(name + "_ms", deadlinesMs, size);
        fields.ints(name + "_slots", slots, size);
    }

    /** Finds out where each thing stands, after {@link #visit} filled the heap. */
    public void rebuild() {
        for (int position = 0; position < size; position++) {
            positions.set(slots[position], position + 1);
        }
    }

    private void reserve(final int things) {
        if (things > ids.length) {
            final int capacity = Growth.capacityFor(things - 1L, ids.length, maxSize);
            slots = Arrays.copyOf(slots, capacity);
            ids = Arrays.copyOf(ids, capacity);
            deadlinesMs = Arrays.copyOf(deadlinesMs, capacity);
        }
    }

    private int presentPosition(final int slot) {
        final int position = positions.get(slot) - 1;
        if (position < 0) {
            throw new IllegalStateException("slot " + slot + " is not in the heap");
        }
        return position;
    }

    private void settle(final int position, final int slot, final long id, final long deadlineMs) {
        if (position > 0 && isBefore(id, deadlineMs, (position - 1) >>> 1)) {
            siftUp(position, slot, id, deadlineMs);
        } else {
            siftDown(position, slot, id, deadlineMs);
        }
    }

    private void siftUp(final int from, final int slot, final long id, final long deadlineMs) {
        int position = from;
        while (position > 0) {
            final int parent = (position - 1) >>> 1;
            if (!isBefore(id, deadlineMs, parent)) {
                break;
            }
            place(position, slots[parent], ids[parent], deadlinesMs[parent]);
            position = parent;
        }
        place(position, slot, id, deadlineMs);
    }

    private void siftDown(final int from, final int slot, final long id, final long deadlineMs) {
        int position = from;
        final int firstLeaf = size >>> 1;
        while (position < firstLeaf) {
            int child = 2 * position + 1;
            final int right = child + 1;
            if (right < size && isBefore(ids[right], deadlinesMs[right], child)) {
                child = right;
            }
            if (isBefore(id, deadlineMs, child)) {
                break;
            }
            place(position, slots[child], ids[child], deadlinesMs[child]);
            position = child;
        }
        place(position, slot, id, deadlineMs);
    }

    private boolean isBefore(final long id, final long deadlineMs, final int position) {
        final long otherMs = deadlinesMs[position];
        return deadlineMs < otherMs || (deadlineMs == otherMs && id < ids[position]);
    }

    private void place(final int position, final int slot, final long id, final long deadlineMs) {
        slots[position] = slot;
        ids[position] = id;
        deadlinesMs[position] = deadlineMs;
        positions.set(slot, position + 1);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

import java.util.Arrays;

/**
 * Things with a deadline, the earliest first, equal deadlines by id: one total order, so that replay meets them in the order of the live run. A
 * binary heap that knows where each id stands, so that removing and changing cost O(log n).
 *
 * <p>Ids are given once, upwards, and roughly in the order in which they leave: positions lie in pages that are given back when their ids have
 * left, so that memory follows the number present and not the highest id. One thread.
 */
public final class DeadlineHeap {
    private final int maxSize;
    private final PositionPages positions;
    private int size;
    private long[] ids;
    private long[] deadlinesMs;

    /**
     * @param initialCapacity number of ids that fit before the first growth
     * @param maxSize most ids ever held at a time
     */
    public DeadlineHeap(final int initialCapacity, final int maxSize) {
        this.maxSize = maxSize;
        final int capacity = Growth.initialCapacity(initialCapacity, maxSize);
        ids = new long[capacity];
        deadlinesMs = new long[capacity];
        positions = new PositionPages();
    }

    /**
     * Adds an id.
     *
     * @throws IllegalStateException when the heap is full or holds the id: the caller asks first
     */
    public void add(final long id, final long deadlineMs) {
        if (isFull()) {
            throw new IllegalStateException("full at " + size);
        }
        if (contains(id)) {
            throw new IllegalStateException("id " + id + " added again");
        }
        if (size == ids.length) {
            final int capacity = Growth.capacityFor(size, ids.length, maxSize);
            ids = Arrays.copyOf(ids, capacity);
            deadlinesMs = Arrays.copyOf(deadlinesMs, capacity);
        }
        siftUp(size++, id, deadlineMs);
    }

    /**
     * Changes the deadline of an id.
     *
     * @throws IllegalStateException when the heap does not hold it
     */
    public void update(final long id, final long deadlineMs) {
        settle(presentPosition(id), id, deadlineMs);
    }

    /**
     * Removes an id.
     *
     * @throws IllegalStateException when the heap does not hold it
     */
    public void remove(final long id) {
        final int position = presentPosition(id);
        positions.clear(id);
        size--;
        if (position < size) {
            settle(position, ids[size], deadlinesMs[size]);
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
     * The deadline of an id.
     *
     * @throws IllegalStateException when the heap does not hold it
     */
    public long deadlineMsOf(final long id) {
        return deadlinesMs[presentPosition(id)];
    }

    public boolean contains(final long id) {
        return positions.get(id) >= 0;
    }

    public int size() {
        return size;
    }

    public boolean isFull() {
        return size == maxSize;
    }

    private int presentPosition(final long id) {
        final int position = positions.get(id);
        if (position < 0) {
            throw new IllegalStateException("id " + id + " is not in the heap");
        }
        return position;
    }

    private void settle(final int position, final long id, final long deadlineMs) {
        if (position > 0 && isBefore(id, deadlineMs, (position - 1) >>> 1)) {
            siftUp(position, id, deadlineMs);
        } else {
            siftDown(position, id, deadlineMs);
        }
    }

    private void siftUp(final int from, final long id, final long deadlineMs) {
        int position = from;
        while (position > 0) {
            final int parent = (position - 1) >>> 1;
            if (!isBefore(id, deadlineMs, parent)) {
                break;
            }
            place(position, ids[parent], deadlinesMs[parent]);
            position = parent;
        }
        place(position, id, deadlineMs);
    }

    private void siftDown(final int from, final long id, final long deadlineMs) {
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
            place(position, ids[child], deadlinesMs[child]);
            position = child;
        }
        place(position, id, deadlineMs);
    }

    private boolean isBefore(final long id, final long deadlineMs, final int position) {
        final long otherMs = deadlinesMs[position];
        return deadlineMs < otherMs || (deadlineMs == otherMs && id < ids[position]);
    }

    private void place(final int position, final long id, final long deadlineMs) {
        ids[position] = id;
        deadlinesMs[position] = deadlineMs;
        positions.set(id, position);
    }
}

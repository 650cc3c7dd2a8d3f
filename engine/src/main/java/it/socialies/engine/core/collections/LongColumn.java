// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

import java.util.Arrays;
import java.util.Objects;

/**
 * One {@code long} per dense id from 0 to a maximum; an id never set reads 0. An id outside that range throws
 * {@link IndexOutOfBoundsException}. One thread.
 */
public final class LongColumn {
    private final long length;
    private long[] values;

    /**
     * A column that starts small.
     *
     * @param maxId the highest id that may ever be set
     */
    public LongColumn(final int maxId) {
        this(Growth.DEFAULT_CAPACITY, maxId);
    }

    /**
     * @param initialCapacity number of ids that fit before the first growth
     * @param maxId the highest id that may ever be set
     */
    public LongColumn(final int initialCapacity, final int maxId) {
        length = maxId + 1L;
        values = new long[Growth.initialCapacity(initialCapacity, length)];
    }

    public long get(final long id) {
        Objects.checkIndex(id, length);
        return id < values.length ? values[(int) id] : 0;
    }

    public void set(final long id, final long value) {
        final int slot = slotOf(id);
        values[slot] = value;
    }

    /**
     * Adds {@code delta} to the value of {@code id}.
     *
     * @return the new value
     * @throws ArithmeticException on overflow; the value is then unchanged
     */
    public long add(final long id, final long delta) {
        final int slot = slotOf(id);
        final long sum = Math.addExact(values[slot], delta);
        values[slot] = sum;
        return sum;
    }

    /** Writes the column or fills it; the zeros at its end are left out. */
    public void visit(final StateFields fields, final String name) {
        final int stored = fields.length(name, usedLength());
        if (stored > values.length) {
            values = new long[Growth.capacityFor(stored - 1L, values.length, length)];
        }
        fields.longs(name, values, stored);
        if (usedLength() != stored) {
            throw new IllegalStateException("the snapshot holds zeros at the end of " + name);
        }
    }

    private int usedLength() {
        int used = values.length;
        while (used > 0 && values[used - 1] == 0) {
            used--;
        }
        return used;
    }

    private int slotOf(final long id) {
        Objects.checkIndex(id, length);
        if (id >= values.length) {
            values = Arrays.copyOf(values, Growth.capacityFor(id, values.length, length));
        }
        return (int) id;
    }
}

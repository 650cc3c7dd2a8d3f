// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

/** The pass that fills. A snapshot whose fields do not fit together is refused before it can do harm; a field that an older release did not have is empty. */
record ReadFields(StateReader reader) implements StateFields {

    @Override
    public long number(final String name, final long value) {
        return reader.lacks(name) ? 0 : reader.getLong(name);
    }

    @Override
    public int count(final String name, final long value, final int limit) {
        final long count = number(name, value);
        if (count < 0) {
            throw new IllegalStateException("the snapshot says " + name + " = " + count);
        }
        if (count > limit) {
            throw new SnapshotExceedsLimit(name, count, limit);
        }
        return (int) count;
    }

    @Override
    public int length(final String name, final int length) {
        return reader.lacks(name) ? 0 : reader.length(name);
    }

    @Override
    public void longs(final String name, final long[] values, final int length) {
        if (isStored(name, length)) {
            reader.getLongs(name, values);
        }
    }

    @Override
    public void ints(final String name, final int[] values, final int length) {
        if (isStored(name, length)) {
            reader.getInts(name, values);
        }
    }

    @Override
    public void bytes(final String name, final byte[] values, final int length) {
        if (isStored(name, length)) {
            reader.getBytes(name, values);
        }
    }

    private boolean isStored(final String name, final int length) {
        final int stored = length(name, length);
        if (stored != length) {
            throw new IllegalStateException("the snapshot holds " + stored + " values of " + name + ", not " + length);
        }
        return !reader.lacks(name);
    }
}

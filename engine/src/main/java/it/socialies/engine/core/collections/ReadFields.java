// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

/** The pass that fills. A snapshot whose fields do not fit together is refused before it can do harm. */
record ReadFields(StateReader reader) implements StateFields {

    @Override
    public long number(final String name, final long value) {
        return reader.getLong(name);
    }

    @Override
    public int count(final String name, final long value, final int limit) {
        final long count = reader.getLong(name);
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
        return reader.length(name);
    }

    @Override
    public void longs(final String name, final long[] values, final int length) {
        checkLength(name, length);
        reader.getLongs(name, values);
    }

    @Override
    public void ints(final String name, final int[] values, final int length) {
        checkLength(name, length);
        reader.getInts(name, values);
    }

    @Override
    public void bytes(final String name, final byte[] values, final int length) {
        checkLength(name, length);
        reader.getBytes(name, values);
    }

    private void checkLength(final String name, final int length) {
        final int stored = reader.length(name);
        if (stored != length) {
            throw new IllegalStateException("the snapshot holds " + stored + " values of " + name + ", not " + length);
        }
    }
}

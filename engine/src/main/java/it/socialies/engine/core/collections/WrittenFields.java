// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

/** The pass that writes. */
record WrittenFields(StateWriter writer) implements StateFields {

    @Override
    public long number(final String name, final long value) {
        writer.putLong(name, value);
        return value;
    }

    @Override
    public int count(final String name, final long value, final int limit) {
        writer.putLong(name, value);
        return Math.toIntExact(value);
    }

    @Override
    public int length(final String name, final int length) {
        return length;
    }

    @Override
    public void longs(final String name, final long[] values, final int length) {
        writer.putLongs(name, values, length);
    }

    @Override
    public void ints(final String name, final int[] values, final int length) {
        writer.putInts(name, values, length);
    }

    @Override
    public void bytes(final String name, final byte[] values, final int length) {
        writer.putBytes(name, values, length);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

/**
 * One pass over the fields of the core's state, in the order of the snapshot. Each table names its fields once, and the pass either writes them or
 * fills them: the two cannot drift apart. A field is given as it is and taken as it shall be, so {@code count = fields.number("x.count", count)}
 * serves both directions.
 *
 * <p>Threading: the thread of the core.
 */
public interface StateFields {

    /** A pass that leaves the state as it is and writes it. */
    static StateFields writing(final StateWriter writer) {
        return new WrittenFields(writer);
    }

    /** A pass that fills the state of a core that knows nothing yet. */
    static StateFields reading(final StateReader reader) {
        return new ReadFields(reader);
    }

    /** One number. */
    long number(String name, long value);

    /**
     * How many things of a table there are, or were at most; named {@code <limit>.<…>} after the bound that they must keep.
     *
     * @throws SnapshotExceedsLimit when the snapshot holds more than {@code limit}
     */
    int count(String name, long value, int limit);

    /** How many values a field of values has: {@code length} when it is written, what the snapshot holds when it is read. */
    int length(String name, int length);

    /** The first {@code length} values of an array. */
    void longs(String name, long[] values, int length);

    /** The first {@code length} values of an array. */
    void ints(String name, int[] values, int length);

    /** The first {@code length} values of an array. */
    void bytes(String name, byte[] values, int length);
}

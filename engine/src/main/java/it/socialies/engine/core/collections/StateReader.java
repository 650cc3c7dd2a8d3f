// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

/**
 * Gives back what a {@link StateWriter} took, in the same order. A snapshot that holds a field nobody asks for, or one of another shape, is refused
 * by an exception; one that lacks a field too, unless an older release wrote it ({@link #lacks}).
 *
 * <p>Threading: the thread of the core that is being restored.
 */
public interface StateReader {

    /** True when an older release wrote the snapshot and another field comes next: it had no such field, whose values are then all 0. */
    boolean lacks(String name);

    /** Reads one number. */
    long getLong(String name);

    /** How many numbers or bytes the field that comes next has; its name is checked. */
    int length(String name);

    /** Reads all numbers of a field into the front of an array that has room for {@link #length} of them. */
    void getLongs(String name, long[] into);

    /** Reads all numbers of a field into the front of an array that has room for {@link #length} of them. */
    void getInts(String name, int[] into);

    /** Reads all bytes of a field into the front of an array that has room for {@link #length} of them. */
    void getBytes(String name, byte[] into);
}

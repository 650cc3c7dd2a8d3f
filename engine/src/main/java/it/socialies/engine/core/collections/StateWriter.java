// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

/**
 * Takes the state of the core, field by field, into a snapshot. Each field has a name of its own, such as {@code accounts.debits_posted}, and the
 * fields come in an order that the code fixes, so that equal states give equal bytes.
 *
 * <p>Threading: the thread of the core that writes itself.
 */
public interface StateWriter {

    /** Writes one number. */
    void putLong(String name, long value);

    /** Writes the first {@code length} numbers of an array. */
    void putLongs(String name, long[] values, int length);

    /** Writes the first {@code length} numbers of an array. */
    void putInts(String name, int[] values, int length);

    /** Writes the first {@code length} bytes of an array. */
    void putBytes(String name, byte[] values, int length);
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

/** How arrays grow: by doubling, up to a maximum, so that the cost per element stays constant and the end is known. */
public final class Growth {
    /** Ids that fit before the first growth, unless said otherwise. */
    public static final int DEFAULT_CAPACITY = 1024;

    /** Longest array every JVM grants. */
    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    private Growth() {}

    /** The capacity to start with: {@code wanted}, but at least 1 and never above {@code maxLength}. */
    public static int initialCapacity(final int wanted, final long maxLength) {
        if (wanted < 0 || maxLength < 1) {
            throw new IllegalArgumentException("capacity " + wanted + ", maximum " + maxLength);
        }
        return (int) Math.min(Math.max(wanted, 1), Math.min(maxLength, MAX_ARRAY_LENGTH));
    }

    /**
     * The next capacity that holds {@code index}.
     *
     * @throws IndexOutOfBoundsException when {@code index} lies beyond {@code maxLength} or beyond what an array can hold
     */
    public static int capacityFor(final long index, final int capacity, final long maxLength) {
        final long limit = Math.min(maxLength, MAX_ARRAY_LENGTH);
        if (index < 0 || index >= limit) {
            throw new IndexOutOfBoundsException("index " + index + ", maximum length " + limit);
        }
        long next = capacity;
        while (next <= index) {
            next *= 2;
        }
        return (int) Math.min(next, limit);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A position per id, where ids rise for ever but only a window of them is present. Pages of 4096 ids, each with the number of its ids present in
 * its last slot; an emptied page serves the next range. The directory costs 8 bytes per 4096 ids ever given. One thread.
 */
final class PositionPages {
    private static final int PAGE_BITS = 12;
    private static final int PAGE_LENGTH = 1 << PAGE_BITS;
    private static final int PAGE_MASK = PAGE_LENGTH - 1;

    private int[] @Nullable [] directory = new int[16][];
    private int[][] emptied = new int[4][];
    private int emptiedCount;

    /** The position of the id, −1 when it has none. */
    int get(final long id) {
        final long page = id >>> PAGE_BITS;
        if (page >= directory.length) {
            return -1;
        }
        final int[] positions = directory[(int) page];
        return positions == null ? -1 : positions[(int) id & PAGE_MASK] - 1;
    }

    void set(final long id, final int position) {
        final int[] positions = pageFor(id);
        final int slot = (int) id & PAGE_MASK;
        if (positions[slot] == 0) {
            positions[PAGE_LENGTH]++;
        }
        positions[slot] = position + 1;
    }

    /** Forgets the position of an id that has one. */
    void clear(final long id) {
        final int page = (int) (id >>> PAGE_BITS);
        final int[] positions = pageFor(id);
        positions[(int) id & PAGE_MASK] = 0;
        if (--positions[PAGE_LENGTH] == 0) {
            directory[page] = null;
            if (emptiedCount == emptied.length) {
                emptied = Arrays.copyOf(emptied, emptiedCount * 2);
            }
            emptied[emptiedCount++] = positions;
        }
    }

    private int[] pageFor(final long id) {
        final long page = id >>> PAGE_BITS;
        if (page >= directory.length) {
            directory = Arrays.copyOf(directory, Growth.capacityFor(page, directory.length, Integer.MAX_VALUE));
        }
        int[] positions = directory[(int) page];
        if (positions == null) {
            positions = emptiedCount > 0 ? emptied[--emptiedCount] : new int[PAGE_LENGTH + 1];
            directory[(int) page] = positions;
        }
        return positions;
    }
}

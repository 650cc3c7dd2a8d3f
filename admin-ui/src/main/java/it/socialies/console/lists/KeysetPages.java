// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.lists;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a long list by offset, as a grid asks for them, read by key, as a database finds them at once: it remembers the item before each page it has read, and
 * starts the next search behind the nearest one. Only a jump skips rows, and only those between. Not thread-safe.
 *
 * @param <T> an item that knows its own key
 */
public final class KeysetPages<T> {
    /** Then the lowest are forgotten: from the beginning, they are the cheapest to find again. */
    private static final int ANCHORS_MAX = 2_000;

    /** Reads the items behind one. */
    @FunctionalInterface
    public interface Source<T> {
        /**
         * @param last the item before the first that is wanted; null = from the beginning
         * @param skip items to pass over first
         */
        List<T> after(@Nullable T last, int skip, int limit);
    }

    private final Source<T> source;
    /** By offset, the item just before it. */
    private final NavigableMap<Integer, T> anchors = new TreeMap<>();

    public KeysetPages(Source<T> source) {
        this.source = source;
    }

    /** The items from {@code offset} on; fewer than {@code limit} at the end of the list only. */
    public List<T> page(int offset, int limit) {
        Map.Entry<Integer, T> anchor = anchors.floorEntry(offset);
        List<T> page = anchor == null
                ? source.after(null, offset, limit)
                : source.after(anchor.getValue(), offset - anchor.getKey(), limit);
        if (!page.isEmpty()) {
            anchors.put(offset + page.size(), page.getLast());
            if (anchors.size() > ANCHORS_MAX) {
                anchors.pollFirstEntry();
            }
        }
        return page;
    }
}

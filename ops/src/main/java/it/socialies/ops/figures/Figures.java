// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.figures;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named sums of cents, the same names for every witness. A figure of 0 is left out, so that "no account yet" and "an empty account" agree.
 *
 * <p>Names: {@code programme/ID/funded|available|in_pockets|held|owed}, {@code shop/ID/PROGRAMME} and {@code shop/ID/EUR} (owed),
 * {@code wallet/ID/PROGRAMME}, {@code wallet/ID/IES}, {@code circuit/reserve|outstanding|fees}.
 */
public final class Figures {
    private final SortedMap<String, Long> cents;

    private Figures(SortedMap<String, Long> cents) {
        this.cents = Collections.unmodifiableSortedMap(cents);
    }

    public static Builder builder() {
        return new Builder();
    }

    public SortedMap<String, Long> asMap() {
        return cents;
    }

    public long get(String name) {
        return cents.getOrDefault(name, 0L);
    }

    /** Sum of all figures whose name begins with {@code prefix} and ends with {@code suffix}. */
    public long sum(String prefix, String suffix) {
        return cents.tailMap(prefix).entrySet().stream()
                .takeWhile(figure -> figure.getKey().startsWith(prefix))
                .filter(figure -> figure.getKey().endsWith(suffix))
                .mapToLong(Map.Entry::getValue)
                .reduce(0, Math::addExact);
    }

    /** Adds up cents by name; not thread-safe. */
    public static final class Builder {
        private final SortedMap<String, Long> cents = new TreeMap<>();

        private Builder() {}

        public Builder add(String name, long amountCents) {
            if (amountCents != 0) {
                cents.merge(name, amountCents, Math::addExact);
            }
            return this;
        }

        public Figures build() {
            SortedMap<String, Long> copy = new TreeMap<>(cents);
            copy.values().removeIf(value -> value == 0);
            return new Figures(copy);
        }
    }
}

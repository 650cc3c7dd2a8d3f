// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.workload;

import it.socialies.engine.core.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Draws from a source of chance, always in the same way. */
final class Dice {
    private static final long[] EDGES = {
        Long.MIN_VALUE,
        Integer.MIN_VALUE,
        -2,
        -1,
        0,
        1,
        2,
        3,
        4,
        16,
        63,
        64,
        255,
        256,
        Integer.MAX_VALUE,
        1L << 31,
        (1L << 32) + 1,
        100_000_000_000_000L,
        100_000_000_000_001L,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE
    };

    private final RandomGenerator random;

    Dice(RandomGenerator random) {
        this.random = random;
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long between(long from, long to) {
        return random.nextLong(from, to + 1);
    }

    long edge() {
        return EDGES[random.nextInt(EDGES.length)];
    }

    /** Mostly small, seldom large. */
    long amount() {
        return switch (random.nextInt(8)) {
            case 0 -> between(1, 3);
            case 1, 2, 3 -> between(1, 400);
            case 4, 5, 6 -> between(100, 3000);
            default -> between(1, 20_000);
        };
    }

    Digest digest() {
        return new Digest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    long number() {
        return random.nextLong();
    }

    <T> @Nullable T any(List<T> list) {
        return list.isEmpty() ? null : list.get(random.nextInt(list.size()));
    }

    /** One of those that fit; a few are looked at before all are, since mostly many fit. */
    <T> @Nullable T any(List<T> list, Predicate<T> fits) {
        for (int i = 0; i < 4 && !list.isEmpty(); i++) {
            T one = list.get(random.nextInt(list.size()));
            if (fits.test(one)) {
                return one;
            }
        }
        List<T> fitting = new ArrayList<>();
        for (T one : list) {
            if (fits.test(one)) {
                fitting.add(one);
            }
        }
        return any(fitting);
    }

    /** One of the last few, which things happen to most. */
    <T> @Nullable T recent(List<T> list, int window) {
        return list.isEmpty() ? null : list.get(Math.max(0, list.size() - 1 - random.nextInt(window)));
    }
}

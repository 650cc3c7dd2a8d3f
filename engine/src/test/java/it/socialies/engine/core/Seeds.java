// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Seeded generators: a test runs on fixed seeds, and a failure names the one that reproduces it. {@code -Dtest.seed=N} runs that seed alone.
 */
public final class Seeds {
    private static final String PROPERTY = "test.seed";

    private Seeds() {}

    /** Runs {@code test} once per seed from 1 to {@code count}. */
    public static void forEach(final int count, final Consumer<SplittableRandom> test) {
        final Long only = Long.getLong(PROPERTY);
        if (only != null) {
            run(only, test);
            return;
        }
        for (long seed = 1; seed <= count; seed++) {
            run(seed, test);
        }
    }

    private static void run(final long seed, final Consumer<SplittableRandom> test) {
        try {
            test.accept(new SplittableRandom(seed));
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + " (repeat with -D" + PROPERTY + "=" + seed + "): " + e.getMessage(), e);
        }
    }
}

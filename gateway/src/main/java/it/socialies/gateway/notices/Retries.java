// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import java.time.Duration;

/** When what did not arrive is sent again: five seconds, four times as long after each try, at most a day; a fifth more or less, so that not everything comes back at once. */
final class Retries {
    /** Tries in all: about two days. */
    static final int TRIES_MAX = 10;

    private static final long FIRST_MS = 5_000;
    private static final long LONGEST_MS = Duration.ofDays(1).toMillis();

    private Retries() {}

    /**
     * Milliseconds until the next try.
     *
     * @param tries those that failed, from 1
     * @param chance from 0 to 1, the end excluded
     */
    static long waitMs(int tries, double chance) {
        long wait = FIRST_MS;
        for (int i = 1; i < tries && wait < LONGEST_MS; i++) {
            wait *= 4;
        }
        return (long) (Math.min(wait, LONGEST_MS) * (0.8 + 0.4 * chance));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import it.socialies.ops.scenario.MarketDay;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What the tills see while the installation is tortured: how many answers, which refusals, how long silence. Any thread. */
final class PaymentWatch implements MarketDay.Watcher {
    private static final long NONE = Long.MAX_VALUE;

    private final Map<String, Long> refused = new TreeMap<>();
    private final Map<String, Long> putOff = new TreeMap<>();
    private long accepted;
    private long lastAnswerNs = NONE;
    private long windowSilenceNs;
    private long longestSilenceNs;
    private long wantedSinceNs = NONE;
    private long foundNs = NONE;

    @Override
    public synchronized void answered(String code, long sentNs, long answeredNs) {
        if (code.isEmpty()) {
            accepted++;
        } else {
            refused.merge(code, 1L, Long::sum);
        }
        // Before the first answer nobody waits for one: the installation is still starting.
        long silenceNs = lastAnswerNs == NONE ? 0 : answeredNs - lastAnswerNs;
        windowSilenceNs = Math.max(windowSilenceNs, silenceNs);
        longestSilenceNs = Math.max(longestSilenceNs, silenceNs);
        lastAnswerNs = lastAnswerNs == NONE ? answeredNs : Math.max(lastAnswerNs, answeredNs);
        if (sentNs > wantedSinceNs && foundNs == NONE) {
            foundNs = answeredNs;
            notifyAll();
        }
    }

    @Override
    public synchronized void putOff(String code) {
        putOff.merge(code, 1L, Long::sum);
    }

    /** From now on {@link #windowSilenceNs} measures anew. */
    synchronized void openWindow() {
        windowSilenceNs = 0;
    }

    /** The longest time between two answers since the window was opened. */
    synchronized long windowSilenceNs() {
        return windowSilenceNs;
    }

    synchronized long longestSilenceNs() {
        return longestSilenceNs;
    }

    /** Payments and refunds that were acknowledged. */
    synchronized long accepted() {
        return accepted;
    }

    /** Payments that were refused for good, by code. */
    synchronized Map<String, Long> refused() {
        return new TreeMap<>(refused);
    }

    /** Answers after which the same was asked again, by code. */
    synchronized Map<String, Long> putOff() {
        return new TreeMap<>(putOff);
    }

    synchronized long timesPutOff(String code) {
        return putOff.getOrDefault(code, 0L);
    }

    /**
     * Waits for the answer to something that was sent for the first time after a moment: an answer to what was sent before proves nothing.
     *
     * @return when it came, of {@link System#nanoTime}; empty when none came in time
     */
    synchronized OptionalLong awaitAnswerSentAfter(long sinceNs, Duration limit) throws InterruptedException {
        wantedSinceNs = sinceNs;
        foundNs = NONE;
        long endNs = System.nanoTime() + limit.toNanos();
        for (long leftMs = limit.toMillis(); foundNs == NONE && leftMs > 0; ) {
            wait(leftMs);
            leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
        }
        wantedSinceNs = NONE;
        return foundNs == NONE ? OptionalLong.empty() : OptionalLong.of(foundNs);
    }
}

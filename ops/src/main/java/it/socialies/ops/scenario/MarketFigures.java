// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the tills of a {@link MarketDay} see, by stretches between two lines and in all. Any thread. */
final class MarketFigures {
    private static final double NS_A_MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final long startNs = System.nanoTime();
    private final Histogram stretchNs = new Histogram(3);
    private final Histogram allNs = new Histogram(3);
    private long lineNs = startNs;
    private long lastAnswerNs = startNs;
    private long longestSilenceNs;
    private long paid;
    private long refused;
    private long away;
    private long lagMax;

    /** A payment was answered, {@code tookNs} after it was first sent, repetitions included. */
    synchronized void answered(boolean isPaid, long tookNs) {
        long nowNs = System.nanoTime();
        longestSilenceNs = Math.max(longestSilenceNs, nowNs - lastAnswerNs);
        lastAnswerNs = nowNs;
        if (isPaid) {
            paid++;
        } else {
            refused++;
        }
        stretchNs.recordValue(tookNs);
        allNs.recordValue(tookNs);
    }

    /** A till found nobody at the other end for some seconds. */
    synchronized void away() {
        away++;
    }

    /** The stretch since the last line, in words. */
    synchronized String line(long lag) {
        long nowNs = System.nanoTime();
        lagMax = Math.max(lagMax, lag);
        String line = String.format(
                Locale.ROOT,
                "%4d s  %6.1f pagamenti/s | payments/s  p50 %.1f ms  p99 %.1f ms  max %.1f ms  ritardo | lag %s",
                TimeUnit.NANOSECONDS.toSeconds(nowNs - startNs),
                stretchNs.getTotalCount() / ((nowNs - lineNs) / 1e9),
                stretchNs.getValueAtPercentile(50) / NS_A_MS,
                stretchNs.getValueAtPercentile(99) / NS_A_MS,
                stretchNs.getMaxValue() / NS_A_MS,
                lag < 0 ? "?" : String.format(Locale.ROOT, "%,d", lag));
        stretchNs.reset();
        lineNs = nowNs;
        return line;
    }

    synchronized String summary() {
        return String.format(
                Locale.ROOT,
                "%,d pagati | paid, %,d rifiutati | refused, %,d attese a nodo assente | waits for an absent node; p50 %.1f ms, p99 %.1f ms, max %.1f ms;"
                        + " silenzio più lungo | longest silence %.1f s; ritardo massimo | highest lag %,d",
                paid,
                refused,
                away,
                allNs.getValueAtPercentile(50) / NS_A_MS,
                allNs.getValueAtPercentile(99) / NS_A_MS,
                allNs.getMaxValue() / NS_A_MS,
                longestSilenceNs / 1e9,
                lagMax);
    }
}

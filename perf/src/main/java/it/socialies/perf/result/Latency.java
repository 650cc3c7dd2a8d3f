// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/**
 * A distribution of latencies: a few percentiles for readers, the whole of it for tools.
 *
 * @param count values recorded
 * @param meanNs mean in nanoseconds
 * @param percentilesNs nanoseconds by percentile
 * @param histogram HdrHistogram of nanoseconds, compressed (V2), base64: what its log files hold
 */
public record Latency(long count, double meanNs, Map<String, Long> percentilesNs, String histogram) {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

    /** @param ns of nanoseconds; the caller may go on using it */
    public static Latency of(Histogram ns) {
        Map<String, Long> percentiles = new LinkedHashMap<>();
        for (double percentile : PERCENTILES) {
            percentiles.put(name(percentile), ns.getValueAtPercentile(percentile));
        }
        ByteBuffer compressed = ByteBuffer.allocate(ns.getNeededByteBufferCapacity());
        int length = ns.encodeIntoCompressedByteBuffer(compressed);
        return new Latency(
                ns.getTotalCount(),
                ns.getMean(),
                percentiles,
                Base64.getEncoder().encodeToString(Arrays.copyOf(compressed.array(), length)));
    }

    /** {@code p99.9}; {@code max} for 100. */
    public static String name(double percentile) {
        if (percentile == 100) {
            return "max";
        }
        return "p" + (percentile == Math.rint(percentile) ? Long.toString((long) percentile) : percentile);
    }

    /** The distribution again, of nanoseconds. */
    @JsonIgnore
    public Histogram toHistogram() {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(histogram)), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not a histogram", e);
        }
    }
}

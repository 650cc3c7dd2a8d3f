// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.suite;

import it.socialies.perf.result.Figure;
import it.socialies.perf.result.Latency;
import it.socialies.perf.result.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One row being filled in. */
public final class RowBuilder {
    private static final double[] SHOWN_PERCENTILES = {50, 99, 99.9, 100};
    private static final double NS_PER_MS = 1e6;

    private final String series;
    private final String point;
    private final Consumer<Row> to;
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private @Nullable Latency latency;

    RowBuilder(String series, String point, Consumer<Row> to) {
        this.series = series;
        this.point = point;
        this.to = to;
    }

    public RowBuilder figure(String name, double value, String unit) {
        figures.put(name, new Figure(value, unit));
        return this;
    }

    public RowBuilder count(String name, long count) {
        counts.put(name, count);
        return this;
    }

    public RowBuilder counts(Map<String, Long> all) {
        counts.putAll(all);
        return this;
    }

    /**
     * The distribution, and figures {@code p50}, {@code p99}, {@code p99.9} and {@code max} in milliseconds out of it.
     *
     * @param ns of nanoseconds
     */
    public RowBuilder latency(Histogram ns) {
        latency = Latency.of(ns);
        for (double percentile : SHOWN_PERCENTILES) {
            figure(Latency.name(percentile), ns.getValueAtPercentile(percentile) / NS_PER_MS, "ms");
        }
        return this;
    }

    public void done() {
        to.accept(new Row(series, point, figures, counts, latency));
    }
}

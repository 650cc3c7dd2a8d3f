// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.report;

import it.socialies.perf.result.Chart;
import it.socialies.perf.result.Figure;
import it.socialies.perf.result.Latency;
import it.socialies.perf.result.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the plots that suites asked for. */
final class Plots {
    private static final int PERCENTILE_STEPS_PER_HALVING = 5;
    private static final double NS_PER_MS = 1e6;

    private Plots() {}

    static void write(Path file, Chart chart, List<Row> all) throws IOException {
        List<Row> rows = all.stream()
                .filter(row -> chart.series().isEmpty() || chart.series().contains(row.series()))
                .toList();
        SvgFile.write(
                file,
                switch (chart.kind()) {
                    case BARS -> bars(chart, rows);
                    case LINES -> lines(chart, rows);
                    case PERCENTILES -> percentiles(chart, rows);
                });
    }

    /** A group of bars a point, a colour a series; a row without the figure leaves a gap. */
    private static CategoryChart bars(Chart chart, List<Row> rows) {
        String name = chart.figures().getFirst();
        List<Row> shown =
                rows.stream().filter(row -> row.figures().containsKey(name)).toList();
        List<String> points = shown.stream().map(Row::point).distinct().toList();
        CategoryChart plot = Look.categoryChart(chart, points, unitOf(shown, name));
        for (var series : bySeries(shown).entrySet()) {
            List<@Nullable Number> values = new ArrayList<>();
            for (String point : points) {
                values.add(series.getValue().stream()
                        .filter(row -> row.point().equals(point))
                        .findFirst()
                        .map(row -> readable(valueOf(row, name)))
                        .orElse(null));
            }
            plot.addSeries(series.getKey(), points, values);
        }
        Look.placeLegend(plot);
        Look.labelBars(plot, points.size() * bySeries(shown).size());
        return plot;
    }

    /** No more digits than a label can say: three, or all that stand before the point. */
    private static double readable(double value) {
        double scale = Math.pow(10, Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 1e-9)))));
        return Math.rint(value * scale) / scale;
    }

    private static XYChart lines(Chart chart, List<Row> rows) {
        List<Row> shown = rows.stream()
                .filter(row -> row.figures().containsKey(chart.x()))
                .toList();
        XYChart plot = Look.lineChart(
                chart,
                chart.x() + ", " + unitOf(shown, chart.x()),
                unitOf(shown, chart.figures().getFirst()));
        for (var series : bySeries(shown).entrySet()) {
            for (String name : chart.figures()) {
                List<Row> points = series.getValue().stream()
                        .filter(row -> row.figures().containsKey(name))
                        .sorted(Comparator.comparingDouble(row -> valueOf(row, chart.x())))
                        .toList();
                if (!points.isEmpty()) {
                    plot.addSeries(
                            chart.figures().size() == 1 ? series.getKey() : series.getKey() + ", " + name,
                            points.stream().map(row -> valueOf(row, chart.x())).toList(),
                            points.stream().map(row -> valueOf(row, name)).toList());
                }
            }
        }
        Look.placeLegend(plot);
        return plot;
    }

    /** As far along the x axis as there are nines: one at 90 %, three at 99.9 %. */
    private static XYChart percentiles(Chart chart, List<Row> rows) {
        XYChart plot = Look.percentileChart(chart);
        boolean isOneSeries = rows.stream().map(Row::series).distinct().count() == 1;
        for (Row row : rows) {
            Latency latency = row.latency();
            if (latency != null && latency.count() > 0) {
                String name = isOneSeries ? row.point() : row.series() + ", " + row.point();
                addDistribution(plot, name, latency.toHistogram());
            }
        }
        Look.placeLegend(plot);
        return plot;
    }

    private static void addDistribution(XYChart plot, String name, Histogram ns) {
        List<Double> nines = new ArrayList<>();
        List<Double> ms = new ArrayList<>();
        for (HistogramIterationValue value : ns.percentiles(PERCENTILE_STEPS_PER_HALVING)) {
            double slowerShare = 1 - value.getPercentileLevelIteratedTo() / 100;
            if (slowerShare > 0) {
                nines.add(-Math.log10(slowerShare));
                ms.add(value.getValueIteratedTo() / NS_PER_MS);
            }
        }
        plot.addSeries(name, nines, ms).setMarker(SeriesMarkers.NONE);
    }

    private static Map<String, List<Row>> bySeries(List<Row> rows) {
        Map<String, List<Row>> bySeries = new LinkedHashMap<>();
        rows.forEach(row -> bySeries.computeIfAbsent(row.series(), series -> new ArrayList<>())
                .add(row));
        return bySeries;
    }

    private static String unitOf(List<Row> rows, String name) {
        return rows.stream()
                .map(row -> row.figures().get(name))
                .filter(Objects::nonNull)
                .map(Figure::unit)
                .findFirst()
                .orElse("");
    }

    private static double valueOf(Row row, String name) {
        Figure figure = row.figures().get(name);
        if (figure == null) {
            throw new IllegalArgumentException("no figure " + name + " at " + row.series() + " " + row.point());
        }
        return figure.value();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.report;

import it.socialies.perf.result.Chart;
import it.socialies.perf.result.Latency;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Set;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** How all plots look: readable at half their size, on paper and without colour vision (the palette of Okabe and Ito). */
final class Look {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 560;
    private static final String NUMBERS = "#,##0.####";
    private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
    private static final Color TEXT = new Color(0x22, 0x22, 0x22);
    private static final Color[] SERIES = {
        new Color(0x00, 0x72, 0xb2),
        new Color(0xe6, 0x9f, 0x00),
        new Color(0x00, 0x9e, 0x73),
        new Color(0xd5, 0x5e, 0x00),
        new Color(0x56, 0xb4, 0xe9),
        new Color(0xcc, 0x79, 0xa7),
        new Color(0x00, 0x00, 0x00),
    };

    /** More letters than this do not stand side by side. */
    private static final int LETTERS_IN_A_LINE = 80;

    private static final int SLANT_DEGREES = 20;
    private static final int LABELLED_BARS_MAX = 16;

    private Look() {}

    static CategoryChart categoryChart(Chart chart, List<String> points, String unit) {
        CategoryChart plot = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(chart.title())
                .yAxisTitle(unit)
                .build();
        common(plot.getStyler(), chart);
        plot.getStyler().setAvailableSpaceFill(0.8);
        if (String.join("", points).length() > LETTERS_IN_A_LINE) {
            plot.getStyler().setXAxisLabelRotation(SLANT_DEGREES);
        }
        return plot;
    }

    /** Each bar says its value, as long as the places for bars are wide enough. */
    static void labelBars(CategoryChart plot, int places) {
        plot.getStyler().setLabelsVisible(places <= LABELLED_BARS_MAX).setLabelsFont(font(Font.PLAIN, 14));
    }

    static XYChart lineChart(Chart chart, String xTitle, String yTitle) {
        XYChart plot = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(chart.title())
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        common(plot.getStyler(), chart);
        plot.getStyler().setXAxisLogarithmic(chart.logX());
        plot.getStyler().setXAxisDecimalPattern(NUMBERS);
        plot.getStyler().setMarkerSize(9);
        return plot;
    }

    /** Its x axis counts the nines: 1 is p90, 2 is p99. */
    static XYChart percentileChart(Chart chart) {
        XYChart plot = lineChart(chart, "percentile", "ms");
        plot.getStyler().setXAxisMin(0.0);
        plot.getStyler().setxAxisTickLabelsFormattingFunction(Look::percentile);
        return plot;
    }

    private static void common(AxesChartStyler styler, Chart chart) {
        styler.setBaseFont(font(Font.PLAIN, 16));
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartFontColor(TEXT);
        styler.setChartTitleFont(font(Font.BOLD, 20));
        styler.setChartTitleBoxVisible(false);
        styler.setChartPadding(16);
        styler.setSeriesColors(SERIES);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setLegendFont(font(Font.PLAIN, 15));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPadding(12);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setAxisTitleFont(font(Font.PLAIN, 16));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 15));
        styler.setYAxisDecimalPattern(NUMBERS);
        styler.setYAxisLogarithmic(chart.logY());
        styler.setYAxisLogarithmicDecadeOnly(true);
        if (!chart.logY()) {
            styler.setYAxisMin(0.0);
        }
    }

    /** Below the plot as long as the names fit there, else beside it; none when there is nothing to tell apart. */
    static void placeLegend(org.knowm.xchart.internal.chartpart.Chart<?, ?> plot) {
        Set<String> names = plot.getSeriesMap().keySet();
        plot.getStyler().setLegendVisible(names.size() > 1);
        if (String.join("", names).length() > LETTERS_IN_A_LINE) {
            plot.getStyler().setLegendPosition(LegendPosition.OutsideE).setLegendLayout(LegendLayout.Vertical);
        }
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** Only whole numbers of nines are named. */
    private static String percentile(double nines) {
        double share = 100 - 100 * Math.pow(10, -nines);
        return nines == Math.rint(nines) ? Latency.name(Math.rint(share * 1e6) / 1e6) : "";
    }
}

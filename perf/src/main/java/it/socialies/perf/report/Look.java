// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.report;

import it.socialies.perf.result.Chart;
import it.socialies.perf.result.Latency;
import it.socialies.perf.result.Numbers;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.colors.ColorBlindFriendlySeriesColors;

/** How all plots look: readable at half their size, on paper and without colour vision. */
final class Look {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 560;
    private static final Color GRID = new Color(0xdd, 0xdd, 0xdd);
    private static final Color TEXT = new Color(0x22, 0x22, 0x22);

    private Look() {}

    static CategoryChart categoryChart(Chart chart, String unit) {
        CategoryChart plot = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(chart.title())
                .yAxisTitle(unit)
                .build();
        common(plot.getStyler(), chart);
        plot.getStyler().setLabelsVisible(true).setLabelsFont(font(Font.PLAIN, 14));
        plot.getStyler().setAvailableSpaceFill(0.8);
        return plot;
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
        plot.getStyler().setxAxisTickLabelsFormattingFunction(Look::number);
        plot.getStyler().setMarkerSize(9);
        return plot;
    }

    static XYChart percentileChart(Chart chart) {
        XYChart plot = lineChart(chart.withLogX(), "percentile", "ms");
        plot.getStyler().setXAxisLogarithmicDecadeOnly(true);
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
        styler.setSeriesColors(new ColorBlindFriendlySeriesColors().getSeriesColors());
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setLegendFont(font(Font.PLAIN, 15));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setAxisTitleFont(font(Font.PLAIN, 16));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 15));
        styler.setYAxisLogarithmic(chart.logY());
        styler.setyAxisTickLabelsFormattingFunction(Look::number);
        if (!chart.logY()) {
            styler.setYAxisMin(0.0);
        }
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    /** Ticks are round numbers: no digit more than they need. */
    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format("%,.0f", value)
                : Numbers.of(value).replaceFirst("0+$", "");
    }

    private static String percentile(double oneInMany) {
        double percentile = 100 - 100 / oneInMany;
        return Latency.name(Math.rint(percentile * 1e6) / 1e6);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.result;

import java.util.List;

/**
 * A plot that a suite asks for over its rows; the report draws it and needs to know nothing else of the suite.
 *
 * @param x LINES: the figure along the x axis; else empty
 * @param figures the figures drawn; none for PERCENTILES
 * @param series the series drawn; empty for all
 * @param logX LINES: logarithmic x axis
 * @param logY logarithmic y axis
 */
public record Chart(
        Kind kind, String title, String x, List<String> figures, List<String> series, boolean logX, boolean logY) {

    /** How the rows are drawn. */
    public enum Kind {
        /** One figure, a bar a row: the points side by side, a colour a series. */
        BARS,
        /** Figures over another figure, a line for each series and figure. */
        LINES,
        /** The latency of each row from the median to its maximum, on logarithmic scales. */
        PERCENTILES
    }

    public static Chart bars(String title, String figure) {
        return new Chart(Kind.BARS, title, "", List.of(figure), List.of(), false, false);
    }

    public static Chart lines(String title, String x, String... figures) {
        return new Chart(Kind.LINES, title, x, List.of(figures), List.of(), false, false);
    }

    public static Chart percentiles(String title) {
        return new Chart(Kind.PERCENTILES, title, "", List.of(), List.of(), false, true);
    }

    public Chart ofSeries(String... only) {
        return new Chart(kind, title, x, figures, List.of(only), logX, logY);
    }

    public Chart withLogX() {
        return new Chart(kind, title, x, figures, series, true, logY);
    }

    public Chart withLogY() {
        return new Chart(kind, title, x, figures, series, logX, true);
    }
}

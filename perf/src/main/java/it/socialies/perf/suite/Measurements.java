// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.suite;

import it.socialies.perf.result.Chart;
import it.socialies.perf.result.Row;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a suite puts what it finds, while it runs.
 *
 * <p>Threading: the thread of the suite.
 */
public final class Measurements {
    private final PrintStream progress;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** @param progress where the person who waits reads what is going on */
    public Measurements(PrintStream progress) {
        this.progress = progress;
    }

    /** Begins a row; {@link RowBuilder#done} adds it. */
    public RowBuilder row(String series, String point) {
        return new RowBuilder(series, point, rows::add);
    }

    /** A size or setting the reader must know; options of the command line are noted already. */
    public Measurements parameter(String name, Object value) {
        parameters.put(name, value.toString());
        return this;
    }

    /** A plot the report draws; a suite names all of its plots once. */
    public Measurements chart(Chart chart) {
        charts.add(chart);
        return this;
    }

    /** What a reader of the figures must know, in one sentence. */
    public Measurements note(String sentence) {
        notes.add(sentence);
        return this;
    }

    /** Tells the person who waits what is being done. */
    public void progress(String what) {
        progress.println("· " + what);
        progress.flush();
    }

    Map<String, String> parameters() {
        return parameters;
    }

    List<Row> rows() {
        return rows;
    }

    List<Chart> charts() {
        return charts;
    }

    List<String> notes() {
        return notes;
    }
}

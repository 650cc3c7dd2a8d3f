// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a result as tables: one for each set of figures that rows have in common, since suites compare things that have not all the same figures.
 *
 * @param header series, point, then each figure with its unit, and the counts when any row has some
 * @param rows cells, as many as the header
 */
public record ResultTable(List<String> header, List<List<String>> rows) {

    public static List<ResultTable> of(SuiteResult result) {
        Map<Set<String>, List<Row>> byColumns = new LinkedHashMap<>();
        for (Row row : result.rows()) {
            byColumns
                    .computeIfAbsent(columns(row), columns -> new ArrayList<>())
                    .add(row);
        }
        return byColumns.entrySet().stream()
                .map(entry -> table(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Set<String> columns(Row row) {
        Set<String> columns = new LinkedHashSet<>();
        row.figures().forEach((name, figure) -> columns.add(name + " " + figure.unit()));
        return columns;
    }

    private static ResultTable table(Set<String> columns, List<Row> rows) {
        boolean hasCounts = rows.stream().anyMatch(row -> !row.counts().isEmpty());
        List<String> header = new ArrayList<>(List.of("", ""));
        header.addAll(columns);
        if (hasCounts) {
            header.add("counts");
        }
        return new ResultTable(
                header, rows.stream().map(row -> cells(row, hasCounts)).toList());
    }

    private static List<String> cells(Row row, boolean hasCounts) {
        List<String> cells = new ArrayList<>(List.of(row.series(), row.point()));
        row.figures().values().forEach(figure -> cells.add(Numbers.of(figure.value())));
        if (hasCounts) {
            List<String> counts = new ArrayList<>();
            row.counts().forEach((name, count) -> counts.add(name + "=" + String.format("%,d", count)));
            cells.add(String.join(" ", counts));
        }
        return cells;
    }

    /** For a terminal: texts to the left, figures to the right. */
    public String toText() {
        int[] widths = new int[header.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder text = new StringBuilder();
        appendLine(text, header, widths);
        rows.forEach(row -> appendLine(text, row, widths));
        return text.toString();
    }

    private void appendLine(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String pad = " ".repeat(widths[column] - cells.get(column).length());
            boolean isText = isText(column);
            line.append(column == 0 ? "" : "  ").append(isText ? cells.get(column) + pad : pad + cells.get(column));
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    /** True for what is not a figure. */
    public boolean isText(int column) {
        return column < 2 || header.get(column).equals("counts");
    }
}

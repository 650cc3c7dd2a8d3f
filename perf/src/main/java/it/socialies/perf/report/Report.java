// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.report;

import it.socialies.perf.result.Chart;
import it.socialies.perf.result.Machine;
import it.socialies.perf.result.Numbers;
import it.socialies.perf.result.ResultTable;
import it.socialies.perf.result.SuiteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The page: for each suite its machine, its plots, its tables and what to know of them. Markdown, so that it can be read anywhere. */
final class Report {
    private static final String PAGE = "README.md";

    private Report() {}

    /** Writes the page and its plots; returns the page. */
    static Path write(Path folder, List<SuiteResult> results) throws IOException {
        Files.createDirectories(folder);
        StringBuilder page = new StringBuilder("# Measurements\n");
        for (SuiteResult result : results) {
            appendSuite(page, folder, result);
        }
        Path file = folder.resolve(PAGE);
        Files.writeString(file, page);
        return file;
    }

    private static void appendSuite(StringBuilder page, Path folder, SuiteResult result) throws IOException {
        page.append("\n## ")
                .append(result.suite())
                .append(": ")
                .append(result.title())
                .append("\n\n```\n$ ");
        page.append(result.commandLine())
                .append("\n```\n\n")
                .append(where(result))
                .append("\n");
        int plot = 0;
        for (Chart chart : result.charts()) {
            String name = result.suite() + "-" + ++plot + ".svg";
            Plots.write(folder.resolve(name), chart, result.rows());
            page.append("\n![").append(chart.title()).append("](").append(name).append(")\n");
        }
        for (ResultTable table : ResultTable.of(result)) {
            page.append('\n').append(markdown(table));
        }
        if (!result.notes().isEmpty()) {
            page.append('\n');
            result.notes().forEach(note -> page.append("- ").append(note).append('\n'));
        }
        page.append('\n').append(parameters(result)).append('\n');
    }

    private static String where(SuiteResult result) {
        Machine machine = result.machine();
        return "%s, commit %s, %s: %d cores (%s), %s, %s, %s, %s; load average before: %s."
                .formatted(
                        result.startedAt(),
                        result.commit(),
                        Numbers.of(result.durationSeconds()) + " s",
                        machine.cores(),
                        machine.cpu(),
                        Numbers.gib(machine.memoryBytes()),
                        machine.os(),
                        machine.kernel(),
                        machine.jdk(),
                        machine.loadAverage() < 0 ? "unknown" : Numbers.of(machine.loadAverage()));
    }

    private static String parameters(SuiteResult result) {
        return result.parameters().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(", ", "Parameters: ", "."));
    }

    private static String markdown(ResultTable table) {
        StringBuilder text = new StringBuilder(line(table.header()));
        text.append('|');
        for (int column = 0; column < table.header().size(); column++) {
            text.append(table.isText(column) ? "---|" : "---:|");
        }
        text.append('\n');
        table.rows().forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}

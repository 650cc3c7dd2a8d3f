// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import it.socialies.gateway.issuance.SafeCsv;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a report as CSV: the head, then table after table, each under its title and column names, parted by empty lines. Stateless. */
final class CsvReport {
    private CsvReport() {}

    /** Closes the stream. */
    static void write(Report report, OutputStream output) throws IOException {
        try (SafeCsv csv = new SafeCsv(output)) {
            csv.row(report.title());
            csv.row(report.words().get("municipality"), report.municipality());
            for (List<String> line : report.head()) {
                csv.row(line.toArray(String[]::new));
            }
            for (Table table : report.tables()) {
                csv.row("");
                csv.row(table.title());
                csv.row(table.columns().stream().map(Table.Column::header).toArray(String[]::new));
                for (List<Object> row : table.rows()) {
                    csv.row(cells(table, row, report.words()));
                }
            }
            csv.row("");
            for (String remark : report.remarks()) {
                csv.row(remark);
            }
        }
    }

    private static String[] cells(Table table, List<Object> row, ReportWords words) {
        String[] cells = new String[row.size()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = Table.text(table.columns().get(i), row.get(i), words);
        }
        return cells;
    }
}

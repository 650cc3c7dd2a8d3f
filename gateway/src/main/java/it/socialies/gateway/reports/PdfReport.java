// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import it.socialies.gateway.documents.Letterhead;
import it.socialies.gateway.documents.ReportDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes a report as a tagged PDF; columns that do not fit a page are in the other formats only. Stateless. */
final class PdfReport {
    private PdfReport() {}

    /** The stream stays open. */
    static void write(Report report, OutputStream output) throws IOException {
        List<ReportDocument.Part> parts = new ArrayList<>();
        for (Table table : report.tables()) {
            parts.add(part(table, report.words()));
        }
        new ReportDocument(
                        new Letterhead(report.municipality(), "", ""),
                        report.title(),
                        report.head(),
                        parts,
                        report.remarks(),
                        Instant.ofEpochMilli(report.atMs()))
                .write(report.words().locale(), output);
    }

    private static ReportDocument.Part part(Table table, ReportWords words) {
        List<ReportDocument.Column> columns = new ArrayList<>();
        for (Table.Column column : table.columns()) {
            if (column.share() > 0) {
                columns.add(
                        new ReportDocument.Column(column.header(), column.share(), column.type() != Table.Type.TEXT));
            }
        }
        List<List<String>> rows = new ArrayList<>();
        for (List<Object> row : table.rows()) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                if (table.columns().get(i).share() > 0) {
                    cells.add(Table.text(table.columns().get(i), row.get(i), words));
                }
            }
            rows.add(cells);
        }
        return new ReportDocument.Part(table.title(), columns, rows);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;

/**
 * A report of several tables: what it is about on the first page, then table after table, whose column names stand on every page. The same report gives the same bytes.
 *
 * @param head label and value, line by line
 * @param remarks how it is to be read, behind the tables
 * @param at its time of creation
 */
public record ReportDocument(
        Letterhead from, String title, List<List<String>> head, List<Part> parts, List<String> remarks, Instant at) {
    private static final float ROW = 5.4f;
    private static final float GAP = 3;
    private static final float LABEL = 45;
    private static final PdfCanvas.Style CELL = new PdfCanvas.Style(Typeface.REGULAR, 8.5f, StandardStructureTypes.P);
    private static final PdfCanvas.Style HEADER =
            new PdfCanvas.Style(Typeface.SEMIBOLD, 8.5f, StandardStructureTypes.P);

    /** A table. */
    public record Part(String title, List<Column> columns, List<List<String>> rows) {}

    /**
     * A column.
     *
     * @param widthShare of the page's width, in relation to the other columns'
     * @param isNumber numbers stand to the right
     */
    public record Column(String header, int widthShare, boolean isNumber) {}

    public ReportDocument {
        head = List.copyOf(head);
        parts = List.copyOf(parts);
        remarks = List.copyOf(remarks);
    }

    /** Prints it; the stream stays open. */
    public void write(Locale locale, OutputStream output) throws IOException {
        try (PdfBook book = new PdfBook(title, new Words(locale))) {
            book.createdAt(at);
            try (Sheets sheets = new Sheets(book, from)) {
                sheets.y = sheets.page.paragraph(
                        PdfCanvas.Style.TITLE.sized(14), A4Sheet.MARGIN, sheets.y, A4Sheet.WIDTH, title);
                sheets.y += GAP;
                for (List<String> line : head) {
                    sheets.page.line(CELL, A4Sheet.MARGIN, sheets.y, line.getFirst());
                    sheets.y = sheets.page.paragraph(
                                    HEADER, A4Sheet.MARGIN + LABEL, sheets.y, A4Sheet.WIDTH - LABEL, line.getLast())
                            + 0.6f;
                }
                for (Part part : parts) {
                    print(sheets, part);
                }
                remarks(sheets);
            }
            book.save(output);
        }
    }

    private static void print(Sheets sheets, Part part) throws IOException {
        sheets.y += GAP * 2;
        sheets.need(ROW * 4);
        sheets.y =
                sheets.page.paragraph(PdfCanvas.Style.HEADING, A4Sheet.MARGIN, sheets.y, A4Sheet.WIDTH, part.title());
        sheets.y += 1;
        columnNames(sheets, part);
        for (List<String> row : part.rows()) {
            if (sheets.need(ROW)) {
                columnNames(sheets, part);
            }
            row(sheets, part, CELL, row);
            sheets.page.rule(A4Sheet.MARGIN, sheets.y - 0.6f, A4Sheet.RIGHT, sheets.y - 0.6f, 0.15f, false);
        }
    }

    private static void columnNames(Sheets sheets, Part part) throws IOException {
        row(sheets, part, HEADER, part.columns().stream().map(Column::header).toList());
        sheets.page.rule(A4Sheet.MARGIN, sheets.y - 0.5f, A4Sheet.RIGHT, sheets.y - 0.5f, 0.6f, false);
    }

    private static void row(Sheets sheets, Part part, PdfCanvas.Style style, List<String> cells) throws IOException {
        float unit = A4Sheet.WIDTH
                / part.columns().stream().mapToInt(Column::widthShare).sum();
        float x = A4Sheet.MARGIN;
        for (int i = 0; i < part.columns().size(); i++) {
            Column column = part.columns().get(i);
            float width = column.widthShare() * unit;
            String cell = cells.get(i);
            if (!cell.isEmpty()) {
                float inner = width - GAP;
                float natural = Math.min(inner, sheets.page.width(style, cell));
                sheets.page.lineWithin(style, column.isNumber() ? x + inner - natural : x, sheets.y, inner, cell);
            }
            x += width;
        }
        sheets.y += ROW;
    }

    private void remarks(Sheets sheets) throws IOException {
        sheets.y += GAP;
        for (String remark : remarks) {
            sheets.need(sheets.page.paragraphHeight(PdfCanvas.Style.SMALL, A4Sheet.WIDTH, remark));
            sheets.y =
                    sheets.page.paragraph(PdfCanvas.Style.SMALL, A4Sheet.MARGIN, sheets.y, A4Sheet.WIDTH, remark) + 1;
        }
    }

    @Override
    public String toString() {
        return "ReportDocument[parts=" + parts.size() + "]";
    }

    /** The page that is being written, and how far. */
    private static final class Sheets implements AutoCloseable {
        private final PdfBook book;
        private final Letterhead from;
        private PdfCanvas page;
        private float y;

        Sheets(PdfBook book, Letterhead from) throws IOException {
            this.book = book;
            this.from = from;
            page = book.newPage();
            y = A4Sheet.letterhead(page, from);
        }

        /** A new page when there is not so much left on this one; tells whether. */
        boolean need(float height) throws IOException {
            if (y + height <= A4Sheet.BOTTOM) {
                return false;
            }
            close();
            page = book.newPage();
            y = A4Sheet.letterhead(page, from);
            return true;
        }

        @Override
        public void close() throws IOException {
            page.lineTo(
                    PdfCanvas.Style.SMALL,
                    A4Sheet.RIGHT,
                    A4Sheet.BOTTOM + 6,
                    book.words().get("list.page", book.pageCount()));
            page.close();
        }
    }
}

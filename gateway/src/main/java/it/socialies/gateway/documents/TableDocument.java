// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;

/**
 * A list over many pages: the publication, which carries codes only, or its annex with names, which says on every page that it is not to be published. Rows come one at a time; titles are above every
 * page's columns.
 *
 * @param act the act it belongs to
 * @param isReserved whether it names people
 */
public record TableDocument(Letterhead from, String title, String act, boolean isReserved, List<Column> columns) {
    private static final float ROW = 6;
    private static final float PADDING = 4;
    private static final int PAGES_PER_PART = 500;
    private static final PdfCanvas.Style CELL = new PdfCanvas.Style(Typeface.REGULAR, 9.5f, StandardStructureTypes.P);
    private static final PdfCanvas.Style HEADER =
            new PdfCanvas.Style(Typeface.SEMIBOLD, 9.5f, StandardStructureTypes.P);

    /**
     * A column of the table.
     *
     * @param widthShare of the page's width, in relation to the other columns'
     * @param isNumber numbers stand to the right
     */
    public record Column(String header, int widthShare, boolean isNumber) {}

    public TableDocument {
        columns = List.copyOf(columns);
    }

    /**
     * Prints the rows in their order, 500 pages to a part.
     *
     * @return how many parts there are; none without a row
     */
    public int write(Iterator<List<String>> rows, Locale locale, PartSink sink) throws IOException {
        Words words = new Words(locale);
        return PrintRun.write(rows, PAGES_PER_PART, title, words, sink, this::page);
    }

    /** Prints the rows as one document; the stream stays open. */
    public void write(Iterable<List<String>> rows, Locale locale, OutputStream output) throws IOException {
        Words words = new Words(locale);
        try (PdfBook book = new PdfBook(title, words)) {
            Iterator<List<String>> rest = rows.iterator();
            do {
                page(book, rest);
            } while (rest.hasNext());
            book.save(output);
        }
    }

    private void page(PdfBook book, Iterator<List<String>> rest) throws IOException {
        Words words = book.words();
        try (PdfCanvas page = book.newPage()) {
            float y = A4Sheet.letterhead(page, from);
            if (isReserved) {
                page.line(PdfCanvas.Style.STRONG, A4Sheet.MARGIN, y, words.get("list.reserved"));
                y += 7;
            }
            y = page.paragraph(PdfCanvas.Style.TITLE.sized(14), A4Sheet.MARGIN, y, A4Sheet.WIDTH, title);
            page.line(PdfCanvas.Style.SMALL, A4Sheet.MARGIN, y + 1, act);
            y += 8;
            row(page, HEADER, y, columns.stream().map(Column::header).toList());
            y += ROW;
            page.rule(A4Sheet.MARGIN, y - 0.5f, A4Sheet.RIGHT, y - 0.5f, 0.6f, false);
            while (rest.hasNext() && y + ROW <= A4Sheet.BOTTOM) {
                row(page, CELL, y, rest.next());
                y += ROW;
                page.rule(A4Sheet.MARGIN, y - 0.6f, A4Sheet.RIGHT, y - 0.6f, 0.15f, false);
            }
            page.lineTo(
                    PdfCanvas.Style.SMALL, A4Sheet.RIGHT, A4Sheet.BOTTOM + 6, words.get("list.page", book.pageCount()));
        }
    }

    private void row(PdfCanvas page, PdfCanvas.Style style, float y, List<String> cells) throws IOException {
        float unit =
                A4Sheet.WIDTH / columns.stream().mapToInt(Column::widthShare).sum();
        float x = A4Sheet.MARGIN;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            float width = column.widthShare() * unit;
            String cell = i < cells.size() ? cells.get(i) : "";
            if (!cell.isEmpty()) {
                float inner = width - PADDING;
                float natural = Math.min(inner, page.width(style, cell));
                page.lineWithin(style, column.isNumber() ? x + inner - natural : x, y, inner, cell);
            }
            x += width;
        }
    }

    @Override
    public String toString() {
        return "TableDocument[columns=" + columns.size() + "]";
    }
}

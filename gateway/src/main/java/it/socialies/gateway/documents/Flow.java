// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.util.List;

/** Text that goes on to the next page where one is full. One thread; closes its last page. */
final class Flow implements AutoCloseable {
    private static final float LABEL_WIDTH = 45;
    private static final float TOP = 20;

    private final PdfBook book;
    private PdfCanvas page;
    private float y;

    Flow(PdfBook book) throws IOException {
        this.book = book;
        page = book.newPage();
        y = TOP;
    }

    /** The page that is being filled, for what stands at a place of its own. */
    PdfCanvas page() {
        return page;
    }

    /** Goes on below {@code y} millimetres. */
    void moveTo(float nextY) {
        y = nextY;
    }

    void gap(float height) {
        y += height;
    }

    void paragraph(PdfCanvas.Style style, String text) throws IOException {
        indented(style, 0, text);
    }

    /** A label and what it says, as in a form. */
    void entry(String label, String value) throws IOException {
        need(page.paragraphHeight(PdfCanvas.Style.STRONG, A4Sheet.WIDTH - LABEL_WIDTH, value));
        y = A4Sheet.entry(page, y, label, value);
    }

    /** A line to sign on. */
    void signature(String label) throws IOException {
        need(PdfCanvas.Style.SMALL.lineMm());
        A4Sheet.signature(page, A4Sheet.MARGIN, y, label);
        y += PdfCanvas.Style.SMALL.lineMm();
    }

    /** A heading and a bullet for each item; the heading stays with the first. */
    void list(String heading, List<String> items) throws IOException {
        need(PdfCanvas.Style.HEADING.lineMm() + 2 * PdfCanvas.Style.TEXT.lineMm());
        paragraph(PdfCanvas.Style.HEADING, heading);
        for (String item : items) {
            indented(PdfCanvas.Style.TEXT, 4, "• " + item);
        }
    }

    private void indented(PdfCanvas.Style style, float indent, String text) throws IOException {
        float width = A4Sheet.WIDTH - indent;
        need(page.paragraphHeight(style, width, text));
        y = page.paragraph(style, A4Sheet.MARGIN + indent, y, width, text);
    }

    private void need(float height) throws IOException {
        if (y + height > A4Sheet.BOTTOM && y > TOP) {
            page.close();
            page = book.newPage();
            y = TOP;
        }
    }

    @Override
    public void close() throws IOException {
        page.close();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.Locale;

/** The letter that tells somebody of an award, with the funders' logos, which the card itself does not bear. Prints as nothing. */
public record AwardLetter(Letterhead from, Recipient to, LocalDate date, Award award) {
    private static final int PAGES_PER_PART = 1_000;

    @Override
    public String toString() {
        return "AwardLetter[redacted]";
    }

    /** Prints one letter; the stream stays open. */
    public void write(Locale locale, OutputStream output) throws IOException {
        Words words = new Words(locale);
        try (PdfBook book = new PdfBook(words.get("letter.title"), words)) {
            draw(book);
            book.save(output);
        }
    }

    /**
     * Prints many, a page each.
     *
     * @return how many parts there are
     */
    public static int write(Iterator<AwardLetter> letters, Locale locale, PartSink sink) throws IOException {
        Words words = new Words(locale);
        return PrintRun.write(letters, PAGES_PER_PART, words.get("letter.title"), words, sink, (book, rest) -> rest.next()
                .draw(book));
    }

    private void draw(PdfBook book) throws IOException {
        Words words = book.words();
        try (PdfCanvas page = book.newPage()) {
            float y = A4Sheet.letterhead(page, from);
            y = A4Sheet.logos(page, award.funders(), y);
            page.line(PdfCanvas.Style.SMALL, A4Sheet.MARGIN, y, words.date(date));
            float address = y;
            page.line(PdfCanvas.Style.STRONG, 110, address, to.name());
            for (String line : to.addressLines()) {
                address += PdfCanvas.Style.TEXT.lineMm();
                page.line(PdfCanvas.Style.TEXT, 110, address, line);
            }
            y = Math.max(y + 22, address + 12);
            page.line(PdfCanvas.Style.TITLE, A4Sheet.MARGIN, y, words.get("letter.title"));
            y = page.paragraph(
                            PdfCanvas.Style.TEXT, A4Sheet.MARGIN, y + 11, A4Sheet.WIDTH, words.get("letter.opening"))
                    + 4;
            y = AwardWords.draw(page, words, award, y) + 4;
            y = page.paragraph(PdfCanvas.Style.TEXT, A4Sheet.MARGIN, y, A4Sheet.WIDTH, words.get("letter.rules")) + 3;
            page.paragraph(
                    PdfCanvas.Style.SMALL,
                    A4Sheet.MARGIN,
                    y,
                    A4Sheet.WIDTH,
                    words.get("letter.closing", from.office(), from.contact()));
        }
    }
}

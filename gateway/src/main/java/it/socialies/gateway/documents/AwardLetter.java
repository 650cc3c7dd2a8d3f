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
     * Prints many, each from a new page on.
     *
     * @return how many parts there are
     */
    public static int write(Iterator<AwardLetter> letters, Locale locale, PartSink sink) throws IOException {
        Words words = new Words(locale);
        return PrintRun.write(
                letters,
                PAGES_PER_PART,
                words.get("letter.title"),
                words,
                sink,
                (book, rest) -> rest.next().draw(book));
    }

    private void draw(PdfBook book) throws IOException {
        Words words = book.words();
        try (Flow flow = new Flow(book)) {
            PdfCanvas page = flow.page();
            float y = A4Sheet.letterhead(page, from);
            y = A4Sheet.logos(page, award.funders(), y);
            page.line(PdfCanvas.Style.SMALL, A4Sheet.MARGIN, y, words.date(date));
            float address = A4Sheet.address(page, to, y);
            flow.moveTo(Math.max(y + 22, address + 12));
            flow.paragraph(PdfCanvas.Style.TITLE, words.get("letter.title"));
            flow.gap(3);
            flow.paragraph(PdfCanvas.Style.TEXT, words.get("letter.opening"));
            flow.gap(4);
            AwardWords.write(flow, words, award);
            flow.gap(4);
            flow.paragraph(PdfCanvas.Style.TEXT, words.get("letter.rules"));
            flow.gap(3);
            flow.paragraph(PdfCanvas.Style.SMALL, words.get("letter.closing", from.office(), from.contact()));
        }
    }
}

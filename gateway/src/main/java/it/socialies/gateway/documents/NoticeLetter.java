// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * A letter that tells somebody something, for whom no other way reaches. Prints as nothing.
 *
 * @param date of the letter
 * @param title that fits a window of an envelope badly placed: it says nothing about anybody
 * @param paragraphs below the title
 * @param closing whom to ask
 */
public record NoticeLetter(
        Letterhead from, Recipient to, LocalDate date, String title, List<String> paragraphs, String closing) {
    private static final float WINDOW_Y = 45;

    public NoticeLetter {
        paragraphs = List.copyOf(paragraphs);
    }

    @Override
    public String toString() {
        return "NoticeLetter[redacted]";
    }

    /** Prints them, each from a new page on; the stream stays open. The same letters make the same bytes. */
    public static void write(List<NoticeLetter> letters, Locale locale, OutputStream output) throws IOException {
        Words words = new Words(locale);
        try (PdfBook book = new PdfBook(words.get("notice.title"), words)) {
            if (letters.isEmpty()) {
                try (Flow flow = new Flow(book)) {
                    flow.moveTo(WINDOW_Y);
                    flow.paragraph(PdfCanvas.Style.TEXT, words.get("notice.none"));
                }
            }
            for (NoticeLetter letter : letters) {
                letter.draw(book);
            }
            book.save(output);
        }
    }

    private void draw(PdfBook book) throws IOException {
        Words words = book.words();
        try (Flow flow = new Flow(book)) {
            A4Sheet.letterhead(flow.page(), from);
            float address = A4Sheet.address(flow.page(), to, WINDOW_Y);
            flow.moveTo(Math.max(WINDOW_Y + 45, address + 12));
            flow.paragraph(PdfCanvas.Style.SMALL, words.date(date));
            flow.gap(4);
            flow.paragraph(PdfCanvas.Style.TITLE, title);
            flow.gap(4);
            for (String paragraph : paragraphs) {
                flow.paragraph(PdfCanvas.Style.TEXT, paragraph);
                flow.gap(3);
            }
            flow.gap(2);
            flow.paragraph(PdfCanvas.Style.SMALL, closing);
        }
    }
}

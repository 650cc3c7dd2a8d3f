// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Asks a shop whether the change of its bank account is its own, at the address that was known before the change: of both accounts it says the last characters only. Prints as nothing.
 *
 * @param oldEnding of the account that was paid to until now
 * @param newEnding of the one that waits
 * @param code what the shop tells back
 */
public record PayeeLetter(Letterhead from, Recipient shop, String oldEnding, String newEnding, String code) {
    private static final float WINDOW_Y = 45;

    @Override
    public String toString() {
        return "PayeeLetter[redacted]";
    }

    /** Prints the letter; the stream stays open. */
    public void write(Locale locale, OutputStream output) throws IOException {
        Words words = new Words(locale);
        try (PdfBook book = new PdfBook(words.get("payee.title"), words)) {
            draw(book);
            book.save(output);
        }
    }

    private void draw(PdfBook book) throws IOException {
        Words words = book.words();
        try (Flow flow = new Flow(book)) {
            A4Sheet.letterhead(flow.page(), from);
            A4Sheet.address(flow.page(), shop, WINDOW_Y);
            flow.moveTo(WINDOW_Y + 45);
            flow.paragraph(PdfCanvas.Style.TITLE, words.get("payee.title"));
            flow.gap(5);
            flow.paragraph(PdfCanvas.Style.TEXT, words.get("payee.text"));
            flow.gap(4);
            flow.entry(words.get("payee.old"), "… " + oldEnding);
            flow.entry(words.get("payee.new"), "… " + newEnding);
            flow.gap(4);
            flow.paragraph(PdfCanvas.Style.TEXT, words.get("payee.yes", from.office(), from.contact()));
            flow.gap(3);
            flow.paragraph(PdfCanvas.Style.CODE, PrintableCard.grouped(code));
            flow.gap(3);
            flow.paragraph(PdfCanvas.Style.STRONG, words.get("payee.no"));
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Locale;

/**
 * What a helper takes to the shop for somebody who cannot go: the code of one errand, as QR and in letters, with its shop, maximum and end. Neither the holder's name nor the helper's, no funder and no programme: it is shown at
 * the till. Prints as nothing.
 *
 * @param code number, QR code and letters of the errand
 * @param shop the only one where it works, as people call it
 * @param maximumCents what the purchase may cost the wallet at most
 * @param validUntil when it ends, in the time of the place
 */
public record ErrandSlip(
        Letterhead from, PrintableCard code, String shop, long maximumCents, LocalDateTime validUntil, CardFace face) {
    private static final float QR_SIDE = 55;

    @Override
    public String toString() {
        return "ErrandSlip[redacted]";
    }

    /** Prints one slip; the stream stays open. */
    public void write(Locale locale, OutputStream output) throws IOException {
        Words words = new Words(locale);
        try (PdfBook book = new PdfBook(words.get("errand.title"), words)) {
            draw(book);
            book.save(output);
        }
    }

    private void draw(PdfBook book) throws IOException {
        Words words = book.words();
        try (Flow flow = new Flow(book)) {
            PdfCanvas page = flow.page();
            float y = A4Sheet.letterhead(page, from);
            page.line(PdfCanvas.Style.TITLE, A4Sheet.MARGIN, y + 3, words.get("errand.title"));
            y += 16;
            code(page, words, y);
            flow.moveTo(y + QR_SIDE + 5);
            flow.entry(words.get("errand.shop"), shop);
            flow.entry(words.get("errand.maximum"), words.amount(maximumCents));
            flow.entry(words.get("errand.until"), words.moment(validUntil));
            flow.gap(5);
            flow.paragraph(PdfCanvas.Style.TEXT, words.get("errand.text"));
            flow.gap(3);
            flow.paragraph(PdfCanvas.Style.HEADING, words.get("errand.lost.title"));
            flow.paragraph(
                    PdfCanvas.Style.TEXT,
                    words.get("errand.lost.text", from.office(), from.contact(), face.blockPhone()));
        }
    }

    private void code(PdfCanvas page, Words words, float y) throws IOException {
        page.qr(A4Sheet.MARGIN - 5, y, QR_SIDE, code.qrText(), words.get("errand.qr", code.number()));
        float x = A4Sheet.MARGIN + QR_SIDE + 5;
        page.line(PdfCanvas.Style.SMALL, x, y + 8, words.get("errand.number"));
        page.line(PdfCanvas.Style.CODE, x, y + 12, code.number());
        page.line(PdfCanvas.Style.SMALL, x, y + 24, words.get("errand.code"));
        page.paragraph(PdfCanvas.Style.CODE, x, y + 28, A4Sheet.RIGHT - x, PrintableCard.grouped(code.secretCode()));
    }
}

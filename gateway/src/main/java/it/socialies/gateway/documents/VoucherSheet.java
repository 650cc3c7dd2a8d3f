// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Locale;

/** One programme on paper, for who cannot or will not have a card: code, number, secret code, and the funders' logos. No name: it is shown at the till. Prints as nothing. */
public record VoucherSheet(Letterhead from, Award award, PrintableCard card, CardFace face) {
    private static final float QR_SIDE = 55;
    private static final int PAGES_PER_PART = 1_000;

    @Override
    public String toString() {
        return "VoucherSheet[redacted]";
    }

    /** Prints one sheet; the stream stays open. */
    public void write(Locale locale, OutputStream output) throws IOException {
        Words words = new Words(locale);
        try (PdfBook book = new PdfBook(words.get("voucher.title"), words)) {
            draw(book);
            book.save(output);
        }
    }

    /**
     * Prints many, each from a new page on.
     *
     * @return how many parts there are
     */
    public static int write(Iterator<VoucherSheet> sheets, Locale locale, PartSink sink) throws IOException {
        Words words = new Words(locale);
        return PrintRun.write(
                sheets,
                PAGES_PER_PART,
                words.get("voucher.title"),
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
            page.line(PdfCanvas.Style.TITLE, A4Sheet.MARGIN, y, words.get("voucher.title"));
            y += 12;
            code(page, words, y);
            flow.moveTo(y + QR_SIDE + 5);
            AwardWords.write(flow, words, award);
            flow.gap(5);
            flow.paragraph(PdfCanvas.Style.HEADING, words.get("card.lost.title"));
            flow.paragraph(PdfCanvas.Style.TEXT, words.get("card.lost.text", face.blockPage(), face.blockPhone()));
        }
    }

    private void code(PdfCanvas page, Words words, float y) throws IOException {
        page.qr(A4Sheet.MARGIN - 5, y, QR_SIDE, card.qrText(), words.get("card.qr", card.number()));
        float x = A4Sheet.MARGIN + QR_SIDE + 5;
        page.line(PdfCanvas.Style.SMALL, x, y + 8, words.get("card.number"));
        page.line(PdfCanvas.Style.CODE, x, y + 12, card.number());
        page.line(PdfCanvas.Style.SMALL, x, y + 24, words.get("card.secret"));
        page.paragraph(PdfCanvas.Style.CODE, x, y + 28, A4Sheet.RIGHT - x, PrintableCard.grouped(card.secretCode()));
    }
}

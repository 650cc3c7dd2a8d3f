// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The hand-over of a card: above, the receipt that the holder signs and the office keeps; below the cut, what the holder takes home, with the code that can only block and how to use it at any hour.
 * The block-only code stands on the holder's part alone.
 *
 * @param cardNumber pseudonymous
 * @param delegateName who receives it for the holder; empty when the holder does
 * @param blockCode blocks and does nothing else; printed in groups of four
 */
public record HandOverReceipt(
        Letterhead from,
        Recipient holder,
        String delegateName,
        String cardNumber,
        LocalDate handedOver,
        String blockCode,
        CardFace face) {
    private static final float CUT = 178;
    private static final int PAGES_PER_PART = 1_000;

    @Override
    public String toString() {
        return "HandOverReceipt[redacted]";
    }

    /** Prints one receipt; the stream stays open. */
    public void write(Locale locale, OutputStream output) throws IOException {
        Words words = new Words(locale);
        try (PdfBook book = new PdfBook(words.get("receipt.title"), words)) {
            draw(book);
            book.save(output);
        }
    }

    /**
     * Prints many, a page each.
     *
     * @return how many parts there are
     */
    public static int write(Iterator<HandOverReceipt> receipts, Locale locale, PartSink sink) throws IOException {
        Words words = new Words(locale);
        return PrintRun.write(
                receipts,
                PAGES_PER_PART,
                words.get("receipt.title"),
                words,
                sink,
                (book, rest) -> rest.next().draw(book));
    }

    private void draw(PdfBook book) throws IOException {
        Words words = book.words();
        try (PdfCanvas page = book.newPage()) {
            float y = A4Sheet.letterhead(page, from);
            page.line(PdfCanvas.Style.TITLE, A4Sheet.MARGIN, y + 3, words.get("receipt.title"));
            y += 16;
            y = A4Sheet.entry(page, y, words.get("card.number"), cardNumber);
            y = A4Sheet.entry(page, y, words.get("receipt.holder"), holder.name());
            if (!delegateName.isEmpty()) {
                y = A4Sheet.entry(page, y, words.get("receipt.delegate"), delegateName);
            }
            y = A4Sheet.entry(page, y, words.get("receipt.date"), words.date(handedOver)) + 5;
            for (String item : List.of("receipt.received", "receipt.pin", "receipt.lost", "receipt.privacy")) {
                y = page.paragraph(PdfCanvas.Style.TEXT, A4Sheet.MARGIN, y, A4Sheet.WIDTH, words.get(item)) + 2;
            }
            A4Sheet.signature(page, A4Sheet.MARGIN, CUT - 16, words.get("receipt.sign.holder"));
            A4Sheet.signature(page, A4Sheet.RIGHT - 70, CUT - 16, words.get("receipt.sign.office"));
            page.rule(0, CUT, Millimetres.A4_WIDTH, CUT, 0.4f, true);
            holderPart(page, words);
        }
    }

    private void holderPart(PdfCanvas page, Words words) throws IOException {
        float y = CUT + 8;
        page.line(PdfCanvas.Style.TITLE.sized(15), A4Sheet.MARGIN, y, words.get("block.title"));
        y += 12;
        y = A4Sheet.entry(page, y, words.get("card.number"), cardNumber);
        page.line(PdfCanvas.Style.SMALL, A4Sheet.MARGIN, y + 2, words.get("block.code"));
        page.line(PdfCanvas.Style.CODE.sized(18), A4Sheet.MARGIN + 45, y, PrintableCard.grouped(blockCode));
        y += 12;
        page.paragraph(
                PdfCanvas.Style.TEXT,
                A4Sheet.MARGIN,
                y,
                A4Sheet.WIDTH,
                words.get("block.text", face.blockPage(), face.blockPhone(), from.office(), from.contact()));
    }
}

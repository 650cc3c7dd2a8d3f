// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Locale;

/**
 * A PIN by post, for who asks for it: the address in the upper third, for a window envelope, the PIN in the lowest, where the sheet folded like a Z hides it. The card number is not there: a lost letter is no help with a
 * found card. Prints as nothing.
 *
 * @param cardHint the last characters of the card number, so that who has two cards knows which
 */
public record PinMailer(Letterhead from, Recipient holder, String cardHint, String pin) {
    private static final float THIRD = Millimetres.A4_HEIGHT / 3;
    private static final float WINDOW_Y = 45;
    private static final int PAGES_PER_PART = 1_000;

    @Override
    public String toString() {
        return "PinMailer[redacted]";
    }

    /** Prints one mailer; the stream stays open. */
    public void write(Locale locale, OutputStream output) throws IOException {
        Words words = new Words(locale);
        try (PdfBook book = new PdfBook(words.get("pin.title"), words)) {
            draw(book);
            book.save(output);
        }
    }

    /**
     * Prints many, a page each.
     *
     * @return how many parts there are
     */
    public static int write(Iterator<PinMailer> mailers, Locale locale, PartSink sink) throws IOException {
        Words words = new Words(locale);
        return PrintRun.write(
                mailers,
                PAGES_PER_PART,
                words.get("pin.title"),
                words,
                sink,
                (book, rest) -> rest.next().draw(book));
    }

    private void draw(PdfBook book) throws IOException {
        Words words = book.words();
        try (PdfCanvas page = book.newPage()) {
            A4Sheet.letterhead(page, from);
            A4Sheet.address(page, holder, WINDOW_Y);
            fold(page, THIRD);
            page.paragraph(
                    PdfCanvas.Style.TEXT,
                    A4Sheet.MARGIN,
                    THIRD + 12,
                    A4Sheet.WIDTH,
                    words.get("pin.text", from.office(), from.contact()));
            fold(page, 2 * THIRD);
            page.line(PdfCanvas.Style.TITLE, A4Sheet.MARGIN, 2 * THIRD + 12, words.get("pin.title"));
            page.line(PdfCanvas.Style.SMALL, A4Sheet.MARGIN, 2 * THIRD + 24, words.get("pin.card", cardHint));
            page.line(PdfCanvas.Style.CODE.sized(26), A4Sheet.MARGIN, 2 * THIRD + 32, pin);
            page.paragraph(
                    PdfCanvas.Style.SMALL, A4Sheet.MARGIN, 2 * THIRD + 50, A4Sheet.WIDTH, words.get("pin.destroy"));
        }
    }

    /** Where to fold: marks at the edges only. */
    private static void fold(PdfCanvas page, float y) throws IOException {
        page.rule(3, y, 8, y, 0.3f, false);
        page.rule(Millimetres.A4_WIDTH - 8, y, Millimetres.A4_WIDTH - 3, y, 0.3f, false);
    }
}

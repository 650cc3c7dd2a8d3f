// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;

/**
 * Cards to print and cut: eight of 86 × 54 mm on A4, fronts on odd pages and backs on even ones, mirrored so that a duplex printer that turns on the long edge puts each back behind its front. Stateless.
 */
public final class CardSheets {
    static final float CARD_WIDTH = 86;
    static final float CARD_HEIGHT = 54;
    static final int COLUMNS = 2;
    static final int ROWS = 4;
    static final float LEFT = (Millimetres.A4_WIDTH - COLUMNS * CARD_WIDTH) / 2;
    static final float TOP = (Millimetres.A4_HEIGHT - ROWS * CARD_HEIGHT) / 2;
    static final int CARDS = COLUMNS * ROWS;

    private static final int PAGES_PER_PART = 200;
    private static final float MARK = 5;
    private static final float MARK_GAP = 2;
    private static final float PADDING = 5;
    private static final float QR_SIDE = 38;

    private static final PdfCanvas.Style NAME = new PdfCanvas.Style(Typeface.BOLD, 10.5f, StandardStructureTypes.P);
    private static final PdfCanvas.Style LABEL = new PdfCanvas.Style(Typeface.REGULAR, 7, StandardStructureTypes.P);
    private static final PdfCanvas.Style NUMBER = new PdfCanvas.Style(Typeface.MONO, 10, StandardStructureTypes.P);

    private CardSheets() {}

    /**
     * Prints cards in their order, 800 to a part.
     *
     * @return how many parts there are
     */
    public static int write(CardFace face, Iterator<PrintableCard> cards, Locale locale, PartSink sink)
            throws IOException {
        Words words = new Words(locale);
        return PrintRun.write(
                cards, PAGES_PER_PART, words.get("card.title", face.municipality()), words, sink, (book, rest) -> {
                    List<PrintableCard> sheet = new ArrayList<>(CARDS);
                    while (rest.hasNext() && sheet.size() < CARDS) {
                        sheet.add(rest.next());
                    }
                    sheet(book, face, sheet);
                });
    }

    private static void sheet(PdfBook book, CardFace face, List<PrintableCard> cards) throws IOException {
        try (PdfCanvas front = book.newPage()) {
            cropMarks(front);
            for (int i = 0; i < cards.size(); i++) {
                front(front, book.words(), face, cards.get(i), x(i % COLUMNS), y(i / COLUMNS));
            }
        }
        try (PdfCanvas back = book.newPage()) {
            cropMarks(back);
            for (int i = 0; i < cards.size(); i++) {
                back(back, book.words(), face, cards.get(i), x(COLUMNS - 1 - i % COLUMNS), y(i / COLUMNS));
            }
        }
    }

    private static float x(int column) {
        return LEFT + column * CARD_WIDTH;
    }

    private static float y(int row) {
        return TOP + row * CARD_HEIGHT;
    }

    private static void front(PdfCanvas page, Words words, CardFace face, PrintableCard card, float x, float y)
            throws IOException {
        float text = x + PADDING;
        float width = CARD_WIDTH - QR_SIDE - PADDING - 2;
        page.paragraph(NAME, text, y + PADDING, width, face.municipality());
        page.line(LABEL, text, y + 24, words.get("card.number"));
        page.lineWithin(NUMBER, text, y + 27, width, card.number());
        page.line(LABEL, text, y + 35, words.get("card.secret"));
        page.paragraph(NUMBER, text, y + 38, width, PrintableCard.grouped(card.secretCode()));
        page.qr(
                x + CARD_WIDTH - QR_SIDE - 1,
                y + (CARD_HEIGHT - QR_SIDE) / 2,
                QR_SIDE,
                card.qrText(),
                words.get("card.qr", card.number()));
    }

    private static void back(PdfCanvas page, Words words, CardFace face, PrintableCard card, float x, float y)
            throws IOException {
        float text = x + PADDING;
        float width = CARD_WIDTH - 2 * PADDING;
        page.line(NAME.sized(9), text, y + PADDING, words.get("card.lost.title"));
        float next = page.paragraph(
                PdfCanvas.Style.SMALL,
                text,
                y + PADDING + 5,
                width,
                words.get("card.lost.text", face.blockPage(), face.blockPhone()));
        page.paragraph(LABEL, text, next + 2, width, words.get("card.found", face.municipality()));
        page.lineWithin(NUMBER.sized(8), text, y + CARD_HEIGHT - PADDING - 3, width, card.number());
    }

    /** At the ends of every cut, outside the cards. */
    private static void cropMarks(PdfCanvas page) throws IOException {
        float right = LEFT + COLUMNS * CARD_WIDTH;
        float bottom = TOP + ROWS * CARD_HEIGHT;
        for (int column = 0; column <= COLUMNS; column++) {
            page.rule(x(column), TOP - MARK_GAP - MARK, x(column), TOP - MARK_GAP, 0.3f, false);
            page.rule(x(column), bottom + MARK_GAP, x(column), bottom + MARK_GAP + MARK, 0.3f, false);
        }
        for (int row = 0; row <= ROWS; row++) {
            page.rule(LEFT - MARK_GAP - MARK, y(row), LEFT - MARK_GAP, y(row), 0.3f, false);
            page.rule(right + MARK_GAP, y(row), right + MARK_GAP + MARK, y(row), 0.3f, false);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Sheets of cards: complete, readable by a scanner, aligned, and neutral. */
class CardSheetsTest {
    private static String cell(Pages pages, int page, int column, int row) throws IOException {
        return pages.text(
                page,
                CardSheets.LEFT + column * CardSheets.CARD_WIDTH,
                CardSheets.TOP + row * CardSheets.CARD_HEIGHT,
                CardSheets.CARD_WIDTH,
                CardSheets.CARD_HEIGHT);
    }

    @Test
    void shouldPrintCodesThatAReaderDecodesAtTheResolutionOfACheapScanner() throws Exception {
        List<PrintableCard> cards = SampleDocuments.cards(160);
        List<String> read = new ArrayList<>();
        try (Pages pages = new Pages(SampleDocuments.cardSheets(cards))) {
            assertThat(pages.count()).isEqualTo(40);
            for (int page = 0; page < pages.count(); page += 2) {
                BufferedImage scanned = pages.scanned(page);
                for (int i = 0; i < CardSheets.CARDS; i++) {
                    int row = i / CardSheets.COLUMNS;
                    read.add(Pages.code(
                            scanned,
                            CardSheets.LEFT + i % CardSheets.COLUMNS * CardSheets.CARD_WIDTH,
                            CardSheets.TOP + row * CardSheets.CARD_HEIGHT,
                            CardSheets.CARD_WIDTH,
                            CardSheets.CARD_HEIGHT));
                }
            }
        }

        assertThat(read)
                .containsExactlyElementsOf(
                        cards.stream().map(PrintableCard::qrText).toList());
    }

    @Test
    void shouldPutEachBackBehindItsFrontWhenTheSheetIsTurnedOnItsLongEdge() throws IOException {
        List<PrintableCard> cards = SampleDocuments.cards(11);
        try (Pages pages = new Pages(SampleDocuments.cardSheets(cards))) {
            for (int i = 0; i < cards.size(); i++) {
                int front = i / CardSheets.CARDS * 2;
                int column = i % CardSheets.COLUMNS;
                int row = i % CardSheets.CARDS / CardSheets.COLUMNS;
                String number = cards.get(i).number();
                String secret = PrintableCard.grouped(cards.get(i).secretCode());

                assertThat(cell(pages, front, column, row)).contains(number, secret, "Comune di Balestrate");
                assertThat(cell(pages, front + 1, CardSheets.COLUMNS - 1 - column, row))
                        .contains(number, SampleDocuments.FACE.blockPage(), SampleDocuments.FACE.blockPhone())
                        .doesNotContain(secret);
            }
            assertThat(cell(pages, 2, 1, 1)).isEmpty();
            assertThat(cell(pages, 3, 0, 1)).isEmpty();
        }
    }

    @Test
    void shouldCutLargeRunsIntoPartsAndCloseEachBeforeTheNext() throws IOException {
        List<ByteArrayOutputStream> parts = new ArrayList<>();
        List<Integer> closed = new ArrayList<>();

        int count = CardSheets.write(
                SampleDocuments.FACE, SampleDocuments.cards(810).iterator(), Locale.ITALIAN, part -> {
                    assertThat(closed).hasSize(part - 1);
                    ByteArrayOutputStream output = new ByteArrayOutputStream() {
                        @Override
                        public void close() {
                            closed.add(part);
                        }
                    };
                    parts.add(output);
                    return output;
                });

        assertThat(count).isEqualTo(2);
        assertThat(closed).containsExactly(1, 2);
        try (Pages first = new Pages(parts.get(0).toByteArray());
                Pages second = new Pages(parts.get(1).toByteArray())) {
            assertThat(first.count()).isEqualTo(200);
            assertThat(second.count()).isEqualTo(4);
        }
    }

    @Test
    void shouldGiveTheSameBytesForTheSameCards() throws IOException {
        List<PrintableCard> cards = SampleDocuments.cards(3);

        assertThat(SampleDocuments.cardSheets(cards)).isEqualTo(SampleDocuments.cardSheets(cards));
    }

    @Test
    void shouldPrintNothingWithoutCards() throws IOException {
        assertThat(SampleDocuments.cardSheets(List.of())).isEmpty();
    }
}

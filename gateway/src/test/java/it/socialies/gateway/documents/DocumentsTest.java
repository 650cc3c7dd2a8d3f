// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Receipts, mailers, letters, vouchers, lists: what must stand on them, and what must not. */
class DocumentsTest {
    private static final AwardLetter LETTER = letter(List.of("alimenti", "farmaci"));

    private interface Printing {
        void to(OutputStream output) throws IOException;
    }

    private static AwardLetter letter(List<String> goods) {
        try {
            Award award = SampleDocuments.award();
            return new AwardLetter(
                    SampleDocuments.FROM,
                    SampleDocuments.HOLDER,
                    LocalDate.of(2026, 4, 1),
                    new Award(
                            award.programme(),
                            award.act(),
                            award.amountCents(),
                            award.validFrom(),
                            award.validUntil(),
                            goods,
                            award.shops(),
                            award.funders()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] printed(Printing printing) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        printing.to(output);
        return output.toByteArray();
    }

    private static Pages pages(Printing printing) throws IOException {
        return new Pages(printed(printing));
    }

    @Test
    void shouldPrintAReceiptToSignWithTheBlockCodeOnTheHoldersPartAlone() throws IOException {
        try (Pages pages = pages(output -> SampleDocuments.receipt().write(Locale.ITALIAN, output))) {
            String office = pages.text(0, 0, 0, 210, 178);
            String holder = pages.text(0, 0, 178, 210, 119);

            assertThat(office)
                    .contains("Niccolò D’Amàri Çelik", "BLS-100001", "2 aprile 2026", "Firma di chi riceve")
                    .doesNotContain("K7Q2");
            assertThat(holder)
                    .contains("K7Q2 M9XR 4T0B", SampleDocuments.FACE.blockPage(), SampleDocuments.FACE.blockPhone())
                    .doesNotContain("Niccolò");
        }
    }

    @Test
    void shouldPrintADebitNoteThatTheShopMakesItsOwn() throws IOException {
        try (Pages draft = pages(output -> SampleDocuments.debitNote(null, null).write(Locale.ITALIAN, output));
                Pages said = pages(output -> SampleDocuments.debitNote("12/2026", LocalDate.of(2026, 11, 5))
                        .write(Locale.ITALIAN, output))) {
            assertThat(draft.text())
                    .contains(
                            "Nota di debito n. __________ del __________ (bozza)",
                            "P. IVA 01234567897",
                            "31 ottobre 2026",
                            "1.262,50",
                            "12,50",
                            "1.250,00",
                            "Imposta di bollo di 2,00",
                            "art. 2, comma 3, lett. a)",
                            "ANAC 313/2020",
                            "Firma dell’esercente");
            assertThat(said.text())
                    .contains("Nota di debito n. 12/2026 del 5 novembre 2026")
                    .doesNotContain("bozza", "Diventa la vostra");
        }
    }

    @Test
    void shouldPrintAPinWhereTheFoldedSheetHidesItAndNotTheCardNumber() throws IOException {
        PinMailer mailer = new PinMailer(SampleDocuments.FROM, SampleDocuments.HOLDER, "0001", "48213");
        try (Pages pages = pages(output -> mailer.write(Locale.ITALIAN, output))) {
            assertThat(pages.text(0, 0, 0, 210, 198)).contains("Niccolò").doesNotContain("48213");
            assertThat(pages.text(0, 0, 198, 210, 99)).contains("48213");
            assertThat(pages.text()).doesNotContain("BLS-100001");
        }
    }

    @Test
    void shouldPrintALetterInTheLanguageOfItsReader() throws IOException {
        try (Pages italian = pages(output -> LETTER.write(Locale.ITALIAN, output));
                Pages english = pages(output -> LETTER.write(Locale.ENGLISH, output));
                Pages french = pages(output -> LETTER.write(Locale.FRENCH, output))) {
            assertThat(italian.text())
                    .contains(
                            "Assegnazione di un contributo",
                            "Determinazione n. 41 del 12 marzo 2026",
                            "1.234,50 €",
                            "dal 1 aprile 2026 al 31 dicembre 2026",
                            "farmaci");
            assertThat(english.text()).contains("Award of a contribution", "€1,234.50", "31 December 2026");
            assertThat(french.text()).isEqualTo(italian.text());
            assertThat(english.document().getDocumentCatalog().getLanguage()).isEqualTo("en-GB");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "it | it-IT | Cambio del conto su cui siete pagati | Conto finora | Nuovo conto",
                "en | en-GB | Change of the account you are paid to | Account until now | New account"
            })
    void shouldAskAShopWithTheEndsOfItsAccountsAndTheCodeToTellBack(
            final String language, final String tag, final String title, final String old, final String changed)
            throws IOException {
        PayeeLetter letter = new PayeeLetter(
                SampleDocuments.FROM,
                new Recipient("Panificio Lo Cascio", List.of("Via Madonna del Ponte 12, 90041 Balestrate (PA)")),
                "3456",
                "0001",
                "7G2K9QXR");
        try (Pages pages = pages(output -> letter.write(Locale.of(language), output))) {
            assertThat(pages.count()).isEqualTo(1);
            assertThat(pages.text(0, 95, 40, 115, 45))
                    .contains("Panificio Lo Cascio", "Via Madonna del Ponte 12, 90041 Balestrate (PA)");
            assertThat(pages.text())
                    .containsSubsequence(title, old, "… 3456", changed, "… 0001", "7G2K 9QXR")
                    .contains(SampleDocuments.FROM.contact());
            var catalog = pages.document().getDocumentCatalog();
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getLanguage()).isEqualTo(tag);
            assertThat(pages.document().getDocumentInformation().getTitle()).isEqualTo(title);
        }
        assertThat(letter.toString()).doesNotContain("7G2K", "3456", "0001", "Panificio");
    }

    @Test
    void shouldGoOnToTheNextPageWhenTheGoodsAreMany() throws IOException {
        List<String> goods = new ArrayList<>(Collections.nCopies(120, "pane"));
        goods.add("sale");
        try (Pages pages = pages(output -> letter(goods).write(Locale.ITALIAN, output))) {
            assertThat(pages.count()).isEqualTo(3);
            assertThat(pages.text()).contains("• sale", "torna al fondo");
            for (int page = 0; page < pages.count(); page++) {
                assertThat(pages.text(page, 0, 285, 210, 30)).isEmpty();
            }
        }
    }

    @Test
    void shouldPrintAVoucherThatAReaderDecodesAndThatNamesNobody() throws Exception {
        PrintableCard card = SampleDocuments.cards(1).getFirst();
        VoucherSheet sheet =
                new VoucherSheet(SampleDocuments.FROM, SampleDocuments.award(), card, SampleDocuments.FACE);
        try (Pages pages = pages(output -> sheet.write(Locale.ITALIAN, output))) {
            assertThat(Pages.code(pages.scanned(0), 0, 0, 210, 297)).isEqualTo(card.qrText());
            assertThat(pages.text())
                    .contains("Buoni spesa comunali 2026", card.number(), PrintableCard.grouped(card.secretCode()))
                    .doesNotContain("Niccolò");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "it | 22 novembre 2026, ore 18:30 | 12,50 € | Solo da",
                "en | 22 November 2026, 18:30 | €12.50 | Only at"
            })
    void shouldPrintAnErrandThatAReaderDecodesWithItsShopItsMaximumAndItsEnd(
            final String language, final String until, final String maximum, final String shop) throws Exception {
        PrintableCard code = SampleDocuments.cards(1).getFirst();
        ErrandSlip slip = new ErrandSlip(
                SampleDocuments.FROM,
                code,
                "Panificio Prova",
                1_250,
                LocalDateTime.of(2026, 11, 22, 18, 30),
                SampleDocuments.FACE);
        try (Pages pages = pages(output -> slip.write(Locale.of(language), output))) {
            assertThat(pages.count()).isEqualTo(1);
            assertThat(Pages.code(pages.scanned(0), 0, 0, 210, 297)).isEqualTo(code.qrText());
            assertThat(pages.text())
                    .contains(shop, "Panificio Prova", maximum, until, code.number())
                    .contains(PrintableCard.grouped(code.secretCode()))
                    .doesNotContain("Niccolò");
        }
        assertThat(slip.toString()).doesNotContain(code.secretCode(), code.qrText());
    }

    @Test
    void shouldPrintListsOverManyPagesAndMarkTheOneWithNamesOnEach() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 1; i <= 100; i++) {
            rows.add(List.of(Integer.toString(i), "2026/" + i, "Ammessa"));
        }
        List<TableDocument.Column> columns = List.of(
                new TableDocument.Column("Posizione", 1, true),
                new TableDocument.Column("Codice", 2, false),
                new TableDocument.Column("Esito", 1, false));
        TableDocument reserved =
                new TableDocument(SampleDocuments.FROM, "Elenco degli ammessi", "Determina 41/2026", true, columns);
        TableDocument open =
                new TableDocument(SampleDocuments.FROM, "Elenco degli ammessi", "Determina 41/2026", false, columns);

        try (Pages pages = pages(output -> reserved.write(rows, Locale.ITALIAN, output));
                Pages published = pages(output -> open.write(rows, Locale.ITALIAN, output))) {
            assertThat(pages.count()).isEqualTo(3);
            for (int page = 0; page < pages.count(); page++) {
                assertThat(pages.text(page, 0, 0, 210, 297))
                        .contains("NON PUBBLICARE", "Codice", "pagina " + (page + 1));
            }
            assertThat(published.text()).doesNotContain("NON PUBBLICARE").contains("1 2026/1 Ammessa", "100 2026/100");
        }
    }

    @Test
    void shouldEmbedItsFontsAndTagItsTextOnA4() throws IOException {
        try (Pages pages = pages(output -> LETTER.write(Locale.ITALIAN, output))) {
            var catalog = pages.document().getDocumentCatalog();
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getLanguage()).isEqualTo("it-IT");
            assertThat(catalog.getStructureTreeRoot().getCOSObject().containsKey(COSName.PARENT_TREE))
                    .isTrue();
            assertThat(pages.document().getDocumentInformation().getTitle()).isEqualTo("Assegnazione di un contributo");
            for (PDPage page : pages.document().getPages()) {
                assertThat(page.getMediaBox().getWidth()).isEqualTo(PDRectangle.A4.getWidth());
                assertThat(page.getStructParents()).isNotNegative();
                for (COSName name : page.getResources().getFontNames()) {
                    assertThat(page.getResources().getFont(name).isEmbedded()).isTrue();
                }
            }
        }
    }

    @Test
    void shouldPrintWhatTheFontLacksAsTheNextBestLetter() throws IOException {
        Recipient recipient = new Recipient("Şükrü Đỗ Łukasz \u202eабв\u0007", List.of());
        PinMailer mailer = new PinMailer(SampleDocuments.FROM, recipient, "0001", "1");
        try (Pages pages = pages(output -> mailer.write(Locale.ITALIAN, output))) {
            assertThat(pages.text()).contains("Şükrü", "Łukasz", "?");
        }
    }

    @Test
    void shouldRefuseLogosThatAreNoPictureOrClaimToBeHuge() throws IOException {
        byte[] huge = {
            (byte) 0x89,
            'P',
            'N',
            'G',
            '\r',
            '\n',
            0x1A,
            '\n',
            0,
            0,
            0,
            13,
            'I',
            'H',
            'D',
            'R',
            0x7F,
            0,
            0,
            0,
            0,
            0,
            0,
            1
        };

        assertThatThrownBy(() -> new Logo("x", new byte[40])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Logo("x", huge)).isInstanceOf(IllegalArgumentException.class);
        assertThat(SampleDocuments.logo("x", Color.RED)).isEqualTo(SampleDocuments.logo("x", Color.RED));
    }

    @Test
    void shouldPrintNothingPersonalInLogs() throws IOException {
        assertThat(SampleDocuments.receipt().toString()
                        + LETTER
                        + SampleDocuments.HOLDER
                        + SampleDocuments.cards(1)
                        + new PinMailer(SampleDocuments.FROM, SampleDocuments.HOLDER, "0001", "48213"))
                .doesNotContain("Niccolò", "K7Q2", "48213", "IES1", "BLS-");
    }
}

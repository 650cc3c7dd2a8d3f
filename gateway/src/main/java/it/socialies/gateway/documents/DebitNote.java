// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The note by which a shop asks for what it is owed (art. 2 c. 3 lett. a DPR 633/1972): a draft until the shop has put its number and date on it. It says neither who bought nor by which programme. Prints as nothing.
 *
 * @param shop who asks, with address
 * @param taxNumbers of the shop, as labelled lines
 * @param to who is asked
 * @param number the shop's; null while it is a draft
 * @param date the shop's; null while it is a draft
 * @param reference of the settlement and the shop, so that paper finds its way back
 * @param lastDay of the period
 * @param gross cents of the payments
 * @param netted cents of them that pay back earlier refunds
 * @param stampDuty cents that the shop puts on its note; 0 = none
 */
public record DebitNote(
        Recipient shop,
        List<String> taxNumbers,
        Letterhead to,
        @Nullable String number,
        @Nullable LocalDate date,
        String reference,
        LocalDate lastDay,
        long payments,
        long gross,
        long netted,
        long stampDuty) {
    private static final float TO_Y = 52;
    private static final float SIGNATURE_GAP = 22;

    public DebitNote {
        taxNumbers = List.copyOf(taxNumbers);
    }

    @Override
    public String toString() {
        return "DebitNote[redacted]";
    }

    /** Prints the note; the stream stays open. */
    public void write(Locale locale, OutputStream output) throws IOException {
        Words words = new Words(locale);
        try (PdfBook book = new PdfBook(words.get("note.title"), words)) {
            draw(book);
            book.save(output);
        }
    }

    private void draw(PdfBook book) throws IOException {
        Words words = book.words();
        try (Flow flow = new Flow(book)) {
            flow.moveTo(15);
            flow.paragraph(PdfCanvas.Style.HEADING.sized(14), shop.name());
            for (String line : shop.addressLines()) {
                flow.paragraph(PdfCanvas.Style.TEXT, line);
            }
            for (String line : taxNumbers) {
                flow.paragraph(PdfCanvas.Style.TEXT, line);
            }
            A4Sheet.address(flow.page(), new Recipient(to.municipality(), List.of(to.office(), to.contact())), TO_Y);
            flow.moveTo(TO_Y + 35);
            flow.paragraph(
                    PdfCanvas.Style.TITLE,
                    number == null || date == null
                            ? words.get("note.draft")
                            : words.get("note.numbered", number, words.date(date)));
            flow.gap(3);
            flow.paragraph(PdfCanvas.Style.TEXT, words.get("note.subject", words.date(lastDay)));
            flow.gap(4);
            flow.entry(words.get("note.reference"), reference);
            flow.entry(words.get("note.payments"), Long.toString(payments));
            flow.entry(words.get("note.gross"), words.amount(gross));
            if (netted > 0) {
                flow.entry(words.get("note.netted"), "− " + words.amount(netted));
            }
            flow.entry(words.get("note.total"), words.amount(gross - netted));
            flow.gap(4);
            flow.paragraph(PdfCanvas.Style.TEXT, words.get("note.vat"));
            flow.gap(2);
            flow.paragraph(
                    PdfCanvas.Style.TEXT,
                    stampDuty == 0
                            ? words.get("note.stamp.none")
                            : words.get("note.stamp.due", words.amount(stampDuty)));
            if (number == null) {
                flow.gap(5);
                flow.paragraph(PdfCanvas.Style.SMALL, words.get("note.howto"));
            }
            flow.gap(SIGNATURE_GAP);
            flow.signature(words.get("note.signature"));
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells a party how a dispute was decided, why, and who to turn to. The shop's names neither the holder nor the card nor what paid. Prints as nothing.
 *
 * @param to null where nobody is known: it is handed over
 * @param number of the dispute
 * @param complaint as the contract says it, such as {@code wrong_amount}
 * @param amount cents that were disputed
 * @param refunded cents of them that go back to the card; 0 = none
 * @param reason null when the party is told none, or it is gone
 */
public record DisputeLetter(
        Letterhead from,
        @Nullable Recipient to,
        Party party,
        String number,
        String payment,
        String shopName,
        LocalDateTime paid,
        LocalDate decided,
        String complaint,
        long amount,
        long refunded,
        @Nullable String reason) {
    private static final float WINDOW_Y = 45;

    /** Who is written to. */
    public enum Party {
        HOLDER("holder"),
        SHOP("shop");

        private final String word;

        Party(String word) {
            this.word = word;
        }
    }

    @Override
    public String toString() {
        return "DisputeLetter[redacted]";
    }

    /** Prints the letter; the stream stays open. */
    public void write(Locale locale, OutputStream output) throws IOException {
        Words words = new Words(locale);
        try (PdfBook book = new PdfBook(words.get("dispute.title"), words)) {
            draw(book);
            book.save(output);
        }
    }

    private void draw(PdfBook book) throws IOException {
        Words words = book.words();
        try (Flow flow = new Flow(book)) {
            A4Sheet.letterhead(flow.page(), from);
            flow.page().line(PdfCanvas.Style.SMALL, A4Sheet.MARGIN, WINDOW_Y, words.date(decided));
            if (to != null) {
                A4Sheet.address(flow.page(), to, WINDOW_Y);
            }
            flow.moveTo(WINDOW_Y + 45);
            flow.paragraph(PdfCanvas.Style.TITLE, words.get("dispute.title"));
            flow.gap(3);
            flow.paragraph(PdfCanvas.Style.TEXT, words.get("dispute.opening." + party.word));
            flow.gap(4);
            flow.entry(words.get("dispute.number"), number);
            flow.entry(words.get("dispute.payment"), words.get("dispute.paid", payment, words.moment(paid)));
            flow.entry(words.get("dispute.shop"), shopName);
            flow.entry(words.get("dispute.complaint"), words.get("dispute.complaint." + complaint));
            flow.entry(words.get("dispute.amount"), words.amount(amount));
            flow.entry(words.get("dispute.refunded"), words.amount(refunded));
            flow.gap(4);
            flow.paragraph(PdfCanvas.Style.STRONG, words.get(outcome(), words.amount(refunded)));
            if (reason != null) {
                flow.gap(3);
                flow.paragraph(PdfCanvas.Style.HEADING, words.get("dispute.reason"));
                // Line by line, so that each fits a page.
                for (String line : reason.split("\n", -1)) {
                    flow.paragraph(PdfCanvas.Style.TEXT, line.isBlank() ? " " : line);
                }
            }
            flow.gap(5);
            flow.paragraph(
                    PdfCanvas.Style.SMALL, words.get("dispute.closing." + party.word, from.office(), from.contact()));
        }
    }

    private String outcome() {
        String outcome = refunded == 0 ? "none" : refunded == amount ? "all" : "part";
        return "dispute." + outcome + '.' + party.word;
    }
}

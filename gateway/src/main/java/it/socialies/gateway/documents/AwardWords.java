// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;
import java.util.List;

/** What an award says of itself, the same on letters and vouchers. Stateless. */
final class AwardWords {
    private AwardWords() {}

    /** Returns the y below. */
    static float draw(PdfCanvas page, Words words, Award award, float y) throws IOException {
        float next = A4Sheet.entry(page, y, words.get("award.programme"), award.programme());
        next = A4Sheet.entry(page, next, words.get("award.act"), award.act());
        next = A4Sheet.entry(page, next, words.get("award.amount"), words.amount(award.amountCents()));
        next = A4Sheet.entry(
                page,
                next,
                words.get("award.validity"),
                words.get("award.from.until", words.date(award.validFrom()), words.date(award.validUntil())));
        next = list(page, next + 3, words.get("award.goods"), award.goods());
        return list(page, next + 2, words.get("award.shops"), award.shops());
    }

    private static float list(PdfCanvas page, float y, String heading, List<String> items) throws IOException {
        page.line(PdfCanvas.Style.HEADING, A4Sheet.MARGIN, y, heading);
        float next = y + 6;
        for (String item : items) {
            next = page.paragraph(PdfCanvas.Style.TEXT, A4Sheet.MARGIN + 4, next, A4Sheet.WIDTH - 4, "• " + item);
        }
        return next;
    }
}

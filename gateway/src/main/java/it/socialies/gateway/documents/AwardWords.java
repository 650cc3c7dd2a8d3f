// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.documents;

import java.io.IOException;

/** What an award says of itself, the same on letters and vouchers. Stateless. */
final class AwardWords {
    private AwardWords() {}

    static void write(Flow flow, Words words, Award award) throws IOException {
        flow.entry(words.get("award.programme"), award.programme());
        flow.entry(words.get("award.act"), award.act());
        flow.entry(words.get("award.amount"), words.amount(award.amountCents()));
        flow.entry(
                words.get("award.validity"),
                words.get("award.from.until", words.date(award.validFrom()), words.date(award.validUntil())));
        flow.gap(3);
        flow.list(words.get("award.goods"), award.goods());
        flow.gap(2);
        flow.list(words.get("award.shops"), award.shops());
    }
}

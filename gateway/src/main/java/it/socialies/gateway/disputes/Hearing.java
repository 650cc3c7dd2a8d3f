// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** How long the shop has to answer. Stateless. */
final class Hearing {
    /**
     * Days to answer: those that law 241/1990, article 10-bis gives to whom an office is about to decide against. The day of the opening does not count, the last one counts whole (civil code,
     * article 2963).
     */
    static final int ANSWER_DAYS = 10;

    static final ZoneId ITALY = ZoneId.of("Europe/Rome");

    private Hearing() {}

    /** @return the first millisecond behind the last day to answer */
    static long answerByMs(long openedMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(openedMs), ITALY)
                .plusDays(ANSWER_DAYS + 1L)
                .atStartOfDay(ITALY)
                .toInstant()
                .toEpochMilli();
    }
}

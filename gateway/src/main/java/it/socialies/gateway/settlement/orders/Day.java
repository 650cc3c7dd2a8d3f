// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.settlement.orders;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Days of the office are those of Rome. */
final class Day {
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");

    private Day() {}

    static LocalDate of(long epochMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(epochMs), ITALY);
    }
}

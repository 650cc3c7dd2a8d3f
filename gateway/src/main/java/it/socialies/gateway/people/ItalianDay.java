// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The day it is in Italy, by which terms and cases run. Stateless. */
final class ItalianDay {
    static final ZoneId ZONE = ZoneId.of("Europe/Rome");

    private ItalianDay() {}

    /** @param epochMs installation time */
    static LocalDate of(long epochMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(epochMs), ZONE);
    }
}

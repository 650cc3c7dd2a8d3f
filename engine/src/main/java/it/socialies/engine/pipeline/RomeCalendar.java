// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The civil date in Europe/Rome of a stamp. The host computes it, so that no calendar is inside the core. Allocates only when the day changes. One
 * thread at a time.
 */
final class RomeCalendar {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");

    private long dayStartMs;
    private long nextDayStartMs;
    private int epochDay;

    /** Days since 1970-01-01. */
    int epochDay(long stampMs) {
        if (stampMs < dayStartMs || stampMs >= nextDayStartMs) {
            LocalDate day = Instant.ofEpochMilli(stampMs).atZone(ROME).toLocalDate();
            epochDay = Math.toIntExact(day.toEpochDay());
            dayStartMs = day.atStartOfDay(ROME).toInstant().toEpochMilli();
            nextDayStartMs = day.plusDays(1).atStartOfDay(ROME).toInstant().toEpochMilli();
        }
        return epochDay;
    }
}

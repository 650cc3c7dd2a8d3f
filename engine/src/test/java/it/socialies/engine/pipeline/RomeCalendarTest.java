// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RomeCalendarTest {
    private final RomeCalendar calendar = new RomeCalendar();

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T22:59:59.999Z, 2026-01-31",
        "2026-01-31T23:00:00Z, 2026-02-01",
        "2026-06-30T21:59:59.999Z, 2026-06-30",
        "2026-06-30T22:00:00Z, 2026-07-01",
        "2026-03-28T23:00:00Z, 2026-03-29",
        "2026-03-29T21:59:59Z, 2026-03-29",
        "2026-03-29T22:00:00Z, 2026-03-30",
        "2026-10-24T22:00:00Z, 2026-10-25",
        "2026-10-25T22:59:59Z, 2026-10-25",
        "2026-10-25T23:00:00Z, 2026-10-26",
    })
    void shouldGiveTheDateOfRomeAroundMidnightAndSummerTime(Instant instant, LocalDate date) {
        calendar.epochDay(instant.toEpochMilli() - 1); // whatever is cached
        assertThat(calendar.epochDay(instant.toEpochMilli())).isEqualTo((int) date.toEpochDay());
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WaitsTest {
    private static final long HIDDEN = Waits.WITHHELD;

    private static Waits waits(Map<Long, Long> peopleByDays, long notYet) {
        return Waits.of(new TreeMap<>(peopleByDays), notYet, 10);
    }

    @Test
    void shouldTellNothingOfAGroupThatIsTooSmall() {
        Waits waits = waits(Map.of(0L, 5L), 4);

        assertThat(waits.total()).isEqualTo(HIDDEN);
        assertThat(waits.cells()).containsOnly(HIDDEN);
        assertThat(waits.medianDays()).isEqualTo(HIDDEN);
        assertThat(waits.ninetiethDays()).isEqualTo(HIDDEN);
    }

    @Test
    void shouldTellEverythingOfLargeCells() {
        Waits waits = waits(Map.of(0L, 60L, 2L, 40L, 91L, 20L), 15);

        assertThat(waits.total()).isEqualTo(135);
        assertThat(waits.cells()).isEqualTo(List.of(60L, 40L, 0L, 0L, 0L, 0L, 0L, 20L, 15L));
        assertThat(waits.medianDays()).isZero();
        assertThat(waits.ninetiethDays()).isEqualTo(91);
    }

    @Test
    void shouldWithholdTheNextSmallestCellWithALoneSmallOne() {
        Waits waits = waits(Map.of(0L, 60L, 2L, 40L, 5L, 9L), 15);

        assertThat(waits.cells()).isEqualTo(List.of(60L, 40L, HIDDEN, 0L, 0L, 0L, 0L, 0L, HIDDEN));
    }

    @Test
    void shouldWithholdUntilEnoughPeopleAreWithheldTogether() {
        Waits waits = waits(Map.of(0L, 60L, 2L, 1L, 5L, 2L), 15);

        assertThat(waits.cells()).isEqualTo(List.of(60L, HIDDEN, HIDDEN, 0L, 0L, 0L, 0L, 0L, HIDDEN));
    }

    @Test
    void shouldWithholdQuantilesWithTooFewPeopleBehindThem() {
        Waits waits = waits(Map.of(0L, 15L, 20L, 15L), 0);

        assertThat(waits.medianDays()).isZero();
        assertThat(waits.ninetiethDays()).isEqualTo(HIDDEN);
    }

    @Test
    void shouldNeverLetACellFollowFromTheTotal() {
        Random random = new Random(47);
        for (int round = 0; round < 20_000; round++) {
            TreeMap<Long, Long> people = new TreeMap<>();
            for (long days : new long[] {0, 2, 6, 10, 20, 50, 80, 200}) {
                people.put(days, (long) random.nextInt(random.nextBoolean() ? 5 : 60));
            }
            Waits waits = Waits.of(people, random.nextInt(30), 10);
            long told = waits.cells().stream()
                    .filter(cell -> cell > 0)
                    .mapToLong(cell -> cell)
                    .sum();
            long hidden = waits.cells().stream().filter(cell -> cell == HIDDEN).count();
            assertThat(waits.cells()).allMatch(cell -> cell <= 0 || cell >= 10);
            if (waits.total() != HIDDEN && hidden > 0) {
                assertThat(hidden).as("cells withheld in round %d", round).isGreaterThan(1);
                assertThat(waits.total() - told)
                        .as("people withheld in round %d", round)
                        .isGreaterThanOrEqualTo(10);
            }
        }
    }
}

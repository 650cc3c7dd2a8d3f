// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.Seeds;
import org.junit.jupiter.api.Test;

/**
 * Towns that do anything, sense and nonsense, for months, with a naive model beside the core: whatever comes out must be what the model says.
 * {@code -Dtest.seeds=N} lives through N seeds instead of a few.
 */
class AuditedTownTest {
    private static final int SEEDS = Integer.getInteger("test.seeds", 5);
    private static final int COMMANDS = 2000;

    @Test
    void shouldDoWhatTheModelSays() {
        Seeds.forEach(SEEDS, random -> {
            AuditedTown town = new AuditedTown(random, CoreLimits.defaults());

            town.live(COMMANDS);
            town.settle();

            assertThat(town.executed()).as("commands that made sense").isGreaterThan(COMMANDS / 10);
        });
    }

    @Test
    void shouldDoWhatTheModelSaysWhereTablesAreFull() {
        Seeds.forEach(SEEDS, random -> {
            AuditedTown town = new AuditedTown(random, AuditedTown.limits(random));

            town.live(COMMANDS);
            town.settle();

            assertThat(town.executed()).as("commands that made sense").isPositive();
        });
    }
}

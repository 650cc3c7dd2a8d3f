// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.Seeds;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Towns that do anything, sense and nonsense, for months, with a naive model beside the core: whatever comes out must be what the model says.
 * {@code -Dtest.seeds=N} lives through N seeds instead of a few.
 */
class AuditedTownTest {
    private static final int SEEDS = Integer.getInteger("test.seeds", 20);
    private static final int COMMANDS = 2000;

    /** Every event there is: those of all commands and all kinds of proposals. Answers have the ids between. */
    private static final List<String> EVENTS =
            ProtocolSchema.IES.namesWhere(id -> (id >= 100 && id < 200) || (id >= 210 && id < 300));

    /** What a town has to meet of rules with versions, or their audit would say little. */
    private static final List<String> RULES = List.of(
            "RulesDrafted",
            "RulesApproved",
            "RULES_STATE_CONFLICT",
            "RULES_TOO_LATE",
            "LIMIT_EXCEEDED",
            "BELOW_MINIMUM",
            "NOT_DIVISIBLE",
            "GraceGranted");

    /** What a town has to meet of emergency awards: given, reviewed, too much for a month, and late. */
    private static final List<String> EMERGENCIES = List.of(
            "EmergencyFundSet",
            "EmergencyAwarded",
            "EmergencyReviewed",
            "EMERGENCY_FUND",
            "NOT_EMERGENCY_FUND",
            "EMERGENCY_LIMIT_EXCEEDED",
            "REVIEW_OVERDUE",
            "REVIEW_STATE_CONFLICT",
            "WALLET_UNASSIGNED");

    @Test
    void shouldDoWhatTheModelSays() {
        Set<String> met = new TreeSet<>();
        Seeds.forEach(SEEDS, random -> {
            AuditedTown town = new AuditedTown(random, CoreLimits.defaults());

            town.live(COMMANDS);
            town.settle();

            assertThat(town.executed()).as("commands that made sense").isGreaterThan(COMMANDS / 10);
            met.addAll(town.met());
        });
        assertThat(met)
                .as("what happened in all towns")
                .containsAll(EVENTS)
                .containsAll(RULES)
                .containsAll(EMERGENCIES);
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

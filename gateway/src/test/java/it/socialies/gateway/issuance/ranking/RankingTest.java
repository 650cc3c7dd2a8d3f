// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import it.socialies.gateway.issuance.HouseholdTable;
import it.socialies.gateway.issuance.Outcome;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Criteria, ties, formulas, budget, one award a household. */
class RankingTest {
    private static final LocalDateTime MORNING = LocalDateTime.of(2026, 3, 2, 9, 0);
    private static final AmountFormula SICILY = new AmountFormula.BySize(HouseholdTable.SICILY);
    private static final RankingCriteria CRITERIA = criteria(SICILY, RankingCriteria.LastAward.WHOLE_OR_RESERVE);

    private static RankingCriteria criteria(AmountFormula formula, RankingCriteria.LastAward lastAward) {
        return new RankingCriteria(
                List.of(TieBreaker.MORE_MINORS, TieBreaker.MORE_DISABLED, TieBreaker.EARLIER_APPLICATION),
                new PublicDraw("Determina 41/2026"),
                formula,
                lastAward);
    }

    private static Application application(String number, String score, int size, int minors) {
        return application(number, "home of " + number, score, size, minors, 0, MORNING, "");
    }

    private static Application application(
            String number,
            String household,
            String score,
            int size,
            int minors,
            int disabled,
            LocalDateTime submitted,
            String exclusion) {
        return new Application(number, household, size, minors, disabled, new BigDecimal(score), submitted, exclusion);
    }

    @Test
    void shouldDecideByScoreThenByTheTieBreakersInTheirOrderThenByTheDraw() {
        Ranking ranking = Ranking.of(
                List.of(
                        application("D", "h1", "30", 4, 1, 0, MORNING.plusMinutes(1), ""),
                        application("C", "h2", "30", 4, 1, 0, MORNING, ""),
                        application("B", "h3", "30.0", 4, 1, 1, MORNING.plusDays(3), ""),
                        application("A", "h4", "30", 4, 2, 0, null, ""),
                        application("Z", "h5", "30.5", 1, 0, 0, null, ""),
                        application("E", "h6", "30", 4, 1, 0, MORNING.plusMinutes(1), "")),
                CRITERIA,
                1_000_000);

        assertThat(ranking.placements())
                .extracting(Placement::position, Placement::number, Placement::decidedBy)
                .containsExactly(
                        tuple(1, "Z", ""),
                        tuple(2, "A", "score"),
                        tuple(3, "B", "more_minors"),
                        tuple(4, "C", "more_disabled"),
                        tuple(5, "E", "earlier_application"),
                        tuple(6, "D", "draw"));
    }

    @Test
    void shouldDrawByAKeyThatAnybodyCanCompute() {
        // printf '%s' 'Determina 41/2026:D' | sha256sum
        assertThat(new PublicDraw("Determina 41/2026").key("D"))
                .isEqualTo("c4aec22247e1ec26c28409bb63dc6506a9f5ac4882f6b896e4853a2b0788a75a");
    }

    @Test
    void shouldAwardUntilTheMoneyIsUsedUpAndServeNobodyBeforeWhoWaits() {
        List<Application> applications =
                List.of(application("1", "40", 5, 0), application("2", "30", 3, 0), application("3", "20", 1, 0));

        Ranking ranking = Ranking.of(applications, CRITERIA, 1_300_00);

        assertThat(ranking.placements())
                .extracting(Placement::number, Placement::outcome, Placement::amountCents, Placement::dueCents)
                .containsExactly(
                        tuple("1", Outcome.ADMITTED, 800_00L, 800_00L),
                        tuple("2", Outcome.RESERVE, 0L, 600_00L),
                        tuple("3", Outcome.RESERVE, 0L, 300_00L));
        assertThat(ranking.awardedCents()).isEqualTo(800_00);
    }

    @Test
    void shouldGiveTheRestToTheLastWhenTheCallSaysSo() {
        List<Application> applications =
                List.of(application("1", "40", 5, 0), application("2", "30", 3, 0), application("3", "20", 1, 0));

        Ranking ranking = Ranking.of(applications, criteria(SICILY, RankingCriteria.LastAward.REST), 1_300_00);

        assertThat(ranking.with(Outcome.ADMITTED))
                .extracting(Placement::amountCents)
                .containsExactly(800_00L, 500_00L);
        assertThat(ranking.awardedCents()).isEqualTo(1_300_00);
    }

    @Test
    void shouldAwardAHouseholdOnce() {
        Ranking ranking = Ranking.of(
                List.of(
                        application("1", "home", "10", 2, 0, 0, MORNING, ""),
                        application("2", "home", "20", 2, 0, 0, MORNING, ""),
                        application("3", "served", "30", 2, 0, 0, MORNING, ""),
                        application("4", "other", "5", 2, 0, 0, MORNING, "not_resident"),
                        application("5", "other", "1", 2, 0, 0, MORNING, "")),
                CRITERIA,
                1_000_000,
                Set.of("served"));

        assertThat(ranking.placements())
                .extracting(Placement::position, Placement::number, Placement::reason)
                .containsExactly(
                        tuple(1, "2", ""),
                        tuple(2, "5", ""),
                        tuple(0, "1", Ranking.HOUSEHOLD_SERVED),
                        tuple(0, "3", Ranking.HOUSEHOLD_SERVED),
                        tuple(0, "4", "not_resident"));
    }

    @Test
    void shouldComputeAwardsByTheFormulas() {
        Application family = application("1", "1", 6, 3);

        assertThat(SICILY.cents(family)).isEqualTo(800_00);
        assertThat(new AmountFormula.PerMember(100_00, 50_00, 1_000_00).cents(family))
                .isEqualTo(350_00);
        assertThat(new AmountFormula.PerMember(100_00, 50_00, 300_00).cents(family))
                .isEqualTo(300_00);
        assertThat(new AmountFormula.PerMinor(0, 120_00, 1_000_00).cents(family))
                .isEqualTo(360_00);
    }

    @Test
    void shouldExcludeWhomTheFormulaGivesNothing() {
        Ranking ranking = Ranking.of(
                List.of(application("1", "10", 2, 0)),
                criteria(new AmountFormula.PerMinor(0, 120_00, 1_000_00), RankingCriteria.LastAward.REST),
                1_000_00);

        assertThat(ranking.placements()).extracting(Placement::reason).containsExactly(Ranking.NOTHING_DUE);
    }

    @Test
    void shouldRefuseTwoApplicationsWithOneNumberWithoutNamingIt() {
        List<Application> twice = List.of(application("2026/77", "1", 1, 0), application("2026/77", "2", 1, 0));

        assertThatThrownBy(() -> Ranking.of(twice, CRITERIA, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("77");
    }
}

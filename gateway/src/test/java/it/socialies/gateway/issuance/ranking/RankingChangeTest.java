// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import it.socialies.gateway.issuance.HouseholdTable;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a review changes is told: who entered, who left, who moved. */
class RankingChangeTest {
    private static final RankingCriteria CRITERIA = new RankingCriteria(
            List.of(),
            new PublicDraw("act 41"),
            new AmountFormula.BySize(HouseholdTable.SICILY),
            RankingCriteria.LastAward.WHOLE_OR_RESERVE);

    private static Application application(String number, int score, int size, String exclusion) {
        return new Application(number, number, size, 0, 0, BigDecimal.valueOf(score), null, exclusion);
    }

    @Test
    void shouldTellWhoEnteredLeftMovedOrGetsAnotherSum() {
        Ranking before = Ranking.of(
                List.of(
                        application("A", 50, 1, ""),
                        application("B", 40, 1, ""),
                        application("C", 30, 1, ""),
                        application("D", 20, 1, ""),
                        application("E", 10, 1, "late"),
                        application("F", 5, 1, ""),
                        application("G", 1, 1, "late")),
                CRITERIA,
                900_00);
        Ranking after = Ranking.of(
                List.of(
                        application("A", 50, 2, ""),
                        application("B", 40, 1, "not_resident"),
                        application("C", 30, 1, ""),
                        application("D", 20, 1, ""),
                        application("E", 35, 1, ""),
                        application("G", 1, 1, "not_resident")),
                CRITERIA,
                1_000_00);

        assertThat(RankingChange.between(before, after))
                .extracting(RankingChange::number, RankingChange::kind)
                .containsExactly(
                        tuple("A", RankingChange.Kind.AMOUNT),
                        tuple("E", RankingChange.Kind.ENTERED),
                        tuple("B", RankingChange.Kind.LEFT),
                        tuple("G", RankingChange.Kind.OUTCOME),
                        tuple("F", RankingChange.Kind.OUTCOME));
    }

    @Test
    void shouldTellWhoOnlyMoved() {
        Ranking before =
                Ranking.of(List.of(application("A", 50, 1, ""), application("B", 40, 1, "")), CRITERIA, 1_000_00);
        Ranking after =
                Ranking.of(List.of(application("A", 50, 1, ""), application("B", 60, 1, "")), CRITERIA, 1_000_00);

        assertThat(RankingChange.between(before, after))
                .extracting(RankingChange::number, RankingChange::kind)
                .containsExactly(tuple("B", RankingChange.Kind.MOVED), tuple("A", RankingChange.Kind.MOVED));
        assertThat(RankingChange.between(before, before)).isEmpty();
    }
}

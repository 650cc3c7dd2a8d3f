// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.issuance.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.gateway.issuance.HouseholdTable;
import it.socialies.gateway.issuance.Outcome;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the applications: their order does not matter, and nobody is passed over. Each test is named by its seed. */
class RankingPropertyTest {
    static List<Long> seeds() {
        Long only = Long.getLong("test.seed");
        return only != null
                ? List.of(only)
                : LongStream.rangeClosed(1, 200).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldRankTheSameInWhateverOrderTheApplicationsCome(long seed) {
        Random random = new Random(seed);
        List<Application> applications = applications(random);
        RankingCriteria criteria = criteria(random);
        long budgetCents = random.nextInt(2_000_000);

        Ranking ranking = Ranking.of(applications, criteria, budgetCents);
        List<Application> shuffled = new ArrayList<>(applications);
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(shuffled, random);
            assertThat(Ranking.of(shuffled, criteria, budgetCents)).isEqualTo(ranking);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldPassNobodyOver(long seed) {
        Random random = new Random(seed);
        List<Application> applications = applications(random);
        RankingCriteria criteria = criteria(random);
        long budgetCents = random.nextInt(2_000_000);

        Ranking ranking = Ranking.of(applications, criteria, budgetCents);

        long sum = 0;
        boolean isReserve = false;
        Set<String> households = new HashSet<>();
        Application before = null;
        for (Placement placement : ranking.placements()) {
            sum += placement.amountCents();
            if (placement.outcome() == Outcome.EXCLUDED) {
                assertThat(placement.reason()).isNotEmpty();
                continue;
            }
            Application application = placement.application();
            assertThat(households.add(application.household())).isTrue();
            if (before != null) {
                assertThat(before.score()).isGreaterThanOrEqualTo(application.score());
            }
            before = application;
            isReserve |= placement.outcome() == Outcome.RESERVE;
            assertThat(placement.outcome()).isEqualTo(isReserve ? Outcome.RESERVE : Outcome.ADMITTED);
        }
        assertThat(sum).isEqualTo(ranking.awardedCents()).isLessThanOrEqualTo(budgetCents);
        assertThat(ranking.placements()).hasSameSizeAs(applications);
        List<Placement> reserve = ranking.with(Outcome.RESERVE);
        if (!reserve.isEmpty()) {
            assertThat(reserve.getFirst().dueCents()).isGreaterThan(budgetCents - sum);
        }
    }

    private static List<Application> applications(Random random) {
        List<Application> applications = new ArrayList<>();
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            applications.add(new Application(
                    "2026/" + i,
                    "h" + random.nextInt(count),
                    1 + random.nextInt(6),
                    random.nextInt(3),
                    random.nextInt(2),
                    BigDecimal.valueOf(random.nextInt(6), random.nextInt(2)),
                    random.nextBoolean() ? null : LocalDateTime.of(2026, 3, 1 + random.nextInt(3), 9, 0),
                    random.nextInt(10) == 0 ? "late" : ""));
        }
        return applications;
    }

    private static RankingCriteria criteria(Random random) {
        List<TieBreaker> tieBreakers = new ArrayList<>(Arrays.asList(TieBreaker.values()));
        Collections.shuffle(tieBreakers, random);
        return new RankingCriteria(
                tieBreakers.subList(0, random.nextInt(tieBreakers.size() + 1)),
                new PublicDraw("seed " + random.nextInt()),
                switch (random.nextInt(3)) {
                    case 0 -> new AmountFormula.BySize(HouseholdTable.SICILY);
                    case 1 -> new AmountFormula.PerMember(100_00, 75_00, 500_00);
                    default -> new AmountFormula.PerMinor(0, 150_00, 800_00);
                },
                random.nextBoolean() ? RankingCriteria.LastAward.WHOLE_OR_RESERVE : RankingCriteria.LastAward.REST);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TorturePlanTest {
    private static final int DECK = EnumSet.allOf(MiseryKind.class).stream()
            .mapToInt(MiseryKind::weight)
            .sum();

    @Test
    void shouldDrawTheSameMiseriesFromTheSameSeed() {
        assertThat(steps(7, 100)).isEqualTo(steps(7, 100)).isNotEqualTo(steps(8, 100));
    }

    @Test
    void shouldDrawEachKindAsOftenAsItsWeightFromEveryDeck() {
        for (int deck = 0; deck < 3; deck++) {
            List<MiseryKind> drawn = steps(7, 3 * DECK).subList(deck * DECK, (deck + 1) * DECK).stream()
                    .map(TorturePlan.Step::kind)
                    .toList();
            for (MiseryKind kind : MiseryKind.values()) {
                assertThat(drawn).filteredOn(kind::equals).hasSize(kind.weight());
            }
        }
    }

    @Test
    void shouldDrawOnlyWhatCanBeDone() {
        TorturePlan plan = new TorturePlan(1, EnumSet.of(MiseryKind.KILL_NODE, MiseryKind.STOP_NODE));
        assertThat(IntStream.range(0, 50).mapToObj(i -> plan.next().kind()))
                .containsOnly(MiseryKind.KILL_NODE, MiseryKind.STOP_NODE);
    }

    private static List<TorturePlan.Step> steps(long seed, int count) {
        TorturePlan plan = new TorturePlan(seed, EnumSet.allOf(MiseryKind.class));
        return IntStream.range(0, count).mapToObj(i -> plan.next()).toList();
    }
}

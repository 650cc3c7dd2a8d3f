// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwardSplitTest {

    @ParameterizedTest(name = "{0} over {1} gives {2}")
    @CsvSource({
        "100, 1 1 1, 34 33 33", // ties go to the earlier rank
        "100, 1 2 3, 17 33 50", // remainders 4, 2, 0 of 6
        "0, 5 7, 0 0",
        "1, 300 800, 0 1", // the larger remainder wins over the earlier rank
        "3800000, 300 400 600 700 800, 407143 542857 814286 950000 1085714",
    })
    void shouldShareByLargestRemainder(long total, String weights, String expected) {
        assertThat(AwardSplit.share(total, longs(weights)))
                .containsExactly(
                        longs(expected).stream().mapToLong(Long::longValue).toArray());
    }

    @Test
    void shouldNeverLoseOrMakeACent() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long total = random.nextLong(10_000_000);
            List<Long> weights = IntStream.rangeClosed(0, random.nextInt(300))
                    .mapToObj(i -> 1 + random.nextLong(1_000))
                    .toList();
            assertThat(Arrays.stream(AwardSplit.share(total, weights)).sum())
                    .as("seed %d", seed)
                    .isEqualTo(total);
        }
    }

    @Test
    void shouldRefuseToShareAmongNobody() {
        assertThatThrownBy(() -> AwardSplit.share(1, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Long> longs(String text) {
        return Arrays.stream(text.split(" ")).map(Long::valueOf).toList();
    }
}

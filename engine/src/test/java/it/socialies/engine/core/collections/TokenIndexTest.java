// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.core.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenIndexTest {
    private record Token(long hi, long lo) {}

    @Test
    void shouldAgreeWithAPlainMapUnderRandomUse() {
        Seeds.forEach(40, TokenIndexTest::playAgainstAMap);
    }

    private static void playAgainstAMap(final SplittableRandom random) {
        final int maxSize = random.nextInt(1, 2000);
        final TokenIndex index = new TokenIndex(random.nextInt(0, 10), maxSize);
        final Map<Token, Long> model = new HashMap<>();
        for (int step = 1; step <= 4000; step++) {
            final Token token = new Token(random.nextLong(60), random.nextLong(60));
            assertThat(index.idOf(token.hi, token.lo)).isEqualTo(model.getOrDefault(token, 0L));
            if (!index.isFull() && !model.containsKey(token)) {
                index.put(token.hi, token.lo, step);
                model.put(token, (long) step);
            }
            assertThat(index.size()).isEqualTo(model.size());
        }
        model.forEach((token, id) -> assertThat(index.idOf(token.hi, token.lo)).isEqualTo(id));
        assertThat(index.isFull()).isEqualTo(model.size() == maxSize);
    }

    @Test
    void shouldHoldTheTokenOfZerosLikeAnyOther() {
        final TokenIndex index = new TokenIndex(1, 10);
        assertThat(index.idOf(0, 0)).isZero();

        index.put(0, 0, 7);

        assertThat(index.idOf(0, 0)).isEqualTo(7);
        assertThat(index.idOf(0, 1)).isZero();
    }

    @Test
    void shouldRefuseWhatTheCallerShouldHaveAskedFirst() {
        final TokenIndex index = new TokenIndex(1, 1);
        assertThatThrownBy(() -> index.put(1, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        index.put(1, 1, 1);

        assertThatThrownBy(() -> index.put(2, 2, 2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> index.put(1, 1, 2)).isInstanceOf(IllegalStateException.class);
        assertThat(index.idOf(1, 1)).isEqualTo(1);
    }
}

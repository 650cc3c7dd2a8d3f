// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeysetPagesTest {
    private static final int SIZE = 1_000_000;

    private final List<Integer> skips = new ArrayList<>();
    private final KeysetPages<Integer> pages = new KeysetPages<>((last, skip, limit) -> {
        skips.add(skip);
        int first = (last == null ? 0 : last + 1) + skip;
        return IntStream.range(first, Math.min(SIZE, first + limit)).boxed().toList();
    });

    @Test
    void shouldSkipNothingWhileScrolling() {
        for (int offset = 0; offset < 20_000; offset += 50) {
            assertThat(pages.page(offset, 50)).hasSize(50).startsWith(offset);
        }

        assertThat(skips).containsOnly(0);
    }

    @Test
    void shouldSkipFromTheNearestPageItKnows() {
        pages.page(0, 50);
        assertThat(pages.page(500_000, 50)).startsWith(500_000);
        assertThat(pages.page(500_060, 50)).startsWith(500_060);
        assertThat(pages.page(40, 50)).startsWith(40);

        assertThat(skips).containsExactly(0, 499_950, 10, 40);
    }

    @Test
    void shouldEndWhereTheListEnds() {
        assertThat(pages.page(SIZE - 10, 50)).hasSize(10);
        assertThat(pages.page(SIZE, 50)).isEmpty();
    }

    @Test
    void shouldForgetTheLowestPagesFirstAndStillBeRight() {
        for (int offset = 0; offset < 250_000; offset += 50) {
            pages.page(offset, 50);
        }
        skips.clear();

        assertThat(pages.page(100, 50)).startsWith(100);
        assertThat(pages.page(249_000, 50)).startsWith(249_000);
        assertThat(skips).containsExactly(100, 0);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.measures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistributionTest {
    @Test
    void shouldCountAValueInTheFirstBucketThatTakesIt() {
        Distribution distribution = Distribution.doubling(10, 3);

        for (long value : new long[] {0, 10, 11, 20, 40, 41, 1_000_000}) {
            distribution.record(value);
        }

        assertThat(distribution.buckets()).isEqualTo(4);
        assertThat(counts(distribution)).containsExactly(2, 2, 1, 2);
        assertThat(bounds(distribution)).containsExactly(10, 20, 40, Long.MAX_VALUE);
        assertThat(distribution.sum()).isEqualTo(1_000_122);
    }

    private static long[] counts(Distribution distribution) {
        long[] counts = new long[distribution.buckets()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = distribution.count(i);
        }
        return counts;
    }

    private static long[] bounds(Distribution distribution) {
        long[] bounds = new long[distribution.buckets()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = distribution.bound(i);
        }
        return bounds;
    }
}

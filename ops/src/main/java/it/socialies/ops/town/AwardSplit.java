// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.town;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Shares a sum out in proportion to weights, exactly: largest remainder, ties to the earlier rank. */
public final class AwardSplit {
    private AwardSplit() {}

    /**
     * Whole cents for each weight, in the order given; their sum is {@code totalCents}.
     *
     * @param weights one per beneficiary by rank, positive
     */
    public static long[] share(long totalCents, List<Long> weights) {
        long sum = weights.stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
        if (totalCents < 0 || sum <= 0) {
            throw new IllegalArgumentException("nothing to share: " + totalCents + " over " + sum);
        }
        long[] awards = new long[weights.size()];
        long[] remainders = new long[weights.size()];
        for (int rank = 0; rank < awards.length; rank++) {
            long product = Math.multiplyExact(weights.get(rank), totalCents);
            awards[rank] = product / sum;
            remainders[rank] = product % sum;
        }
        int leftCents = Math.toIntExact(totalCents - Arrays.stream(awards).sum());
        IntStream.range(0, awards.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer rank) -> -remainders[rank])
                        .thenComparing(Comparator.naturalOrder()))
                .limit(leftCents)
                .forEach(rank -> awards[rank]++);
        return awards;
    }
}

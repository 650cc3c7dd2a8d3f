// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/**
 * The miseries to come, drawn from a seed: a shuffled deck with each kind as often as its weight, then another. So a seed gives the same miseries again,
 * and no kind stays away for long. One thread.
 */
final class TorturePlan implements Iterator<TorturePlan.Step> {
    private static final int CALM_MS_MAX = 3_000;

    /**
     * One misery.
     *
     * @param calm time in peace before it
     * @param strength from 0 up to 1: how long it lasts, within what is usual for its kind
     */
    record Step(MiseryKind kind, Duration calm, double strength) {}

    private final List<MiseryKind> deck;
    private final Random random;
    private Iterator<MiseryKind> dealt = Collections.emptyIterator();

    /** @param kinds those that can be done here */
    TorturePlan(long seed, Collection<MiseryKind> kinds) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("no misery");
        }
        deck = kinds.stream()
                .sorted()
                .flatMap(kind -> Collections.nCopies(kind.weight(), kind).stream())
                .toList();
        random = new Random(seed);
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Step next() {
        if (!dealt.hasNext()) {
            List<MiseryKind> shuffled = new ArrayList<>(deck);
            Collections.shuffle(shuffled, random);
            dealt = shuffled.iterator();
        }
        return new Step(dealt.next(), Duration.ofMillis(random.nextInt(CALM_MS_MAX)), random.nextDouble());
    }
}

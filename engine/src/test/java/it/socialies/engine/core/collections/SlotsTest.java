// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.core.MemorySnapshot;
import it.socialies.engine.core.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlotsTest {
    @Test
    void shouldAgreeWithAMapAndAStackUnderRandomUse() {
        Seeds.forEach(60, SlotsTest::playAgainstAMap);
    }

    private static void playAgainstAMap(final SplittableRandom random) {
        final int max = random.nextInt(1, 4000);
        Slots slots = new Slots(max);
        final Map<Long, Integer> model = new HashMap<>();
        final List<Long> present = new ArrayList<>();
        final Deque<Integer> freed = new ArrayDeque<>();
        long lastId = 0;
        for (int step = 0; step < 10_000; step++) {
            if (random.nextInt(500) == 0) {
                slots = restored(slots, new Slots(max), model);
            }
            // Fills in some stretches, empties in others.
            final boolean isFilling = step / 2000 % 2 == 0;
            if (random.nextInt(10) < (isFilling ? 7 : 3) && slots.hasRoomFor(1)) {
                lastId += random.nextInt(20) == 0 ? random.nextLong(1, 1L << 40) : 1;
                final int expected = freed.isEmpty() ? model.size() + 1 : freed.pop();
                assertThat(slots.open(lastId)).isEqualTo(expected);
                model.put(lastId, expected);
                present.add(lastId);
            } else if (!present.isEmpty()) {
                final int index = random.nextBoolean() ? 0 : random.nextInt(present.size());
                final long id = present.get(index);
                present.set(index, present.getLast());
                present.removeLast();
                slots.close(id);
                freed.push(model.remove(id));
                assertThat(slots.slotOf(id)).isZero();
            }
            final long asked = present.isEmpty() || random.nextInt(4) == 0
                    ? random.nextLong(lastId + 2)
                    : present.get(random.nextInt(present.size()));
            assertThat(slots.slotOf(asked)).isEqualTo(model.getOrDefault(asked, 0));
            assertThat(slots.count()).isEqualTo(model.size());
            final int more = random.nextInt(20);
            assertThat(slots.hasRoomFor(more)).isEqualTo(model.size() + more <= max);
        }
        for (final Map.Entry<Long, Integer> entry : model.entrySet()) {
            assertThat(slots.slotOf(entry.getKey())).isEqualTo(entry.getValue());
        }
    }

    private static Slots restored(final Slots from, final Slots into, final Map<Long, Integer> model) {
        final Map<Long, Integer> present = new HashMap<>();
        MemorySnapshot.carry(fields -> from.visit(fields, "x"), fields -> into.visit(fields, "x"));
        into.rebuild(present::put);
        assertThat(present).isEqualTo(model);
        return into;
    }

    @Test
    void shouldNotFindIdsThatNeverWere() {
        final Slots slots = new Slots(10);
        slots.open(1);

        for (final long id : new long[] {0, -1, 2, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(slots.slotOf(id)).isZero();
        }
    }

    @Test
    void shouldRefuseWhatTheCallerShouldHaveAskedFirst() {
        final Slots slots = new Slots(2);
        slots.open(5);

        assertThatThrownBy(() -> slots.open(5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> slots.open(4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> slots.close(4)).isInstanceOf(IllegalStateException.class);
        slots.open(6);
        assertThatThrownBy(() -> slots.open(7)).isInstanceOf(IllegalStateException.class);
        slots.close(5);
        assertThatThrownBy(() -> slots.close(5)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> slots.open(5)).isInstanceOf(IllegalArgumentException.class);
        assertThat(slots.open(7)).isEqualTo(1);
        assertThat(slots.slotOf(6)).isEqualTo(2);
    }
}

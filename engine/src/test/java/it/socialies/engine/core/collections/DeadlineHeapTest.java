// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.core.MemorySnapshot;
import it.socialies.engine.core.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DeadlineHeapTest {
    private record Entry(long deadlineMs, long id) {}

    @Test
    void shouldAgreeWithASortedSetUnderRandomUse() {
        Seeds.forEach(60, DeadlineHeapTest::playAgainstASortedSet);
    }

    private static void playAgainstASortedSet(final SplittableRandom random) {
        final int maxSize = random.nextInt(1, 400);
        DeadlineHeap heap = new DeadlineHeap(random.nextInt(0, 10), maxSize);
        final TreeSet<Entry> model =
                new TreeSet<>(Comparator.comparingLong(Entry::deadlineMs).thenComparingLong(Entry::id));
        final Map<Long, Long> deadlines = new HashMap<>();
        final List<Long> ids = new ArrayList<>();
        final Slots slots = new Slots(maxSize);
        long lastId = 0;
        for (int step = 0; step < 5000; step++) {
            if (random.nextInt(300) == 0) {
                heap = restored(heap, new DeadlineHeap(random.nextInt(0, 10), maxSize));
            }
            final int choice = random.nextInt(10);
            if (choice < 4 && !heap.isFull()) {
                lastId += random.nextInt(50) == 0 ? random.nextInt(20_000) + 1 : 1;
                final long deadlineMs = random.nextLong(300);
                heap.add(slots.open(lastId), lastId, deadlineMs);
                model.add(new Entry(deadlineMs, lastId));
                deadlines.put(lastId, deadlineMs);
                ids.add(lastId);
            } else if (choice < 7 && !ids.isEmpty()) {
                final long id = ids.get(random.nextInt(ids.size()));
                final long deadlineMs = random.nextLong(300);
                heap.update(slots.slotOf(id), deadlineMs);
                model.remove(new Entry(deadlines.put(id, deadlineMs), id));
                model.add(new Entry(deadlineMs, id));
            } else if (!ids.isEmpty()) {
                final long id = random.nextBoolean() ? heap.peekId() : ids.get(random.nextInt(ids.size()));
                final int slot = slots.slotOf(id);
                heap.remove(slot);
                slots.close(id);
                model.remove(new Entry(deadlines.remove(id), id));
                ids.remove(id);
                assertThat(heap.contains(slot)).isFalse();
            }
            assertThat(heap.size()).isEqualTo(model.size());
            assertThat(heap.isFull()).isEqualTo(model.size() == maxSize);
            assertThat(heap.peekId())
                    .isEqualTo(model.isEmpty() ? 0 : model.first().id());
            assertThat(heap.peekDeadlineMs())
                    .isEqualTo(model.isEmpty() ? Long.MAX_VALUE : model.first().deadlineMs());
        }
        while (!model.isEmpty()) {
            final Entry first = model.removeFirst();
            assertThat(heap.peekId()).isEqualTo(first.id());
            final int slot = slots.slotOf(first.id());
            assertThat(heap.deadlineMsOf(slot)).isEqualTo(first.deadlineMs());
            heap.remove(slot);
        }
        assertThat(heap.size()).isZero();
    }

    private static DeadlineHeap restored(final DeadlineHeap from, final DeadlineHeap into) {
        MemorySnapshot.carry(fields -> from.visit(fields, "x.y"), fields -> into.visit(fields, "x.y"));
        into.rebuild();
        return into;
    }

    @Test
    void shouldGiveEqualDeadlinesById() {
        final DeadlineHeap heap = new DeadlineHeap(1, 10);
        for (final int slot : new int[] {5, 3, 9, 1}) {
            heap.add(slot, 10 - slot, 100);
        }

        final List<Long> order = new ArrayList<>();
        while (heap.size() > 0) {
            final long id = heap.peekId();
            order.add(id);
            heap.remove((int) (10 - id));
        }

        assertThat(order).containsExactly(1L, 5L, 7L, 9L);
    }

    @Test
    void shouldRefuseWhatTheCallerShouldHaveAskedFirst() {
        final DeadlineHeap heap = new DeadlineHeap(1, 2);
        heap.add(1, 1, 10);

        assertThatThrownBy(() -> heap.add(1, 3, 20)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> heap.remove(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> heap.update(2, 5)).isInstanceOf(IllegalStateException.class);
        heap.add(2, 2, 5);
        assertThatThrownBy(() -> heap.add(2, 3, 1)).isInstanceOf(IllegalStateException.class);
        assertThat(heap.peekId()).isEqualTo(2);
    }
}

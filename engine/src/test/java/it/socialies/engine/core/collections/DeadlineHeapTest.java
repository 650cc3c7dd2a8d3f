// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        final DeadlineHeap heap = new DeadlineHeap(random.nextInt(0, 10), maxSize);
        final TreeSet<Entry> model =
                new TreeSet<>(Comparator.comparingLong(Entry::deadlineMs).thenComparingLong(Entry::id));
        final Map<Long, Long> deadlines = new HashMap<>();
        final List<Long> ids = new ArrayList<>();
        long lastId = 0;
        for (int step = 0; step < 5000; step++) {
            final int choice = random.nextInt(10);
            if (choice < 4 && !heap.isFull()) {
                // Gaps larger than a page of positions, too.
                lastId += random.nextInt(50) == 0 ? random.nextInt(20_000) + 1 : 1;
                final long deadlineMs = random.nextLong(300);
                heap.add(lastId, deadlineMs);
                model.add(new Entry(deadlineMs, lastId));
                deadlines.put(lastId, deadlineMs);
                ids.add(lastId);
            } else if (choice < 7 && !ids.isEmpty()) {
                final long id = ids.get(random.nextInt(ids.size()));
                final long deadlineMs = random.nextLong(300);
                heap.update(id, deadlineMs);
                model.remove(new Entry(deadlines.put(id, deadlineMs), id));
                model.add(new Entry(deadlineMs, id));
            } else if (!ids.isEmpty()) {
                final long id = random.nextBoolean() ? heap.peekId() : ids.get(random.nextInt(ids.size()));
                heap.remove(id);
                model.remove(new Entry(deadlines.remove(id), id));
                ids.remove(id);
                assertThat(heap.contains(id)).isFalse();
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
            assertThat(heap.deadlineMsOf(first.id())).isEqualTo(first.deadlineMs());
            heap.remove(first.id());
        }
        assertThat(heap.size()).isZero();
    }

    @Test
    void shouldGiveEqualDeadlinesById() {
        final DeadlineHeap heap = new DeadlineHeap(1, 10);
        for (final long id : new long[] {5, 3, 9, 1}) {
            heap.add(id, 100);
        }

        final List<Long> order = new ArrayList<>();
        while (heap.size() > 0) {
            order.add(heap.peekId());
            heap.remove(heap.peekId());
        }

        assertThat(order).containsExactly(1L, 3L, 5L, 9L);
    }

    @Test
    void shouldRefuseWhatTheCallerShouldHaveAskedFirst() {
        final DeadlineHeap heap = new DeadlineHeap(1, 2);
        heap.add(1, 10);

        assertThatThrownBy(() -> heap.add(1, 20)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> heap.remove(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> heap.update(2, 5)).isInstanceOf(IllegalStateException.class);
        heap.add(2, 5);
        assertThatThrownBy(() -> heap.add(3, 1)).isInstanceOf(IllegalStateException.class);
        assertThat(heap.peekId()).isEqualTo(2);
    }
}

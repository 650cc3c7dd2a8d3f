// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.collections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.core.MemorySnapshot;
import it.socialies.engine.core.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {
    private static final int MAX_ID = 5000;

    @Test
    void shouldAgreeWithAPlainMapUnderRandomUse() {
        Seeds.forEach(20, ColumnTest::playAgainstAMap);
    }

    private static void playAgainstAMap(final SplittableRandom random) {
        final LongColumn longs = new LongColumn(random.nextInt(10), MAX_ID);
        final IntColumn ints = new IntColumn(random.nextInt(10), MAX_ID);
        final ByteColumn bytes = new ByteColumn(random.nextInt(10), MAX_ID);
        final Map<Long, Integer> model = new HashMap<>();
        for (int step = 0; step < 3000; step++) {
            final long id = random.nextLong(random.nextInt(1, MAX_ID + 2));
            final int value = random.nextInt(-128, 128);
            if (random.nextBoolean()) {
                longs.set(id, value);
                ints.set(id, value);
                model.put(id, value);
            } else {
                final int sum = model.merge(id, value, Integer::sum);
                assertThat(longs.add(id, value)).isEqualTo(sum);
                assertThat(ints.add(id, value)).isEqualTo(sum);
            }
            bytes.set(id, model.get(id).byteValue());
        }
        assertContent(model, longs, ints, bytes);
        final LongColumn restoredLongs = new LongColumn(MAX_ID);
        final IntColumn restoredInts = new IntColumn(MAX_ID);
        final ByteColumn restoredBytes = new ByteColumn(MAX_ID);
        MemorySnapshot.carry(fields -> longs.visit(fields, "x"), fields -> restoredLongs.visit(fields, "x"));
        MemorySnapshot.carry(fields -> ints.visit(fields, "x"), fields -> restoredInts.visit(fields, "x"));
        MemorySnapshot.carry(fields -> bytes.visit(fields, "x"), fields -> restoredBytes.visit(fields, "x"));
        assertContent(model, restoredLongs, restoredInts, restoredBytes);
    }

    private static void assertContent(
            final Map<Long, Integer> model, final LongColumn longs, final IntColumn ints, final ByteColumn bytes) {
        for (long id = 0; id <= MAX_ID; id++) {
            final int expected = model.getOrDefault(id, 0);
            assertThat(longs.get(id)).isEqualTo(expected);
            assertThat(ints.get(id)).isEqualTo(expected);
            assertThat(bytes.get(id)).isEqualTo((byte) expected);
        }
    }

    @Test
    void shouldLeaveOutTheZerosAtItsEnd() {
        final LongColumn column = new LongColumn(MAX_ID);
        column.set(2, 7);
        column.set(4000, 0);
        final List<Integer> lengths = new ArrayList<>();

        column.visit(
                StateFields.writing(new MemorySnapshot() {
                    @Override
                    public void putLongs(final String name, final long[] values, final int length) {
                        lengths.add(length);
                    }
                }),
                "x");

        assertThat(lengths).containsExactly(3);
    }

    @Test
    void shouldRefuseASnapshotWithZerosAtTheEndOfAColumn() {
        final Consumer<StateFields> longs = fields -> new LongColumn(MAX_ID).visit(fields, "x");
        final Consumer<StateFields> ints = fields -> new IntColumn(MAX_ID).visit(fields, "x");
        final Consumer<StateFields> bytes = fields -> new ByteColumn(MAX_ID).visit(fields, "x");

        assertThatThrownBy(() -> MemorySnapshot.carry(
                        fields -> fields.longs("x", new long[] {1, 0}, fields.length("x", 2)), longs))
                .hasMessageContaining("zeros at the end");
        assertThatThrownBy(() ->
                        MemorySnapshot.carry(fields -> fields.ints("x", new int[] {1, 0}, fields.length("x", 2)), ints))
                .hasMessageContaining("zeros at the end");
        assertThatThrownBy(() -> MemorySnapshot.carry(
                        fields -> fields.bytes("x", new byte[] {1, 0}, fields.length("x", 2)), bytes))
                .hasMessageContaining("zeros at the end");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, MAX_ID + 1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32})
    void shouldThrowOutsideItsBounds(final long id) {
        final LongColumn column = new LongColumn(1, MAX_ID);

        assertThatThrownBy(() -> column.get(id)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> column.set(id, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> column.add(id, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldNotWrapAround() {
        final LongColumn longs = new LongColumn(1, 1);
        longs.set(1, Long.MAX_VALUE);
        final IntColumn ints = new IntColumn(1, 1);
        ints.set(1, Integer.MIN_VALUE);

        assertThatThrownBy(() -> longs.add(1, 1)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> ints.add(1, -1)).isInstanceOf(ArithmeticException.class);
        assertThat(longs.get(1)).isEqualTo(Long.MAX_VALUE);
        assertThat(ints.get(1)).isEqualTo(Integer.MIN_VALUE);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.core.collections.StateFields;
import it.socialies.engine.core.collections.StateReader;
import it.socialies.engine.core.collections.StateWriter;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** A snapshot in memory, as strict as one on a disk: fields come back by name and in order, and none may be left over. */
public class MemorySnapshot implements StateWriter {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    /** What a core says of itself. */
    public static MemorySnapshot of(final CoreService core) {
        final MemorySnapshot snapshot = new MemorySnapshot();
        core.snapshotTo(snapshot);
        return snapshot;
    }

    /** Gives the state to a core that knows nothing yet. */
    public CoreService restoreInto(final CoreService fresh) {
        final Reader reader = new Reader();
        fresh.restoreFrom(reader);
        assertThat(reader.rest.hasNext()).as("fields that nobody asked for").isFalse();
        return fresh;
    }

    /** Carries the state of one collection over to another of its kind. */
    public static void carry(final Consumer<StateFields> from, final Consumer<StateFields> to) {
        final MemorySnapshot snapshot = new MemorySnapshot();
        from.accept(StateFields.writing(snapshot));
        to.accept(StateFields.reading(snapshot.new Reader()));
    }

    /** Asserts that another snapshot has the same fields in the same order with the same content. */
    void assertSameAs(final MemorySnapshot other, final String what) {
        assertThat(other.fields.keySet()).containsExactlyElementsOf(fields.keySet());
        fields.forEach((name, value) ->
                assertThat(other.fields.get(name)).as("%s of %s", name, what).isEqualTo(value));
    }

    Iterable<String> names() {
        return fields.keySet();
    }

    /** Numbers in a field; 1 for a single one. */
    int sizeOf(final String name) {
        final Object value = valueOf(name);
        return value.getClass().isArray() ? Array.getLength(value) : 1;
    }

    /** The same snapshot, but for one bit of one number of one field. */
    MemorySnapshot withAnother(final String name, final int index) {
        final MemorySnapshot edited = new MemorySnapshot();
        edited.fields.putAll(fields);
        edited.fields.put(
                name,
                switch (valueOf(name)) {
                    case final long[] values -> {
                        final long[] copy = values.clone();
                        copy[index] ^= 1;
                        yield copy;
                    }
                    case final int[] values -> {
                        final int[] copy = values.clone();
                        copy[index] ^= 1;
                        yield copy;
                    }
                    case final byte[] values -> {
                        final byte[] copy = values.clone();
                        copy[index] ^= 1;
                        yield copy;
                    }
                    case final Long value -> value ^ 1;
                    default -> throw new AssertionError("field " + name + " is of no kind a snapshot has");
                });
        return edited;
    }

    private Object valueOf(final String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    @Override
    public void putLong(final String name, final long value) {
        put(name, value);
    }

    @Override
    public void putLongs(final String name, final long[] values, final int length) {
        put(name, Arrays.copyOf(values, length));
    }

    @Override
    public void putInts(final String name, final int[] values, final int length) {
        put(name, Arrays.copyOf(values, length));
    }

    @Override
    public void putBytes(final String name, final byte[] values, final int length) {
        put(name, Arrays.copyOf(values, length));
    }

    private void put(final String name, final Object value) {
        assertThat(fields.put(name, value))
                .as("field %s was written before", name)
                .isNull();
    }

    private final class Reader implements StateReader {
        private final Iterator<Map.Entry<String, Object>> rest =
                fields.entrySet().iterator();
        private Map.Entry<String, Object> next = rest.next();

        @Override
        public boolean lacks(final String name) {
            return false;
        }

        @Override
        public long getLong(final String name) {
            return (long) take(name);
        }

        @Override
        public int length(final String name) {
            assertThat(next.getKey()).isEqualTo(name);
            return Array.getLength(next.getValue());
        }

        @Override
        public void getLongs(final String name, final long[] into) {
            copy((long[]) take(name), into);
        }

        @Override
        public void getInts(final String name, final int[] into) {
            copy((int[]) take(name), into);
        }

        @Override
        public void getBytes(final String name, final byte[] into) {
            copy((byte[]) take(name), into);
        }

        private Object take(final String name) {
            assertThat(next.getKey()).isEqualTo(name);
            final Object value = next.getValue();
            next = rest.hasNext() ? rest.next() : Map.entry("the end", 0L);
            return value;
        }

        @SuppressWarnings("SuspiciousSystemArraycopy")
        private static void copy(final Object from, final Object into) {
            System.arraycopy(from, 0, into, 0, Array.getLength(from));
        }
    }
}

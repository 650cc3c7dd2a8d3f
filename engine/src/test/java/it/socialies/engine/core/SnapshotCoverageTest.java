// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import it.socialies.engine.core.collections.StateReader;
import it.socialies.engine.core.kernel.InvariantViolated;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A column added to a table and forgotten in the snapshot would go unnoticed until a restart answers wrongly. So a snapshot in which no field is 0 is
 * read into a core, and then every field that can change, of every object the core consists of, must have changed; or it must be named here with
 * the reason why it need not.
 */
class SnapshotCoverageTest {
    private static final String CORE = "it.socialies.engine.core";
    private static final String FLYWEIGHTS = "it.socialies.engine.protocol.sbe.";

    private static final String OF_ONE_COMMAND = "set anew for each command or record before it is read";
    private static final String REBUILT = "follows from stored fields and is made anew";
    private static final String CONSTANT = "written once, when the core is made";

    /** Classes and fields that no snapshot holds, and why. */
    private static final Map<String, String> NOT_STORED = new TreeMap<>(Map.ofEntries(
            Map.entry("AnswerWriter", OF_ONE_COMMAND),
            Map.entry("BatchRows", OF_ONE_COMMAND),
            Map.entry("CardIssuance.seenTokens", OF_ONE_COMMAND),
            Map.entry("CommandContext", OF_ONE_COMMAND),
            Map.entry("Digest", OF_ONE_COMMAND),
            Map.entry("Drawing", OF_ONE_COMMAND),
            Map.entry("EventWriter", OF_ONE_COMMAND),
            Map.entry("PaymentQueries.publicKey", OF_ONE_COMMAND),
            Map.entry("ProposalTerms", OF_ONE_COMMAND),
            Map.entry("RecordContext", OF_ONE_COMMAND),
            Map.entry("RecordSealer.crc", OF_ONE_COMMAND),
            Map.entry("KeyBuckets.setAside", OF_ONE_COMMAND),
            Map.entry("LineChanges.ids", OF_ONE_COMMAND),
            Map.entry("LineChanges.outcomes", OF_ONE_COMMAND),
            Map.entry("LineDigest", OF_ONE_COMMAND),
            Map.entry("MessageShapes", CONSTANT),
            Map.entry("PeriodSums.name", CONSTANT),
            Map.entry("PocketQueues.name", CONSTANT),
            Map.entry("TablesQuery.tables", CONSTANT),
            Map.entry("DeadlineHeap.positions", REBUILT),
            Map.entry("Disputes.disputedOf", REBUILT),
            Map.entry("HashSums", REBUILT),
            Map.entry("KeyBuckets.buckets", REBUILT),
            Map.entry("KeyWindow.keysHash", REBUILT),
            Map.entry("KeyWindow.mask", REBUILT),
            Map.entry("KeyWindow.size", REBUILT),
            Map.entry("KeyWindow.table", REBUILT),
            Map.entry("MerchantAccounts.accountIds", REBUILT),
            Map.entry("Pockets.everOpened", REBUILT),
            Map.entry("Pockets.pocketOfAccount", REBUILT),
            Map.entry("Pockets.restorableTotal", REBUILT),
            Map.entry("Programmes.restoring", REBUILT),
            Map.entry("Slots.mask", REBUILT),
            Map.entry("Slots.table", REBUILT),
            Map.entry("TokenIndex", REBUILT),
            Map.entry("UnitTotals", REBUILT)));

    private final List<String> forgotten = new ArrayList<>();
    private final Set<String> excused = new TreeSet<>();
    private final IdentityHashMap<Object, Object> visited = new IdentityHashMap<>();

    @Test
    void shouldStoreEveryFieldThatCanChange() {
        final ClearingCore fresh = new ClearingCore(CoreLimits.defaults());
        final ClearingCore filled = new ClearingCore(CoreLimits.defaults());
        // Such a state contradicts itself, but that is found out only after every field was filled.
        assertThat(catchThrowable(() -> filled.restoreFrom(new NothingIsZero())))
                .isInstanceOf(InvariantViolated.class);

        compare(fresh, filled, "core");

        assertThat(forgotten)
                .as("fields to store or rebuild with their table, or to name in NOT_STORED with the reason")
                .isEmpty();
        assertThat(excused).as("fields that are left out").isEqualTo(NOT_STORED.keySet());
    }

    private void compare(final Object before, final Object after, final String path) {
        final String name = before.getClass().getSimpleName();
        if (NOT_STORED.containsKey(name)) {
            excused.add(name);
            return;
        }
        if (visited.put(before, after) != null) {
            return;
        }
        for (Class<?> type = before.getClass();
                type != Object.class && type != Record.class;
                type = type.getSuperclass()) {
            for (final Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    compare(field, before, after, path + "." + field.getName());
                }
            }
        }
    }

    private void compare(final Field field, final Object before, final Object after, final String path) {
        final String name = field.getDeclaringClass().getSimpleName() + "." + field.getName();
        final boolean isFinal = Modifier.isFinal(field.getModifiers());
        if (NOT_STORED.containsKey(name)) {
            excused.add(name);
        } else if (field.getType().isPrimitive()) {
            check(isFinal || !get(field, before).equals(get(field, after)), path, name);
        } else {
            compareObjects(get(field, before), get(field, after), isFinal, path, name);
        }
    }

    private void compareObjects(
            final @Nullable Object before,
            final @Nullable Object after,
            final boolean isFinal,
            final String path,
            final String name) {
        if (before == null || after == null) {
            check(isFinal, path, name);
        } else if (before instanceof Object[] elements) {
            for (int i = 0; i < elements.length; i++) {
                compareObjects(elements[i], Array.get(after, i), isFinal, path + "[" + i + "]", name);
            }
        } else if (before.getClass().isArray()) {
            check(!Arrays.deepEquals(new Object[] {before}, new Object[] {after}), path, name);
        } else if (before.getClass().getName().startsWith(CORE)) {
            check(isFinal, path, name);
            compare(before, after, path);
        } else {
            // What flyweights show is wrapped around other bytes each time.
            check(isFinal && before.getClass().getName().startsWith(FLYWEIGHTS), path, name);
        }
    }

    private void check(final boolean isFine, final String path, final String name) {
        if (!isFine) {
            forgotten.add(path + " (" + name + ")");
        }
    }

    private static Object get(final Field field, final Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (final IllegalAccessException e) {
            throw new LinkageError(field.toString(), e);
        }
    }

    /** Whatever field is asked for is there, and nothing in it is 0. */
    private static final class NothingIsZero implements StateReader {
        private static final int LENGTH = 2;

        @Override
        public boolean lacks(final String name) {
            return false;
        }

        @Override
        public long getLong(final String name) {
            return LENGTH;
        }

        @Override
        public int length(final String name) {
            return LENGTH;
        }

        @Override
        public void getLongs(final String name, final long[] into) {
            Arrays.fill(into, 0, LENGTH, 1);
        }

        @Override
        public void getInts(final String name, final int[] into) {
            Arrays.fill(into, 0, LENGTH, 1);
        }

        @Override
        public void getBytes(final String name, final byte[] into) {
            Arrays.fill(into, 0, LENGTH, (byte) 1);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Supplier;

/**
 * A core restored from a snapshot of another, which nobody may be able to tell from it: it is asked the same and must give the same bytes. Every few
 * records it must also write the same snapshot, and another core is restored and takes its place.
 */
final class RestoredTwin {
    private static final int RECORDS_BETWEEN_SNAPSHOTS = 23;

    /** Something done to a core. */
    interface Step {
        void on(CoreService core, CoreOutput output);
    }

    private final Supplier<CoreService> cores;
    private final CoreService original;
    private CoreService twin;
    private long restoredAt;

    RestoredTwin(final Supplier<CoreService> cores, final CoreService original) {
        this.cores = cores;
        this.original = original;
        twin = restored(MemorySnapshot.of(original));
    }

    /** Repeats what was done to the original. */
    void repeat(final Step step, final List<Answer> answers) {
        final CapturedOutput output = new CapturedOutput();
        step.on(twin, output);
        assertThat(output.answers()).as("answers of the restored core").hasSameSizeAs(answers);
        for (int i = 0; i < answers.size(); i++) {
            final Answer expected = answers.get(i);
            final Answer actual = output.answers().get(i);
            assertThat(actual.kind()).as("%s", expected).isEqualTo(expected.kind());
            assertThat(actual.code()).as("%s", expected).isEqualTo(expected.code());
            assertThat(actual.sequence()).as("%s", expected).isEqualTo(expected.sequence());
            assertThat(actual.bytes()).as("bytes of %s", expected).isEqualTo(expected.bytes());
        }
        if (original.lastSequence() >= restoredAt + RECORDS_BETWEEN_SNAPSHOTS) {
            renew();
        }
    }

    /** Compares the snapshots of both and restores another core. */
    void renew() {
        final MemorySnapshot snapshot = MemorySnapshot.of(original);
        snapshot.assertSameAs(MemorySnapshot.of(twin), "the core restored at record " + restoredAt);
        twin = restored(snapshot);
        restoredAt = original.lastSequence();
        snapshot.assertSameAs(MemorySnapshot.of(twin), "a core just restored at record " + restoredAt);
    }

    CoreService core() {
        return twin;
    }

    private CoreService restored(final MemorySnapshot snapshot) {
        return snapshot.restoreInto(cores.get());
    }
}

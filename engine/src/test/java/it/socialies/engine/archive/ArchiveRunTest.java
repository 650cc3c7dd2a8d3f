// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.reader.HistorySegment;
import it.socialies.engine.journal.reader.HistorySegments;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.pipeline.EngineEnvironment;
import it.socialies.engine.snapshot.SnapshotFiles;
import it.socialies.engine.snapshot.SnapshotSettings;
import it.socialies.engine.snapshot.SnapshotTaker;
import it.socialies.engine.snapshot.TownHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A town's history over days, in snapshots, archive and journal. */
class ArchiveRunTest {
    private static final Path JVM_FLAGS =
            Path.of("..", "ops", "jvm").toAbsolutePath().normalize();
    private static final ArchiveConfig CONFIG = new ArchiveConfig(1, 10, 0);

    @TempDir
    private Path root;

    private TownHistory history;
    private final List<Long> dayEnds = new ArrayList<>();

    /** Six days, with a snapshot at the end of the third and of the fifth. */
    @BeforeEach
    void liveOn() throws IOException {
        history = new TownHistory(root);
        for (int day = 1; day <= 6; day++) {
            history.happen(2).write();
            dayEnds.add(history.sequence());
            if (day == 3 || day == 5) {
                takeSnapshot();
            }
            history.core.pass(Duration.ofDays(1));
        }
    }

    @Test
    void shouldArchiveWhatBothSnapshotsHold() throws IOException {
        assertThat(ArchiveRun.run(history.folder, CONFIG, Long.MAX_VALUE).segments())
                .isPositive();
        assertThat(archivedUpTo()).isEqualTo(dayEnds.get(2));
        assertSameState();
    }

    @Test
    void shouldArchiveNothingThatPostgresLacks() throws IOException {
        assertThat(ArchiveRun.run(history.folder, CONFIG, dayEnds.getFirst() - 1)
                        .segments())
                .isZero();
        ArchiveRun.run(history.folder, CONFIG, dayEnds.get(1));
        assertThat(archivedUpTo()).isEqualTo(dayEnds.get(1));
    }

    @Test
    void shouldArchiveNothingWithoutTwoSnapshots() throws IOException {
        TownHistory.delete(history.folder.snapshots());
        takeSnapshot();
        assertThat(ArchiveRun.run(history.folder, CONFIG, Long.MAX_VALUE).segments())
                .isZero();
    }

    @Test
    void shouldStartFromASnapshotAndFromZeroAlike() throws IOException {
        history.happen(2).write();
        takeSnapshot();
        ArchiveRun.run(history.folder, CONFIG, Long.MAX_VALUE);
        assertThat(archivedUpTo()).isEqualTo(dayEnds.get(4));
        assertSameState();
        TownHistory.delete(history.folder.snapshots());
        assertSameState();
    }

    @Test
    void shouldArchiveInAProcessOfItsOwnWhenADayIsDue() throws Exception {
        try (ArchiveScheduler scheduler = new ArchiveScheduler(
                history.folder, CONFIG, new ArchiveProcess(JVM_FLAGS, history.folder, CONFIG), () -> dayEnds.get(1))) {
            assertThat(scheduler.onSnapshot()).isTrue();
            assertThat(scheduler.onSnapshot()).isFalse();
            await().atMost(Duration.ofMinutes(2)).until(() -> archivedUpTo() == dayEnds.get(1));
            assertThat(scheduler.failures().sum()).isZero();
        }
        ArchiveConfig manyDays = CONFIG.withLiveDays(30);
        try (ArchiveScheduler scheduler = new ArchiveScheduler(
                history.folder,
                manyDays,
                projected -> {
                    throw new AssertionError("no day is that old");
                },
                () -> Long.MAX_VALUE)) {
            assertThat(scheduler.onSnapshot()).isFalse();
        }
        assertSameState();
    }

    @Test
    void shouldCountARunThatFailed() throws Exception {
        try (ArchiveScheduler scheduler = new ArchiveScheduler(
                history.folder, CONFIG, projected -> new ProcessBuilder("/bin/false").start(), () -> Long.MAX_VALUE)) {
            assertThat(scheduler.onSnapshot()).isTrue();
            await().until(() -> scheduler.failures().sum() == 1);
        }
    }

    private long archivedUpTo() {
        return HistorySegments.list(history.folder).stream()
                .filter(HistorySegment::archived)
                .mapToLong(HistorySegment::lastSequence)
                .max()
                .orElse(0);
    }

    /** Replay of archive and journal, and a start of the engine, end where the town is. */
    private void assertSameState() throws IOException {
        CoreService replayed = TownHistory.newCore();
        try (JournalTailer tailer = JournalTailer.open(history.folder)) {
            tailer.poll(
                    (buffer, offset, length) -> BatchRecords.forEach(buffer, offset, 0, replayed::onRecord),
                    Integer.MAX_VALUE);
        }
        assertSame(replayed);
        List<CoreService> cores = new ArrayList<>();
        EngineEnvironment machine = EngineEnvironment.MACHINE;
        EngineEnvironment environment = new EngineEnvironment(
                history.core.core()::lastTimestampMs,
                machine.nanoClock(),
                machine.logFiles(),
                machine.usableBytes(),
                machine.halt());
        ClearingEngine.launch(
                        EngineConfig.defaults(history.folder.root()).withJournal(TownHistory.JOURNAL),
                        environment,
                        () -> {
                            cores.add(TownHistory.newCore());
                            return cores.getLast();
                        })
                .close();
        assertSame(cores.getLast());
    }

    private void assertSame(CoreService core) {
        assertThat(core.lastSequence()).isEqualTo(history.sequence());
        assertThat(core.coreHash()).isEqualTo(history.core.core().coreHash());
        assertThat(core.ledgerHash()).isEqualTo(history.core.core().ledgerHash());
    }

    private void takeSnapshot() throws IOException {
        new SnapshotTaker(
                        history.folder,
                        SnapshotFiles.REAL,
                        new SnapshotSettings(0, 60_000),
                        TownHistory::newCore,
                        SystemNanoClock.INSTANCE)
                .take();
    }
}

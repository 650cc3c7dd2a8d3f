// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotSchedulerTest {
    private static final SnapshotSchedule SCHEDULE =
            new SnapshotSchedule(Duration.ofMinutes(15), 1_000, Duration.ofMinutes(10));

    @TempDir
    private Path root;

    private final List<Process> launched = new ArrayList<>();
    private final List<SnapshotSummary> heard = new ArrayList<>();
    private TownHistory history;
    private long nowNs = 1_000_000;
    private long journaled;
    private String program = "true";
    private SnapshotScheduler scheduler;

    @BeforeEach
    void liveOn() throws IOException {
        history = new TownHistory(root);
        scheduler = newScheduler();
    }

    @AfterEach
    void nothingIsLeft() {
        scheduler.onClose();
        assertThat(launched).noneMatch(Process::isAlive);
    }

    @Test
    void shouldTakeASnapshotAMinuteAfterTheStartAndThenAtTheIntervalIfAnythingIsNew() {
        journaled = 1;
        pass(Duration.ofSeconds(59));
        assertThat(launched).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(launched).hasSize(1);
        awaitEnd();
        pass(Duration.ofMinutes(14));
        assertThat(launched).hasSize(1);
        pass(Duration.ofMinutes(1));
        assertThat(launched).hasSize(2);
        awaitEnd();
        assertThat(scheduler.failures().sum()).isZero();
    }

    @Test
    void shouldTakeNoneOfAnEmptyJournal() {
        pass(Duration.ofMinutes(20));
        assertThat(launched).isEmpty();
        journaled = 1;
        pass(Duration.ofSeconds(1));
        assertThat(launched).hasSize(1);
        awaitEnd();
    }

    @Test
    void shouldNotWaitForTheIntervalBehindTooManyRecords() throws IOException {
        takeSnapshot();
        journaled = history.sequence() + 1;
        pass(Duration.ofMinutes(1));
        awaitEnd();
        assertThat(launched).as("after the start").hasSize(1);
        journaled = history.sequence() + 999;
        pass(Duration.ofMinutes(2));
        assertThat(launched).hasSize(1);
        journaled++;
        pass(Duration.ofSeconds(1));
        assertThat(launched).hasSize(2);
        awaitEnd();
        pass(Duration.ofSeconds(58));
        assertThat(launched).as("without any pause").hasSize(2);
        pass(Duration.ofSeconds(2));
        assertThat(launched).hasSize(3);
        awaitEnd();
    }

    @Test
    void shouldNotTakeTheSameSnapshotAgain() throws IOException {
        takeSnapshot();
        journaled = history.sequence();
        pass(Duration.ofHours(1));
        assertThat(launched).isEmpty();
    }

    @Test
    void shouldCountAFailureAndTryAgainLater() {
        journaled = 1;
        program = "false";
        pass(Duration.ofMinutes(15));
        awaitEnd();
        assertThat(scheduler.failures().sum()).isEqualTo(1);
        assertThat(scheduler.isRunning()).isFalse();
        program = "no-such-program";
        pass(Duration.ofMinutes(15));
        assertThat(scheduler.failures().sum()).isEqualTo(2);
        program = "true";
        pass(Duration.ofMinutes(15));
        awaitEnd();
        assertThat(scheduler.failures().sum()).isEqualTo(2);
        assertThat(launched).hasSize(2);
    }

    @Test
    void shouldRunOneAtATimeAndKillTheOneThatTakesTooLong() {
        journaled = 1_000_000;
        program = "cat";
        pass(Duration.ofMinutes(15));
        assertThat(scheduler.isRunning()).isTrue();
        pass(Duration.ofSeconds(599));
        assertThat(launched).hasSize(1);
        assertThat(scheduler.failures().sum()).isZero();
        pass(Duration.ofSeconds(1));
        assertThat(scheduler.isRunning()).isFalse();
        assertThat(launched).hasSize(1);
        assertThat(scheduler.failures().sum()).isEqualTo(1);
        await().until(() -> !launched.getFirst().isAlive());
    }

    @Test
    void shouldKillItsProcessWhenItCloses() {
        journaled = 1;
        program = "cat";
        pass(Duration.ofMinutes(15));
        assertThat(launched).hasSize(1).allMatch(Process::isAlive);
        scheduler.onClose();
        assertThat(launched).noneMatch(Process::isAlive);
    }

    @Test
    void shouldTellOfTheNewestSnapshotOnceWhoeverTookIt() throws IOException {
        takeSnapshot();
        pass(Duration.ofSeconds(1));
        long first = history.sequence();
        pass(Duration.ofSeconds(5));
        assertThat(heard).extracting(SnapshotSummary::sequence).containsExactly(first);
        history.happen(1).write();
        takeSnapshot();
        pass(Duration.ofSeconds(1));
        assertThat(heard).extracting(SnapshotSummary::sequence).containsExactly(first, history.sequence());
        assertThat(scheduler.last()).isEqualTo(heard.getLast());
        assertThat(heard.getLast().coreHash()).isEqualTo(history.core.core().coreHash());
    }

    private SnapshotScheduler newScheduler() {
        return new SnapshotScheduler(
                SCHEDULE, SnapshotFolder.of(history.folder), this::launch, () -> journaled, heard::add, () -> nowNs);
    }

    private Process launch() throws IOException {
        launched.add(new ProcessBuilder(program).start());
        return launched.getLast();
    }

    private void pass(Duration time) {
        nowNs += time.toNanos();
        scheduler.doWork();
    }

    private void awaitEnd() {
        await().until(() -> {
            scheduler.doWork();
            return !scheduler.isRunning();
        });
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

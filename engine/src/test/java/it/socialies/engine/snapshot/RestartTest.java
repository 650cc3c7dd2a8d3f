// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.core.Commands;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.EngineConfig;
import it.socialies.engine.pipeline.EngineEnvironment;
import it.socialies.engine.pipeline.StartReport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an engine starts: from what, and when it refuses. Real files. */
class RestartTest {
    private static final int FLIPS = 400;

    @TempDir
    private Path root;

    private TownHistory history;
    private long first;
    private long second;

    /** Two snapshots and a tail behind them. */
    @BeforeEach
    void liveOn() throws IOException {
        history = new TownHistory(root.resolve("data"));
        first = takeSnapshot();
        second = happenAndTakeSnapshot();
        history.happen(1).write();
    }

    @Test
    void shouldStartFromTheNewestSnapshotAndTheTail() throws IOException {
        Started fromSnapshot = start();

        assertThat(fromSnapshot.report.snapshotSequence()).isEqualTo(second);
        assertThat(fromSnapshot.report.replayedRecords()).isEqualTo(history.sequence() - second);
        assertThat(fromSnapshot.report.sequence()).isEqualTo(history.sequence());
        Started again = start();
        TownHistory.delete(history.folder.snapshots());
        Started fromZero = start();
        assertThat(fromZero.report.snapshotSequence()).isZero();
        assertThat(fromZero.report.replayedRecords()).isEqualTo(history.sequence());
        for (Started started : List.of(fromSnapshot, again, fromZero)) {
            assertThat(started.coreHash).isEqualTo(history.core.core().coreHash());
            assertThat(started.ledgerHash).isEqualTo(history.core.core().ledgerHash());
        }
    }

    @Test
    void shouldFallBackWhereverAByteOfTheNewestIsFlipped() throws IOException {
        Path newest = snapshots().path(second);
        long size = Files.size(newest);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < FLIPS; i++) {
            long offset = i < SnapshotFormat.HEADER_LENGTH ? i : random.nextLong(size);
            flip(newest, offset);
            LoadedState state = load();
            assertThat(state.sequence()).as("byte %d flipped", offset).isEqualTo(first);
            assertThat(state.notes()).hasSize(1).first().asString().contains("snapshot " + second + " is not used");
            flip(newest, offset);
        }
        assertThat(load().sequence()).isEqualTo(second);
        assertThat(load().notes()).isEmpty();
    }

    @Test
    void shouldStartFromTheOlderSnapshotWhenTheNewestIsDamaged() throws IOException {
        flip(snapshots().path(second), 1_000);

        Started started = start();

        assertThat(started.report.snapshotSequence()).isEqualTo(first);
        assertThat(started.coreHash).isEqualTo(history.core.core().coreHash());
        // The next snapshot takes its place.
        assertThat(takeSnapshot()).isEqualTo(history.sequence());
        assertThat(snapshots().sequences()).containsExactly(history.sequence(), first);
    }

    @Test
    void shouldReplayTheWholeJournalWhenBothAreDamaged() throws IOException {
        flip(snapshots().path(second), 1_000);
        flip(snapshots().path(first), 77);

        Started started = start();

        assertThat(started.report.snapshotSequence()).isZero();
        assertThat(started.coreHash).isEqualTo(history.core.core().coreHash());
    }

    @Test
    void shouldNotTakeASnapshotThatLiesAboutItsState() throws IOException {
        CoreService core = TownHistory.newCore();
        history.core.records().subList(0, (int) first).forEach(record -> core.onRecord(record, 0, record.capacity()));
        SnapshotHeader header =
                new SnapshotHeader(load().startAfter(), core.lastTimestampMs(), core.coreHash(), core.ledgerHash());
        try (SnapshotFileWriter writer =
                new SnapshotFileWriter(SnapshotFiles.REAL.create(snapshots().path(second)), header)) {
            core.snapshotTo(writer);
            writer.finish();
        }

        assertThat(load().sequence()).isEqualTo(first);
        assertThat(load().notes()).first().asString().contains("does not have the hashes it claims");
    }

    @Test
    void shouldRefuseAnOlderCopyOfJournalAndLog() throws IOException {
        history.backUpTo(root.resolve("backup"));
        long old = history.sequence();
        long newest = happenAndTakeSnapshot();
        history.putBack(root.resolve("backup"), "journal");
        history.putBack(root.resolve("backup"), "commit-log");
        byte[] log = Files.readAllBytes(history.folder.commitLogFile());

        assertThatThrownBy(this::start)
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("snapshot was taken at record " + newest)
                .hasMessageContaining("ends with record " + old);
        assertThat(Files.readAllBytes(history.folder.commitLogFile())).isEqualTo(log);

        // Nor does damage of the snapshot make the older copy acceptable, as long as it says where it was taken.
        flip(snapshots().path(newest), Files.size(snapshots().path(newest)) / 2);
        assertThatThrownBy(this::start).hasMessageContaining("ends with record " + old);

        TownHistory.delete(history.folder.snapshots());
        assertThat(start().report.sequence()).isEqualTo(old);
    }

    /** A journal that lost its end and finds it again in the commit log is no older copy. */
    @Test
    void shouldStartWhenOnlyTheCommitLogReachesTheSnapshot() throws IOException {
        history.backUpTo(root.resolve("backup"));
        long newest = happenAndTakeSnapshot();
        history.putBack(root.resolve("backup"), "journal");

        Started started = start();

        assertThat(started.report.snapshotSequence()).isEqualTo(second);
        assertThat(started.report.sequence()).isEqualTo(newest);
        assertThat(started.coreHash).isEqualTo(history.core.core().coreHash());
        assertThat(start().report.snapshotSequence()).isEqualTo(newest);
    }

    @Test
    void shouldRefuseASnapshotOfAnotherHistory() throws IOException {
        TownHistory other = new TownHistory(root.resolve("other"));
        while (other.sequence() < second) {
            other.core.tickUntilQuiet();
            other.core.must(other.town.admin, Commands.registerMerchant(3));
        }
        other.write();
        assertThat(other.sequence()).isEqualTo(second);
        new SnapshotTaker(
                        other.folder,
                        SnapshotFiles.REAL,
                        SnapshotSettings.DEFAULTS,
                        TownHistory::newCore,
                        SystemNanoClock.INSTANCE)
                .take();
        Files.copy(
                SnapshotFolder.of(other.folder).path(second),
                snapshots().path(second),
                StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(this::start)
                .isInstanceOf(JournalDamaged.class)
                .hasMessageContaining("another history")
                .hasMessageContaining("record " + second);
    }

    /** A snapshot spares the replay, not the proof: damage behind it is found as ever, and healed from the log or refused. */
    @Test
    void shouldHealOrRefuseAJournalDamagedBehindTheSnapshot() throws IOException {
        history.happen(8).write();
        long damaged = second + 40;
        flipRecord(damaged, journalDays());
        assertThat(start().coreHash).isEqualTo(history.core.core().coreHash());

        flipRecord(damaged, journalDays());
        flipRecord(damaged, List.of(history.folder.commitLogFile()));
        assertThatThrownBy(this::start).isInstanceOf(JournalDamaged.class);
        flip(snapshots().path(second), 1_000);
        assertThatThrownBy(this::start).isInstanceOf(JournalDamaged.class);
        TownHistory.delete(history.folder.snapshots());
        assertThatThrownBy(this::start).isInstanceOf(JournalDamaged.class);
    }

    private record Started(StartReport report, long coreHash, long ledgerHash) {}

    private Started start() throws IOException {
        List<CoreService> cores = new ArrayList<>();
        EngineEnvironment machine = EngineEnvironment.MACHINE;
        EngineEnvironment environment = new EngineEnvironment(
                history.core.core()::lastTimestampMs,
                machine.nanoClock(),
                machine.logFiles(),
                machine.usableBytes(),
                (role, cause) -> {
                    throw new AssertionError(role, cause);
                });
        ClearingEngine engine = ClearingEngine.launch(
                EngineConfig.defaults(history.folder.root()).withJournal(TownHistory.JOURNAL), environment, () -> {
                    cores.add(TownHistory.newCore());
                    return cores.getLast();
                });
        engine.close();
        CoreService core = cores.getLast();
        return new Started(engine.startReport(), core.coreHash(), core.ledgerHash());
    }

    private LoadedState load() throws IOException {
        return new SnapshotLoader(history.folder, SnapshotFiles.REAL, TownHistory::newCore, SystemNanoClock.INSTANCE)
                .load();
    }

    private long happenAndTakeSnapshot() throws IOException {
        history.happen(1).write();
        return takeSnapshot();
    }

    private long takeSnapshot() throws IOException {
        SnapshotResult result = new SnapshotTaker(
                        history.folder,
                        SnapshotFiles.REAL,
                        new SnapshotSettings(0, 60_000),
                        TownHistory::newCore,
                        SystemNanoClock.INSTANCE)
                .take();
        assertThat(result.outcome()).isEqualTo(SnapshotResult.Outcome.WRITTEN);
        return result.sequence();
    }

    private SnapshotFolder snapshots() {
        return SnapshotFolder.of(history.folder);
    }

    private List<Path> journalDays() throws IOException {
        try (Stream<Path> files = Files.list(history.folder.journal())) {
            return files.filter(path -> path.toString().endsWith(".cq4")).toList();
        }
    }

    /** Flips a bit in the record of this sequence in the first of these files that holds it. */
    private void flipRecord(long sequence, List<Path> files) throws IOException {
        byte[] start = new byte[64];
        history.core.records().get((int) sequence - 1).getBytes(0, start);
        for (Path file : files) {
            int place = find(start, Files.readAllBytes(file));
            if (place >= 0) {
                flip(file, place + 40);
                return;
            }
        }
        throw new AssertionError("no record " + sequence + " in " + files);
    }

    private static int find(byte[] wanted, byte[] in) {
        for (int i = 0; i + wanted.length <= in.length; i++) {
            if (in[i] == wanted[0] && Arrays.mismatch(in, i, i + wanted.length, wanted, 0, wanted.length) < 0) {
                return i;
            }
        }
        return -1;
    }

    private static void flip(Path file, long offset) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(offset);
            int old = access.read();
            access.seek(offset);
            access.write(old ^ 0x10);
        }
    }
}

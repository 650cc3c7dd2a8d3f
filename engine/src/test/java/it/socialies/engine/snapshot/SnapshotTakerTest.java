// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.files.ProcessLock;
import it.socialies.engine.journal.reader.RecordReader;
import it.socialies.engine.snapshot.SnapshotResult.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTakerTest {
    @TempDir
    private Path root;

    private final SimulatedSnapshotFiles files = new SimulatedSnapshotFiles();

    @Test
    void shouldGoOnFromTheSnapshotBefore() throws IOException {
        TownHistory history = new TownHistory(root);
        SnapshotResult first = taker(history).take();
        long firstSequence = history.sequence();
        assertThat(first.outcome()).isEqualTo(Outcome.WRITTEN);
        assertThat(first.sequence()).isEqualTo(firstSequence);
        assertThat(first.baseSequence()).isZero();
        assertThat(first.bytes()).isEqualTo(files.bytes(snapshots(history).path(firstSequence)).length);

        history.happen(2).write();
        SnapshotResult second = taker(history).take();

        assertThat(second.baseSequence()).isEqualTo(firstSequence);
        assertThat(second.replayedRecords()).isEqualTo(history.sequence() - firstSequence);
        LoadedState state = load(history);
        assertThat(state.sequence()).isEqualTo(history.sequence());
        assertThat(state.notes()).isEmpty();
        assertSame(state.core(), history.core.core());
    }

    @Test
    void shouldWriteTheSameBytesFromASnapshotAsFromTheStart() throws IOException {
        TownHistory history = new TownHistory(root);
        taker(history).take();
        history.happen(1).write();
        taker(history).take();
        byte[] fromSnapshot = files.bytes(snapshots(history).path(history.sequence()));
        SimulatedSnapshotFiles empty = new SimulatedSnapshotFiles();

        taker(history, empty, SnapshotSettings.DEFAULTS).take();

        assertThat(empty.bytes(snapshots(history).path(history.sequence()))).isEqualTo(fromSnapshot);
    }

    @Test
    void shouldTellTheTotalsBesideIt() throws IOException {
        TownHistory history = new TownHistory(root);
        taker(history).take();

        SnapshotSummary summary = snapshots(history).summary(history.sequence());

        assertThat(summary.coreHash()).isEqualTo(history.core.core().coreHash());
        assertThat(summary.chainAtSequence()).isEqualTo(load(history).startAfter());
        assertThat(summary.circuits()).hasSize(1);
        SnapshotSummary.Unit euro = summary.circuits().getFirst().units().getFirst();
        assertThat(euro.unit()).isEqualTo("EUR");
        assertThat(euro.debitsPosted()).isPositive().isEqualTo(euro.creditsPosted());
        assertThat(euro.debitsPending()).isPositive().isEqualTo(euro.creditsPending());
    }

    @Test
    void shouldWriteNothingWhenNothingIsNew() throws IOException {
        TownHistory history = new TownHistory(root);
        taker(history).take();
        int operations = files.operations;

        assertThat(taker(history).take().outcome()).isEqualTo(Outcome.NOTHING_NEW);
        assertThat(files.operations).isEqualTo(operations);
    }

    @Test
    void shouldKeepTheTwoNewest() throws IOException {
        TownHistory history = new TownHistory(root);
        long before = 0;
        for (int i = 0; i < 4; i++) {
            taker(history).take();
            List<Long> expected = i == 0 ? List.of(history.sequence()) : List.of(history.sequence(), before);
            assertThat(snapshots(history).sequences()).isEqualTo(expected);
            assertThat(files.list(history.folder.snapshots())).hasSize(2 * expected.size());
            before = history.sequence();
            history.happen(1).write();
        }
    }

    /** Killed, or without power, before any of its steps: the next one finds the snapshot before, or a whole new one, and nothing else remains. */
    @Test
    void shouldLeaveWhatWasThereOrAWholeNewSnapshotWhereverItDies() throws IOException {
        TownHistory history = new TownHistory(root);
        taker(history).take();
        long old = history.sequence();
        history.happen(1).write();
        int died = 0;
        for (int dieAt = 1; ; dieAt++) {
            for (boolean power : new boolean[] {false, true}) {
                SimulatedSnapshotFiles disk = new SimulatedSnapshotFiles();
                takeOldOne(history, disk, old);
                disk.operations = 0;
                disk.dieAt = dieAt;
                Throwable death = catchThrowable(
                        () -> taker(history, disk, SnapshotSettings.DEFAULTS).take());
                if (!disk.isDead()) {
                    assertThat(death).isNull();
                    assertThat(died).as("steps at which it can die").isGreaterThan(10);
                    return;
                }
                died++;
                if (power) {
                    disk.losePower();
                } else {
                    disk.restart();
                }
                String where = (power ? "no power" : "killed") + " at step " + dieAt;
                LoadedState found = load(history, disk);
                assertThat(found.notes()).as(where).isEmpty();
                assertThat(found.sequence()).as(where).isIn(old, history.sequence());

                taker(history, disk, SnapshotSettings.DEFAULTS).take();

                assertSame(load(history, disk).core(), history.core.core());
                assertThat(new SnapshotFolder(history.folder, disk).sequences())
                        .as(where)
                        .isEqualTo(List.of(history.sequence(), old));
                assertThat(disk.list(history.folder.snapshots())).as(where).hasSize(4);
            }
        }
    }

    @Test
    void shouldLeaveTheReserveOfFreeSpaceAlone() throws IOException {
        TownHistory history = new TownHistory(root);
        SnapshotSettings settings = SnapshotSettings.DEFAULTS.withStorageReserveBytes(1_000_000);
        files.usableBytes = 1_000_000;
        int operations = files.operations;

        SnapshotResult refused = taker(history, files, settings).take();

        assertThat(refused.outcome()).isEqualTo(Outcome.STORAGE_LOW);
        assertThat(files.operations).isEqualTo(operations);
        files.usableBytes = 1_000_000 + refused.bytes();
        SnapshotResult written = taker(history, files, settings).take();
        assertThat(written.outcome()).isEqualTo(Outcome.WRITTEN);
        assertThat(written.bytes()).isLessThanOrEqualTo(refused.bytes());
    }

    @Test
    void shouldLetOnlyOneProcessTakeASnapshot() throws IOException {
        TownHistory history = new TownHistory(root);
        try (ProcessLock other = ProcessLock.tryAcquire(SnapshotTaker.lockFile(history.folder))) {
            assertThat(other).isNotNull();
            assertThat(taker(history).take().outcome()).isEqualTo(Outcome.BUSY);
        }
        assertThat(taker(history).take().outcome()).isEqualTo(Outcome.WRITTEN);
    }

    /** A busy engine is not chased for ever: what was reached is a whole snapshot, and the next one goes on from there. */
    @Test
    void shouldStopAtTheEndOfABatchWhenItsTimeIsOver() throws IOException {
        TownHistory history = new TownHistory(root).happen(60).write();
        long[] nowNs = {0};
        SnapshotTaker hasty = new SnapshotTaker(
                history.folder, files, new SnapshotSettings(0, 1), TownHistory::newCore, () -> nowNs[0] += 1_000_000);

        SnapshotResult first = hasty.take();

        assertThat(first.outcome()).isEqualTo(Outcome.WRITTEN);
        assertThat(first.sequence()).isLessThan(history.sequence());
        SnapshotResult last = first;
        while (last.sequence() < history.sequence()) {
            SnapshotResult next = hasty.take();
            assertThat(next.baseSequence()).isEqualTo(last.sequence());
            last = next;
        }
        assertSame(load(history).core(), history.core.core());
    }

    @Test
    void shouldNotTakeASnapshotOfAnOlderJournal() throws IOException {
        TownHistory history = new TownHistory(root.resolve("data"));
        long old = history.sequence();
        history.backUpTo(root.resolve("backup"));
        history.happen(1).write();
        taker(history).take();
        history.putBack(root.resolve("backup"), "journal");

        assertThatThrownBy(() -> taker(history).take())
                .hasMessageContaining("ends with record " + old)
                .hasMessageContaining("holds record " + history.sequence());
        assertThat(snapshots(history).sequences()).containsExactly(history.sequence());
    }

    private static void takeOldOne(TownHistory history, SimulatedSnapshotFiles disk, long old) throws IOException {
        SnapshotFolder folder = new SnapshotFolder(history.folder, disk);
        CoreService core = TownHistory.newCore();
        history.core.records().subList(0, (int) old).forEach(record -> core.onRecord(record, 0, record.capacity()));
        try (RecordReader journal = RecordReader.open(history.folder)) {
            Chain chain = new Chain();
            assertThat(journal.chainAt(old, chain)).isTrue();
            folder.write(chain, core);
        }
    }

    private SnapshotFolder snapshots(TownHistory history) {
        return new SnapshotFolder(history.folder, files);
    }

    private SnapshotTaker taker(TownHistory history) {
        return taker(history, files, SnapshotSettings.DEFAULTS);
    }

    private static SnapshotTaker taker(TownHistory history, SnapshotFiles files, SnapshotSettings settings) {
        return new SnapshotTaker(history.folder, files, settings, TownHistory::newCore, SystemNanoClock.INSTANCE);
    }

    private LoadedState load(TownHistory history) throws IOException {
        return load(history, files);
    }

    private static LoadedState load(TownHistory history, SnapshotFiles files) throws IOException {
        return new SnapshotLoader(history.folder, files, TownHistory::newCore, SystemNanoClock.INSTANCE).load();
    }

    private static void assertSame(CoreService core, CoreService expected) {
        assertThat(core.lastSequence()).isEqualTo(expected.lastSequence());
        assertThat(core.coreHash()).isEqualTo(expected.coreHash());
        assertThat(core.ledgerHash()).isEqualTo(expected.ledgerHash());
    }
}

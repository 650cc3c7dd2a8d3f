// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.ProcessLock;
import it.socialies.engine.journal.queue.JournalForce;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.snapshot.SnapshotResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;

/**
 * Makes the next snapshot: newest good one, records of the journal behind it up to the end of a batch, written beside it. It reads what a running engine
 * appends and touches nothing of its; the state it writes was never in the engine's memory, so each snapshot is also a replay that was proven.
 *
 * <p>Killed at any moment it leaves what was there before, or a whole new snapshot. Two are kept: the new one and the one it was made from, which was
 * read to its last byte.
 *
 * <p>Threading: one thread; one process at a time, by a lock in the folder.
 */
public final class SnapshotTaker {
    private static final int BATCHES_PER_POLL = 64;

    private final DataFolder dataFolder;
    private final SnapshotFiles files;
    private final SnapshotFolder snapshots;
    private final SnapshotSettings settings;
    private final Supplier<? extends CoreService> newCore;
    private final NanoClock nanoClock;

    /** @param newCore makes cores that know nothing yet, with the engine's limits */
    public SnapshotTaker(
            DataFolder dataFolder,
            SnapshotFiles files,
            SnapshotSettings settings,
            Supplier<? extends CoreService> newCore,
            NanoClock nanoClock) {
        this.dataFolder = dataFolder;
        this.files = files;
        this.snapshots = new SnapshotFolder(dataFolder, files);
        this.settings = settings;
        this.newCore = newCore;
        this.nanoClock = nanoClock;
    }

    /**
     * Makes a snapshot, if there is anything new.
     *
     * @throws IOException when the disk fails or is full; there is then no new snapshot
     * @throws JournalDamaged when the journal cannot be replayed, or ends before a snapshot that was made from it
     */
    public SnapshotResult take() throws IOException {
        // The lock is a real file whatever lies under the snapshots.
        Files.createDirectories(dataFolder.snapshots());
        try (ProcessLock lock = ProcessLock.tryAcquire(lockFile(dataFolder))) {
            return lock == null ? new SnapshotResult(Outcome.BUSY, 0, 0, 0, 0, 0, 0, List.of()) : takeLocked();
        }
    }

    /** Held by who takes a snapshot. */
    static Path lockFile(DataFolder dataFolder) {
        return dataFolder.snapshots().resolve("snapshotter.lock");
    }

    private SnapshotResult takeLocked() throws IOException {
        snapshots.prepare();
        LoadedState base = new SnapshotLoader(dataFolder, files, newCore, nanoClock).load();
        long replayStartNs = nanoClock.nanoTime();
        Chain chain = replay(base);
        long writeStartNs = nanoClock.nanoTime();
        Outcome outcome = Outcome.NOTHING_NEW;
        long bytes = 0;
        if (chain.sequence() > base.sequence()) {
            bytes = StateSize.of(base.core());
            outcome = Outcome.STORAGE_LOW;
            if (snapshots.usableBytes() - bytes >= settings.storageReserveBytes()) {
                JournalForce.force(dataFolder);
                bytes = snapshots.write(chain, base.core());
                snapshots.deleteOlder(chain.sequence(), base.sequence());
                outcome = Outcome.WRITTEN;
            }
        }
        return new SnapshotResult(
                outcome,
                chain.sequence(),
                bytes,
                base.sequence(),
                TimeUnit.NANOSECONDS.toMillis(base.restoreNs()),
                TimeUnit.NANOSECONDS.toMillis(writeStartNs - replayStartNs),
                TimeUnit.NANOSECONDS.toMillis(nanoClock.nanoTime() - writeStartNs),
                base.notes());
    }

    /** Replays until nothing is left or the time is over; returns the chain there. */
    private Chain replay(LoadedState base) {
        long endNs = nanoClock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.catchUpMs());
        CoreService core = base.core();
        try (JournalTailer tailer = JournalTailer.open(dataFolder)) {
            tailer.moveAfter(base.startAfter());
            int batches;
            do {
                batches = tailer.poll(
                        (buffer, offset, length) ->
                                BatchRecords.forEach(buffer, offset, base.sequence(), core::onRecord),
                        BATCHES_PER_POLL);
            } while (batches > 0 && nanoClock.nanoTime() - endNs < 0);
            Chain reached = tailer.chain().copy();
            if (batches == 0 && reached.sequence() < base.promised().sequence()) {
                throw new JournalDamaged(
                        reached.sequence() + 1,
                        "the journal ends with record " + reached.sequence() + ", but a snapshot holds record "
                                + base.promised().sequence() + ": an older copy of the journal was put back");
            }
            return reached;
        }
    }
}

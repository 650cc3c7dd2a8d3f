// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.batch.RecordHandler;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.snapshot.LoadedState;
import it.socialies.engine.snapshot.SnapshotFiles;
import it.socialies.engine.snapshot.SnapshotLoader;
import it.socialies.ops.data.DataFolder;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * A core of its own, fed with the journal: from the first record it is what the history says the state must be; from the newest snapshot, what the next
 * start will have. One thread.
 */
final class Replay implements AutoCloseable, RecordHandler {
    private static final int BATCHES_PER_POLL = 1_000;

    private final LoadedState start;
    private final CoreService core;
    private final JournalTailer tailer;
    private final Set<Long> watchedSequences = new HashSet<>();
    private final Map<Long, StateHash> watched = new HashMap<>();

    private Replay(DataFolder folder, LoadedState start) {
        this.start = start;
        core = start.core();
        tailer = JournalTailer.open(folder.engine());
        tailer.moveAfter(start.startAfter());
    }

    /** From the first record, whatever snapshots there are. */
    static Replay fromZero(DataFolder folder) {
        return new Replay(folder, LoadedState.nothing(newCore()));
    }

    /** From the newest good snapshot, if there is any. */
    static Replay fromSnapshot(DataFolder folder) throws IOException {
        return new Replay(
                folder,
                new SnapshotLoader(folder.engine(), SnapshotFiles.REAL, Replay::newCore, SystemNanoClock.INSTANCE)
                        .load());
    }

    private static CoreService newCore() {
        return new ClearingCore(CoreLimits.defaults());
    }

    /** Last record of the snapshot it began with; 0 when it began with nothing. */
    long snapshotSequence() {
        return start.sequence();
    }

    /** What was found about the snapshots. */
    List<String> notes() {
        return start.notes();
    }

    /** Applies all that is there now. */
    void toEnd() {
        while (tailer.poll((buffer, offset, length) -> BatchRecords.forEach(buffer, offset, 0, this), BATCHES_PER_POLL)
                > 0) {
            // On to the next batches.
        }
    }

    /** From now on remembers the state at this sequence, if the replay comes by it. */
    void watch(long sequence) {
        watchedSequences.add(sequence);
        remember();
    }

    /** The state at a watched sequence, or null when the replay has not come by it. */
    @Nullable
    StateHash watched(long sequence) {
        return watched.get(sequence);
    }

    StateHash state() {
        return new StateHash(core.lastSequence(), core.coreHash(), core.ledgerHash());
    }

    @Override
    public void onRecord(DirectBuffer buffer, int offset, int length) {
        core.onRecord(buffer, offset, length);
        remember();
    }

    private void remember() {
        if (watchedSequences.contains(core.lastSequence())) {
            watched.put(core.lastSequence(), state());
        }
    }

    @Override
    public void close() {
        tailer.close();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.core.collections.SnapshotExceedsLimit;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.reader.RecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Restores the newest good snapshot that stands on the journal's own history. One that is damaged is reported, and the one before is tried, at last
 * nothing: the journal then gives the whole state. This hides no damage of the journal: who replays it finds it, and {@link LoadedState#promised} says how
 * far it must reach.
 *
 * <p>Threading: one thread. Reads only.
 */
public final class SnapshotLoader {
    private final DataFolder dataFolder;
    private final SnapshotFolder snapshots;
    private final Supplier<? extends CoreService> newCore;
    private final NanoClock nanoClock;
    private final List<String> notes = new ArrayList<>();
    private final Chain journalChain = new Chain();
    private Chain promised = new Chain();

    /** @param newCore makes cores that know nothing yet, with equal limits */
    public SnapshotLoader(
            DataFolder dataFolder, SnapshotFiles files, Supplier<? extends CoreService> newCore, NanoClock nanoClock) {
        this.dataFolder = dataFolder;
        this.snapshots = new SnapshotFolder(dataFolder, files);
        this.newCore = newCore;
        this.nanoClock = nanoClock;
    }

    /**
     * Restores what there is.
     *
     * @throws JournalDamaged when a snapshot was made from another history than the journal's: nothing may go on from either
     * @throws SnapshotExceedsLimit when the limits were lowered below what the state needs: the journal would not fit them either
     * @throws IOException when the folder cannot be listed
     */
    public LoadedState load() throws IOException {
        long startNs = nanoClock.nanoTime();
        try (RecordReader journal = RecordReader.open(dataFolder)) {
            for (long sequence : snapshots.sequences()) {
                CoreService core = tryRestore(sequence, journal);
                if (core != null) {
                    return loaded(core, journalChain, startNs);
                }
            }
        }
        return loaded(newCore.get(), new Chain(), startNs);
    }

    private LoadedState loaded(CoreService core, Chain startAfter, long startNs) {
        return new LoadedState(core, startAfter, promised, nanoClock.nanoTime() - startNs, List.copyOf(notes));
    }

    private @Nullable CoreService tryRestore(long sequence, RecordReader journal) {
        try (SnapshotFileReader reader = snapshots.open(sequence)) {
            SnapshotHeader header = reader.header();
            if (header.sequence() != sequence) {
                throw new SnapshotUnusable("it holds record " + header.sequence());
            }
            if (header.sequence() > promised.sequence()) {
                promised = header.chain();
            }
            return standsOnJournal(header, journal) ? restore(reader) : null;
        } catch (IOException | UncheckedIOException | SnapshotUnusable e) {
            note(sequence, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private boolean standsOnJournal(SnapshotHeader header, RecordReader journal) {
        try {
            if (!journal.chainAt(header.sequence(), journalChain)) {
                note(header.sequence(), "the journal has no batch that ends with its last record");
                return false;
            }
        } catch (JournalFailure e) {
            note(header.sequence(), String.valueOf(e.getMessage()));
            return false;
        }
        if (!journalChain.equals(header.chain())) {
            throw new JournalDamaged(
                    header.sequence(),
                    "the snapshot " + snapshots.path(header.sequence())
                            + " was made from another history than the journal's: their chain hashes at record "
                            + header.sequence() + " differ. Put back the journal it belongs to, or move it away");
        }
        return true;
    }

    private CoreService restore(SnapshotFileReader reader) {
        CoreService core = newCore.get();
        SnapshotRestore.into(core, reader);
        return core;
    }

    private void note(long sequence, String what) {
        notes.add("snapshot " + sequence + " is not used: " + what);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.snapshot.SnapshotFileReader;
import it.socialies.engine.snapshot.SnapshotFolder;
import it.socialies.engine.snapshot.SnapshotRestore;
import it.socialies.engine.snapshot.SnapshotSummary;
import it.socialies.engine.snapshot.SnapshotUnusable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads each snapshot to its last byte into a core of its own, and its totals: what they claim of the history, and what is wrong with the files. One
 * core at a time: the tables of two may be more than the heap. One thread.
 */
final class SnapshotExamination {
    /**
     * What a file says of a record.
     *
     * @param file below the data folder
     */
    record Claim(String file, SnapshotSummary summary) {}

    private final SnapshotFolder snapshots;
    private final Supplier<? extends CoreService> newCore;
    private final List<Claim> claims = new ArrayList<>();
    private final List<AuditFault> faults = new ArrayList<>();

    private SnapshotExamination(SnapshotFolder snapshots, Supplier<? extends CoreService> newCore) {
        this.snapshots = snapshots;
        this.newCore = newCore;
    }

    /**
     * Examines all that are there now; one that a running node deletes meanwhile is passed over.
     *
     * @throws IOException when the folder cannot be listed
     */
    static SnapshotExamination of(DataFolder folder, Supplier<? extends CoreService> newCore) throws IOException {
        SnapshotExamination examination = new SnapshotExamination(SnapshotFolder.of(folder), newCore);
        for (long sequence : examination.snapshots.sequences().reversed()) {
            examination.examine(sequence);
        }
        return examination;
    }

    private void examine(long sequence) throws IOException {
        String file = "snapshots/" + snapshots.path(sequence).getFileName();
        try (SnapshotFileReader reader = snapshots.open(sequence)) {
            CoreService core = newCore.get();
            SnapshotRestore.into(core, reader);
            if (core.lastSequence() != sequence) {
                throw new SnapshotUnusable("it holds record " + core.lastSequence());
            }
            claims.add(new Claim(file, SnapshotSummary.of(reader.header().chain(), core)));
        } catch (NoSuchFileException e) {
            return;
        } catch (SnapshotUnusable e) {
            faults.add(damage(file, sequence, e));
        }
        String totals = file.replace(".snapshot", ".totals.json");
        try {
            claims.add(new Claim(totals, snapshots.summary(sequence)));
        } catch (IOException e) {
            if (snapshots.sequences().contains(sequence)) {
                faults.add(damage(totals, sequence, e));
            }
        }
    }

    private static AuditFault damage(String file, long sequence, Exception why) {
        return AuditFault.damage(
                file,
                sequence,
                "l'istantanea o i suoi totali non sono quelli scritti; il giornale la può ridare",
                "the snapshot or its totals are not what was written; the journal can give it again",
                String.valueOf(why.getMessage()));
    }

    /** What the good files say, by ascending record. */
    List<Claim> claims() {
        return claims;
    }

    List<AuditFault> faults() {
        return faults;
    }
}

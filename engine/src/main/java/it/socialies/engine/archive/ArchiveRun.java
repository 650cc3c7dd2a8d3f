// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.archive;

import it.socialies.engine.journal.archive.ArchiveConfig;
import it.socialies.engine.journal.archive.ArchiveReport;
import it.socialies.engine.journal.archive.Archiver;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.DurableFiles;
import it.socialies.engine.snapshot.SnapshotFolder;
import java.io.IOException;

/** Archives what nobody needs uncompressed any more: neither a start from one of the kept snapshots, nor the projection. Stateless. */
public final class ArchiveRun {
    private ArchiveRun() {}

    /**
     * Archives the days that are due.
     *
     * @param projectedSequence up to which Postgres has the rows
     * @throws IOException when the snapshots cannot be looked at
     */
    public static ArchiveReport run(DataFolder folder, ArchiveConfig config, long projectedSequence)
            throws IOException {
        long upTo = Math.min(SnapshotFolder.of(folder).coveredSequence(), projectedSequence);
        return Archiver.run(folder, config, upTo, DurableFiles.REAL);
    }
}

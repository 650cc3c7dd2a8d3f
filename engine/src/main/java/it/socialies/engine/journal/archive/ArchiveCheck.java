// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import it.socialies.engine.journal.batch.BatchCursor;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.queue.JournalCursor;
import java.util.List;

/**
 * Looks at a start whether the archive is whole and the journal continues it, by what its files say of themselves. Quick, so that a start from a
 * snapshot is: the batches are verified by whoever reads them. Stateless.
 */
public final class ArchiveCheck {
    private ArchiveCheck() {}

    /** @throws ArchiveDamaged when a file is missing, cut, of another history, or its header damaged */
    public static void requireWhole(DataFolder folder) {
        ArchiveFolder archive = new ArchiveFolder(folder.journalArchive());
        List<ArchiveName> files = archive.files();
        Chain end = new Chain();
        for (ArchiveName file : files) {
            ArchiveHeader header = ArchiveFile.readHeader(file);
            requireContinues(end, header.before(), file.path().toString());
            end = header.after();
        }
        if (files.isEmpty()) {
            return;
        }
        try (JournalCursor journal = new JournalCursor(folder.journal())) {
            // The journal may still hold days that the archive has; one whose first batch cannot be read is for the
            // recovery to judge.
            if (journal.first() != BatchCursor.NOTHING
                    && journal.frame().hasIntactHeader()
                    && BatchView.firstSequence(journal.frame().buffer(), 0) > end.sequence()) {
                requireContinues(
                        end, BatchView.chainBefore(journal.frame().buffer(), 0), "the journal " + folder.journal());
            }
        }
    }

    private static void requireContinues(Chain end, Chain before, String what) {
        if (before.equals(end)) {
            return;
        }
        long next = end.sequence() + 1;
        String problem = before.sequence() > end.sequence()
                ? "records " + next + " to " + before.sequence() + " are in none of its files: " + what
                        + " begins behind them"
                : what + " does not continue the chain " + end;
        throw new ArchiveDamaged(next, "the archive is damaged at record " + next + ": " + problem);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.reader;

import it.socialies.engine.journal.archive.ArchiveCursor;
import it.socialies.engine.journal.archive.ArchiveDamaged;
import it.socialies.engine.journal.archive.ArchiveFolder;
import it.socialies.engine.journal.archive.ArchiveName;
import it.socialies.engine.journal.batch.BatchCursor;
import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchVerifier;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.queue.JournalCursor;
import it.socialies.engine.protocol.BatchDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A place in the one history that archive and journal hold together: reads the batch there into its frame, unverified, or goes to the batch of a
 * sequence. Where both hold a batch, the journal's is read.
 *
 * <p>Another process may move a day from the journal to the archive at any moment. The day is in the archive before it leaves the journal; so what the
 * journal does not hold is looked for in the archive, in this order, and a reader whose next day has gone goes on there. One thread.
 */
final class HistoryCursor implements AutoCloseable {
    static final int NOTHING = BatchCursor.NOTHING;

    private final BatchFrame frame = new BatchFrame(BatchDescriptor.MAX_BATCH_LENGTH);
    private final JournalCursor journal;
    private final ArchiveFolder archiveFolder;
    private final ArchiveCursor archive;
    /** Where the last batch was read; null when the next one must be looked for. */
    private @Nullable BatchCursor current;

    private long nextSequence = 1;

    HistoryCursor(DataFolder folder) {
        journal = new JournalCursor(folder.journal(), frame);
        archiveFolder = new ArchiveFolder(folder.journalArchive());
        archive = new ArchiveCursor(archiveFolder, frame);
    }

    /** Holds the batch last read. */
    BatchFrame frame() {
        return frame;
    }

    /** Chronicle's index of the batch last read; -1 when it was none of the journal's. */
    long lastIndex() {
        return current == journal ? journal.lastIndex() : -1;
    }

    /** Where in the file of its day it lies, in bytes; -1 when it was none of the journal's. */
    long lastOffset() {
        return current == journal ? journal.lastOffset() : -1;
    }

    /** Goes before the first batch. */
    void toStart() {
        current = null;
        nextSequence = 1;
    }

    /**
     * Reads the batch behind the one last read.
     *
     * @return its length in bytes, or {@link #NOTHING}
     * @throws JournalDamaged when it is in no file, but later ones are, or when the archive is not what was written
     * @throws JournalFailure when the files cannot be read
     */
    int next() {
        BatchCursor reading = current;
        int length = reading == null ? NOTHING : reading.next();
        boolean isMissing = length == NOTHING ? reading != journal : isElsewhere();
        return isMissing ? lookUp() : advance(length);
    }

    /**
     * Reads the batch that holds the sequence.
     *
     * @return its length in bytes, or {@link #NOTHING}; the place is then undefined
     */
    int find(long sequence) {
        return advance(findIn(sequence));
    }

    /** Has the batch last read verified. What is wrong with one of the archive's is named with file and block. */
    void verify(BatchVerifier verifier, int length) {
        try {
            verifier.accept(frame, length);
        } catch (JournalDamaged damage) {
            if (current != archive) {
                throw damage;
            }
            ArchiveDamaged located =
                    new ArchiveDamaged(damage.sequence(), damage.getMessage() + ", in " + archive.place());
            located.initCause(damage);
            throw located;
        }
    }

    private int findIn(long sequence) {
        current = journal;
        int length = journal.find(sequence);
        if (length == NOTHING) {
            current = archive;
            length = archive.find(sequence);
        }
        if (length == NOTHING) {
            current = null;
        }
        return length;
    }

    /**
     * The journal went on with another day's batch: the days between were moved, or are lost. Within a day, another batch than the next one is damage, for
     * the verifier to name.
     */
    private boolean isElsewhere() {
        return (current != journal || journal.isFirstOfDay())
                && frame.hasIntactHeader()
                && BatchView.firstSequence(frame.buffer(), 0) != nextSequence;
    }

    private int lookUp() {
        int length = findIn(nextSequence);
        if (length == NOTHING && firstBehind() != Long.MAX_VALUE) {
            length = findIn(nextSequence); // it may have been appended while we looked
            if (length == NOTHING) {
                throw hole();
            }
        }
        return advance(length == NOTHING ? oldestWhenUnreadable() : length);
    }

    /** The first sequence that is held behind the next one. */
    private long firstBehind() {
        ArchiveName file = archiveFolder.behind(nextSequence);
        long inArchive = file == null ? Long.MAX_VALUE : file.firstSequence();
        return Math.min(inArchive, journal.firstSequenceBehind(nextSequence));
    }

    /** A hole between days that the commit log may still hold is the journal's; one at the archive can only be a lost file. */
    private JournalDamaged hole() {
        boolean isArchived =
                archiveFolder.holding(nextSequence - 1) != null || archiveFolder.behind(nextSequence) != null;
        String message = "the journal is damaged at record " + nextSequence + ": records " + nextSequence + " to "
                + (firstBehind() - 1) + " are in none of its files, nor in " + archiveFolder.path();
        return isArchived ? new ArchiveDamaged(nextSequence, message) : new JournalDamaged(nextSequence, message);
    }

    /** A journal whose first batch does not say what it is: handed over for the verifier to name. */
    private int oldestWhenUnreadable() {
        int length = journal.first();
        if (length == NOTHING || frame.hasIntactHeader()) {
            return NOTHING;
        }
        current = journal;
        return length;
    }

    private int advance(int length) {
        if (length != NOTHING) {
            nextSequence = BatchView.lastSequence(frame.buffer(), 0) + 1;
        }
        return length;
    }

    @Override
    public void close() {
        journal.close();
        archive.close();
    }
}

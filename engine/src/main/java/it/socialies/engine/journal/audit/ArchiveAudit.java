// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import it.socialies.engine.journal.archive.ArchiveCursor;
import it.socialies.engine.journal.archive.ArchiveDamaged;
import it.socialies.engine.journal.archive.ArchiveFile;
import it.socialies.engine.journal.archive.ArchiveFolder;
import it.socialies.engine.journal.archive.ArchiveHeader;
import it.socialies.engine.journal.archive.ArchiveName;
import it.socialies.engine.journal.batch.BatchCursor;
import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.BatchVerifier;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.protocol.BatchDescriptor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the archive file by file, each from its first byte to its last: digest, checksums, chain. A damaged file does not hide what is
 * wrong with the next one. Reads only; used once, by one thread.
 */
final class ArchiveAudit {
    private final DataFolder folder;
    private final BatchHandler handler;
    private final BatchFrame frame = new BatchFrame(BatchDescriptor.MAX_BATCH_LENGTH);
    private final List<HistoryFault> faults = new ArrayList<>();
    private Chain chain = new Chain();
    private @Nullable JournalDamaged damage;

    /** @param handler receives the batches until the first one that is not what was written; {@link #chain} is then behind it */
    ArchiveAudit(DataFolder folder, BatchHandler handler) {
        this.folder = folder;
        this.handler = handler;
    }

    void run() {
        ArchiveFolder archive = new ArchiveFolder(folder.journalArchive());
        @Nullable Chain expected = new Chain(); // null behind a file that does not say where it ends
        for (ArchiveName file : archive.files()) {
            try (ArchiveCursor cursor = new ArchiveCursor(archive, frame)) {
                ArchiveHeader header = cursor.open(file);
                if (expected != null) {
                    requireContinued(expected, header, file);
                }
                read(cursor, header, file);
                expected = header.after();
            } catch (JournalDamaged e) {
                add(file, e);
                expected = afterDamaged(file);
            }
        }
    }

    private static void requireContinued(Chain expected, ArchiveHeader header, ArchiveName file) {
        long next = expected.sequence() + 1;
        if (header.firstSequence() > next) {
            throw new ArchiveDamaged(
                    next,
                    "the archive is damaged at record " + next + ": records " + next + " to "
                            + (header.firstSequence() - 1) + " are in none of its files");
        }
        if (!header.before().equals(expected)) {
            throw new ArchiveDamaged(
                    header.firstSequence(),
                    "the archive is damaged at record " + header.firstSequence() + ", " + file.path()
                            + ": it does not continue the chain of record " + expected.sequence());
        }
    }

    /** So that the next file is held against what this one says of itself, as far as it can still say it. */
    private static @Nullable Chain afterDamaged(ArchiveName file) {
        try {
            return ArchiveFile.readHeader(file).after();
        } catch (ArchiveDamaged e) {
            return null;
        }
    }

    private void read(ArchiveCursor cursor, ArchiveHeader header, ArchiveName file) {
        BatchVerifier verifier = new BatchVerifier("archive", header.before());
        for (int length = cursor.next(); length != BatchCursor.NOTHING; length = cursor.next()) {
            try {
                verifier.accept(frame, length);
            } catch (JournalDamaged e) {
                ArchiveDamaged located = new ArchiveDamaged(e.sequence(), e.getMessage() + ", in " + cursor.place());
                located.initCause(e);
                throw located;
            }
            if (damage == null) {
                chain = verifier.chain();
                handler.onBatch(frame.buffer(), 0, length);
            }
        }
        if (!verifier.chain().equals(header.after())) {
            throw new ArchiveDamaged(
                    header.lastSequence(),
                    "the archive is damaged at record " + header.lastSequence() + ", " + file.path()
                            + ": it does not end with the chain its header names");
        }
    }

    private void add(ArchiveName file, JournalDamaged e) {
        if (damage == null) {
            damage = e;
            chain = chain.copy();
        }
        faults.add(new HistoryFault(
                Kind.ARCHIVE,
                folder.journalArchive().getFileName() + "/" + file.path().getFileName(),
                -1,
                -1,
                e.sequence(),
                Math.max(e.sequence(), file.lastSequence()),
                String.valueOf(e.getMessage())));
    }

    /** The chain behind the last batch handed on. */
    Chain chain() {
        return chain;
    }

    /** What is wrong first; null when nothing is. */
    @Nullable
    JournalDamaged damage() {
        return damage;
    }

    List<HistoryFault> faults() {
        return faults;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import it.socialies.engine.journal.batch.BatchCursor;
import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.DurableFiles;
import it.socialies.engine.journal.files.Folders;
import it.socialies.engine.journal.files.ProcessLock;
import it.socialies.engine.journal.queue.ChronicleQueues;
import it.socialies.engine.journal.queue.JournalDay;
import it.socialies.engine.journal.queue.JournalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves sealed days of the journal into the archive. A day is compressed into a file beside, synchronised, read back and proven equal batch by batch,
 * renamed, its folder forced; only then its original is deleted. Stopped at any step, the next run ends the same: what was begun is thrown away, what
 * both hold is proven again, and readers take either.
 *
 * <p>Meant for a process of low priority beside the engine, which does not notice: it touches only days that the engine will not write to again.
 * One thread; a second run at the same time, in any process, does nothing.
 */
public final class Archiver {
    private static final String LOCK_FILE = "archiver.lock";
    private static final String UNFINISHED_SUFFIX = ".new";
    private static final int SPACE_CHECK_BATCHES = 1_000;

    private final DataFolder folder;
    private final ArchiveConfig config;
    private final long upToSequence;
    private final DurableFiles files;
    private final ArchiveFolder archive;
    private final List<String> lines = new ArrayList<>();
    private int segments;
    private long rawBytes;
    private long archiveBytes;

    private Archiver(DataFolder folder, ArchiveConfig config, long upToSequence, DurableFiles files) {
        this.folder = folder;
        this.config = config;
        this.upToSequence = upToSequence;
        this.files = files;
        archive = new ArchiveFolder(folder.journalArchive());
    }

    /**
     * Archives the days that are due, oldest first.
     *
     * @param upToSequence days that end behind it stay: what the older kept snapshot and the projection have
     * @throws JournalDamaged when journal or archive are not what was written; nothing of a damaged day is deleted
     * @throws JournalFailure when a file cannot be read or written
     */
    public static ArchiveReport run(DataFolder folder, ArchiveConfig config, long upToSequence, DurableFiles files) {
        return new Archiver(folder, config, upToSequence, files).run();
    }

    /** Whether there is a day that is old enough; it may still be needed. Looks at names only. */
    public static boolean isDue(DataFolder folder, ArchiveConfig config) {
        try {
            int[] days = JournalFiles.cycles(folder.journal());
            return days.length > 1 && isOldEnough(days[0], days[days.length - 1], config);
        } catch (IOException e) {
            throw new JournalFailure("the journal " + folder.journal() + " cannot be read", e);
        }
    }

    private static boolean isOldEnough(int day, int newest, ArchiveConfig config) {
        return day + config.liveDays() < newest;
    }

    private ArchiveReport run() {
        try {
            files.createFolder(folder.journalArchive());
            try (ProcessLock lock =
                    ProcessLock.tryAcquire(folder.journalArchive().resolve(LOCK_FILE))) {
                if (lock != null) {
                    deleteUnfinished();
                    archiveDays(JournalFiles.cycles(folder.journal()));
                } else {
                    lines.add("archive: another run is at it");
                }
            }
        } catch (IOException e) {
            throw new JournalFailure("the archive " + folder.journalArchive() + " could not be written", e);
        }
        return new ArchiveReport(segments, rawBytes, archiveBytes, List.copyOf(lines));
    }

    private void deleteUnfinished() throws IOException {
        try (var found = Files.newDirectoryStream(folder.journalArchive(), "*" + UNFINISHED_SUFFIX)) {
            for (Path unfinished : found) {
                files.delete(unfinished);
            }
        }
    }

    private void archiveDays(int[] days) throws IOException {
        int newest = days.length == 0 ? 0 : days[days.length - 1];
        for (int i = 0; i + 1 < days.length && isOldEnough(days[i], newest, config); i++) {
            if (segments == config.segmentsMax()) {
                lines.add("archive: the next run goes on with " + ChronicleQueues.fileName(days[i]));
                return;
            }
            ArchiveName name = nameFor(days[i], days[i + 1]);
            if (name.lastSequence() > upToSequence || !archiveDay(days[i], name)) {
                return;
            }
        }
    }

    /** A day ends where the next file begins, be it one of the journal or of the archive. */
    private ArchiveName nameFor(int day, int nextDay) {
        long first = before(day).sequence() + 1;
        ArchiveName there = archive.holding(first);
        if (there != null && there.firstSequence() == first) {
            return there;
        }
        ArchiveName behind = archive.behind(first);
        long last =
                behind != null ? behind.firstSequence() - 1 : before(nextDay).sequence();
        return ArchiveName.of(folder.journalArchive(), first, last);
    }

    /** The chain that a day continues. */
    private Chain before(int day) {
        try (JournalDay opened = new JournalDay(folder.journal(), day)) {
            return opened.before();
        }
    }

    /** Returns false when there is no room for it. */
    private boolean archiveDay(int day, ArchiveName name) throws IOException {
        Path original = folder.journal().resolve(ChronicleQueues.fileName(day));
        if (!Files.exists(name.path()) || !isProven(name, day)) {
            requireContinued(before(day));
            Path unfinished = name.path().resolveSibling(name.path().getFileName() + UNFINISHED_SUFFIX);
            if (!write(unfinished, day)) {
                files.delete(unfinished);
                lines.add("archive: " + original.getFileName() + " stays, the disk has less than "
                        + config.reserveBytes() + " bytes free");
                return false;
            }
            prove(new ArchiveName(unfinished, name.firstSequence(), name.lastSequence()), day);
            files.rename(unfinished, name.path());
            files.forceFolder(folder.journalArchive());
        }
        ArchiveHeader header = ArchiveFile.readHeader(name);
        files.delete(original);
        files.forceFolder(folder.journal());
        segments++;
        rawBytes += header.rawBytes();
        archiveBytes += header.fileBytes();
        lines.add("archive: " + original.getFileName() + ", records " + name.firstSequence() + " to "
                + name.lastSequence() + ", is now " + name.path().getFileName() + ": " + header.rawBytes()
                + " bytes in " + header.fileBytes());
        return true;
    }

    /** The archive is one history without holes: what becomes its next file, or replaces a damaged one, continues the file before. */
    private void requireContinued(Chain before) {
        ArchiveName last = before.sequence() == 0 ? null : archive.holding(before.sequence());
        Chain end = last == null ? new Chain() : ArchiveFile.readHeader(last).after();
        if (!end.equals(before)) {
            throw new ArchiveDamaged(
                    before.sequence(),
                    "the archive " + archive.path() + " does not end with " + before
                            + ", which the journal's oldest file continues");
        }
    }

    /** A file that is not what was written is kept aside: the journal still has the original. */
    private boolean isProven(ArchiveName name, int day) throws IOException {
        try {
            prove(name, day);
            return true;
        } catch (ArchiveDamaged damage) {
            Path aside =
                    Folders.unusedName(name.path().resolveSibling(name.path().getFileName() + ".damaged"));
            files.rename(name.path(), aside);
            files.forceFolder(folder.journalArchive());
            lines.add(damage.getMessage() + ": it is written again from the journal; the damaged file is kept as "
                    + aside.getFileName());
            return false;
        }
    }

    /** Returns false when the disk has no room. */
    private boolean write(Path path, int day) throws IOException {
        try (JournalDay source = new JournalDay(folder.journal(), day);
                ArchiveWriter writer = new ArchiveWriter(files.create(path), day, source.before())) {
            for (int i = 0; source.next(); i++) {
                if (i % SPACE_CHECK_BATCHES == 0
                        && files.usableBytes(folder.journalArchive()) < config.reserveBytes()) {
                    return false;
                }
                writer.add(source.frame().buffer(), source.length());
            }
            requireSealed(source);
            writer.finish(source.chain());
            return true;
        }
    }

    private void requireSealed(JournalDay source) {
        ArchiveName behind = archive.holding(source.chain().sequence() + 1);
        if (behind == null || !ArchiveFile.readHeader(behind).before().equals(source.chain())) {
            source.requireContinued();
        }
    }

    /** Reads the file from its first byte to its last: digest, checksums, chain, Merkle roots, and each batch equal to the journal's. */
    private void prove(ArchiveName name, int day) {
        BatchFrame frame = new BatchFrame(ArchiveFormat.BLOCK_BYTES_MAX);
        try (JournalDay original = new JournalDay(folder.journal(), day);
                ArchiveCursor copy = new ArchiveCursor(archive, frame)) {
            ArchiveHeader header = copy.open(name);
            requireEqual(name, header.before(), original.before());
            while (original.next()) {
                int length = copy.next();
                if (length != original.length()
                        || !frame.bytes(length).equals(original.frame().bytes(length))) {
                    throw new JournalDamaged(
                            original.chain().sequence(),
                            "the batch that ends with record "
                                    + original.chain().sequence() + " is another one in " + copy.place()
                                    + " than in the journal");
                }
            }
            requireEqual(name, header.after(), original.chain());
            if (copy.next() != BatchCursor.NOTHING) {
                throw new JournalDamaged(
                        name.lastSequence() + 1, name.path() + " holds batches behind record " + name.lastSequence());
            }
        }
    }

    private static void requireEqual(ArchiveName name, Chain archived, Chain original) {
        if (!archived.equals(original)) {
            throw new JournalDamaged(
                    original.sequence(), name.path() + " has the chain " + archived + ", the journal " + original);
        }
    }
}

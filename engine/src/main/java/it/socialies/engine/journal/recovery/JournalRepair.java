// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.recovery;

import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchVerifier;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.Folders;
import it.socialies.engine.journal.queue.ChronicleDay;
import it.socialies.engine.journal.queue.ChronicleQueues;
import it.socialies.engine.journal.queue.JournalCursor;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.journal.queue.JournalQueue;
import it.socialies.engine.journal.queue.RawBatchScan;
import it.socialies.engine.journal.reader.JournalEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/**
 * Gives the journal a clean end after a power cut. What was appended but not forced may be holes and fragments behind which a Chronicle
 * Queue would append unseen; the commit log still holds all of it. So the damaged day is rewritten up to its last good document beside
 * the journal and renamed over it; the damaged files are kept. Interrupted at any step, it can be repeated.
 */
public final class JournalRepair {
    private final DataFolder folder;
    private final RecoveryReport report;

    JournalRepair(DataFolder folder, RecoveryReport report) {
        this.folder = folder;
        this.report = report;
    }

    /**
     * True when Chronicle's own bytes cannot be trusted at the journal's end: the queue believes in documents behind the last good one, or does
     * not know, or an appender would begin to write elsewhere.
     */
    public static boolean isUnsound(DataFolder folder, JournalEnd journal) throws IOException {
        try (JournalCursor cursor = new JournalCursor(folder.journal())) {
            if (cursor.newestIndex() > journal.lastIndex()) {
                return true;
            }
        } catch (JournalFailure e) {
            return true;
        }
        List<Path> days = JournalFiles.days(folder.journal());
        if (journal.lastIndex() < 0 || days.isEmpty()) {
            return false;
        }
        Path newest = days.getLast();
        int cycle = ChronicleQueues.ROLL_CYCLE.toCycle(journal.lastIndex());
        return newest.getFileName().toString().equals(ChronicleQueues.fileName(cycle))
                && !ChronicleDay.isSoundForAppending(
                        newest, journal.lastOffset(), ChronicleQueues.ROLL_CYCLE.toSequenceNumber(journal.lastIndex()));
    }

    /** Makes every file one that can be mapped and opened, as far as no batch is in doubt; what is left is damage, and found when it is read. */
    void makeDaysReadable() throws IOException {
        for (Path day : JournalFiles.cutDays(folder.journal())) {
            report.add("journal: " + day.getFileName() + " had only " + Files.size(day)
                    + " bytes; what was cut off reads as zeros from now on");
            JournalFiles.makeWhole(day);
        }
        List<Path> days = JournalFiles.days(folder.journal());
        for (int i = 0; i < days.size(); i++) {
            Path day = days.get(i);
            // A day that was only just begun is begun again: what Chronicle wrote into it may not all have reached the
            // disk.
            boolean isNewest = i == days.size() - 1;
            if (!ChronicleDay.hasBeginning(day) || (isNewest && !holdsABatch(day))) {
                makeReadable(day, i >= days.size() - 2);
            }
        }
    }

    private static boolean holdsABatch(Path day) throws IOException {
        try (RawBatchScan scan = RawBatchScan.open(day)) {
            return scan.next();
        }
    }

    /**
     * Writes a day again as far as its batches are good.
     *
     * @param mayBeTorn its end may never have been forced: then it ends before the first batch that is not good, and the commit log holds the others; in
     *     an older day such a batch is damage, and found when it is read
     */
    private void makeReadable(Path day, boolean mayBeTorn) throws IOException {
        Chain end = new Chain();
        try (RawBatchScan scan = RawBatchScan.open(day)) {
            boolean isGood = true;
            while (isGood && scan.next()) {
                isGood = continues(scan, end);
            }
            if (!isGood && !mayBeTorn) {
                return;
            }
        }
        if (end.sequence() > 0) {
            rewriteAsItIs(day, end);
            return;
        }
        Path kept = newKept();
        Files.move(day, kept.resolve(day.getFileName()));
        Folders.force(kept);
        Folders.force(folder.journal());
        report.add("journal: " + day.getFileName() + " holds no batch; it is begun again, and kept in " + kept);
    }

    /** Whether a batch is good and follows; moves the chain behind it. The first one of a day says itself what it follows. */
    private static boolean continues(RawBatchScan scan, Chain end) {
        if (!scan.hasIntactHeader()) {
            return false;
        }
        BatchFrame frame = scan.frame();
        Chain before = end.sequence() == 0 ? BatchView.chainBefore(frame.buffer(), 0) : end;
        BatchVerifier verifier = new BatchVerifier("journal", before);
        try {
            verifier.accept(frame, scan.length());
        } catch (JournalDamaged damage) {
            return false;
        }
        end.copyFrom(verifier.chain());
        return true;
    }

    /**
     * Writes a day again whose batches are good but which Chronicle cannot read: only its own bytes were damaged.
     *
     * @param end the chain behind the day's last batch
     */
    void rewriteAsItIs(Path day, Chain end) throws IOException {
        Path kept = newKept();
        replace(day, end, kept);
        resetMetadata(kept);
        endAllButTheNewest();
        report.add("journal: bytes between the batches of " + day.getFileName()
                + " were damaged, the batches are not; the day was written again; the damaged file is kept in " + kept);
    }

    /** A reader goes on to the next day only behind the mark that Chronicle sets when it leaves a day. */
    private void endAllButTheNewest() {
        AtomicLong newestMs = new AtomicLong();
        try (SingleChronicleQueue queue = ChronicleQueues.openForAppend(folder.journal(), newestMs::get);
                ExcerptAppender appender = queue.createAppender()) {
            newestMs.set((long) queue.lastCycle() * ChronicleQueues.ROLL_CYCLE.lengthInMillis());
            appender.normaliseEOFs();
        } catch (RuntimeException | InternalError e) {
            throw new JournalFailure("the days of the journal cannot be joined below " + folder.journal(), e);
        }
    }

    /**
     * Takes away everything behind the last good batch and writes its day again; when there is none, takes away everything. The commit log must
     * hold what is taken.
     *
     * @param logHoldsMore what is taken away held records; otherwise only Chronicle's own bytes
     */
    void cutBehind(JournalEnd journal, boolean logHoldsMore) throws IOException {
        Path kept = newKept();
        List<Path> days = JournalFiles.days(folder.journal());
        int cycle = journal.lastIndex() < 0 ? -1 : ChronicleQueues.ROLL_CYCLE.toCycle(journal.lastIndex());
        int goodDays = journal.lastIndex() < 0 ? 0 : daysUpTo(days, cycle);
        for (Path day : days.subList(goodDays, days.size()).reversed()) {
            Files.move(day, kept.resolve(day.getFileName()));
        }
        if (goodDays > 0) {
            replace(days.get(goodDays - 1), journal.chain(), kept);
        }
        resetMetadata(kept);
        long last = journal.chain().sequence();
        report.add(
                logHoldsMore
                        ? "journal: the documents behind record " + last
                                + " are damaged, or were never forced; they are written again from the commit log;"
                                + " the damaged files are kept in " + kept
                        : "journal: bytes behind record " + last + " that hold no record were damaged; its day was"
                                + " written again; the damaged files are kept in " + kept);
    }

    private static int daysUpTo(List<Path> days, int cycle) {
        String name = ChronicleQueues.fileName(cycle);
        for (int i = 0; i < days.size(); i++) {
            if (days.get(i).getFileName().toString().equals(name)) {
                return i + 1;
            }
        }
        throw new JournalFailure("the journal has no file " + name);
    }

    private void replace(Path day, Chain end, Path kept) throws IOException {
        Path beside = rewrite(day, end);
        Files.createLink(kept.resolve(day.getFileName()), day);
        Files.move(
                beside.resolve(day.getFileName()),
                day,
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        deleteAll(beside);
    }

    /** Writes the good batches of a day, found by their bytes, into a queue beside the journal and forces it. */
    private Path rewrite(Path day, Chain end) throws IOException {
        Path beside = folder.root().resolve("journal-repair");
        deleteAll(beside);
        Files.createDirectory(beside);
        try (RawBatchScan scan = RawBatchScan.open(day)) {
            requireIntact(scan, day);
            BatchFrame frame = scan.frame();
            Chain begin = BatchView.chainBefore(frame.buffer(), 0);
            BatchVerifier verifier = new BatchVerifier("journal", begin);
            try (JournalQueue rewritten = new JournalQueue(beside, begin)) {
                verifier.accept(frame, scan.length());
                rewritten.append(frame.buffer(), 0, scan.length());
                while (rewritten.lastSequence() < end.sequence()) {
                    requireIntact(scan, day);
                    verifier.accept(frame, scan.length());
                    rewritten.append(frame.buffer(), 0, scan.length());
                }
                if (!rewritten.chain().equals(end)) {
                    throw new JournalFailure("the rewritten day does not end with " + end);
                }
                rewritten.force();
            }
        }
        return beside;
    }

    private static void requireIntact(RawBatchScan scan, Path day) throws IOException {
        if (!scan.next() || !scan.hasIntactHeader()) {
            throw new JournalFailure("the journal cannot be read at " + day.getFileName());
        }
    }

    /** Chronicle finds the days again when the engine opens the queue; its write position and lists belonged to the damaged files. */
    private void resetMetadata(Path kept) throws IOException {
        Path metadata = JournalFiles.metadata(folder.journal());
        if (Files.exists(metadata)) {
            Files.move(metadata, kept.resolve(metadata.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        Folders.force(kept);
        Folders.force(folder.journal());
    }

    private Path newKept() throws IOException {
        Path kept = unusedName();
        Files.createDirectory(kept);
        return kept;
    }

    private Path unusedName() {
        Path name = folder.root().resolve("journal-damaged-0");
        for (int i = 1; Files.exists(name); i++) {
            name = folder.root().resolve("journal-damaged-" + i);
        }
        return name;
    }

    private static void deleteAll(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}

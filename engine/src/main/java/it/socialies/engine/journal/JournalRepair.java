// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives the journal a clean end after a power cut. What was appended but not forced may be holes and fragments behind which a Chronicle
 * Queue would append unseen; the commit log still holds all of it. So the damaged day is rewritten up to its last good document beside
 * the journal and renamed over it; the damaged files are kept. Interrupted at any step, it can be repeated.
 */
final class JournalRepair {
    private final DataFolder folder;
    private final RecoveryReport report;

    JournalRepair(DataFolder folder, RecoveryReport report) {
        this.folder = folder;
        this.report = report;
    }

    /** True when the queue believes in documents behind the last good one. */
    boolean hasUnreadableTail(long lastGoodIndex) {
        try (JournalCursor cursor = new JournalCursor(folder.journal())) {
            return cursor.newestIndex() > lastGoodIndex;
        }
    }

    /** Takes away everything behind {@code lastGoodIndex}; -1 takes away everything. The commit log must hold what is taken. */
    void cutBehind(long lastGoodIndex, Chain end) throws IOException {
        Path kept = unusedName();
        Files.createDirectory(kept);
        List<Path> days = JournalFiles.days(folder.journal());
        int cycle = lastGoodIndex < 0 ? -1 : ChronicleQueues.ROLL_CYCLE.toCycle(lastGoodIndex);
        int goodDays = lastGoodIndex < 0 ? 0 : daysUpTo(days, cycle);
        for (Path day : days.subList(goodDays, days.size()).reversed()) {
            Files.move(day, kept.resolve(day.getFileName()));
        }
        if (goodDays > 0) {
            Path day = days.get(goodDays - 1);
            Path beside = rewrite(cycle, end);
            Files.createLink(kept.resolve(day.getFileName()), day);
            Path rewritten = beside.resolve(day.getFileName());
            Files.move(rewritten, day, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            deleteAll(beside);
        }
        if (Files.exists(JournalFiles.metadata(folder.journal()))) {
            resetMetadata(kept);
        }
        Folders.force(kept);
        Folders.force(folder.journal());
        report.add("journal: the documents behind record " + end.sequence()
                + " were never forced and are damaged; they are written again from the commit log; the damaged files are kept in "
                + kept);
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

    /** Writes the good documents of a day into a queue beside the journal and forces it. */
    private Path rewrite(int cycle, Chain end) throws IOException {
        Path beside = folder.root().resolve("journal-repair");
        deleteAll(beside);
        Files.createDirectory(beside);
        try (JournalCursor cursor = new JournalCursor(folder.journal())) {
            if (!cursor.toCycle(cycle)) {
                throw new JournalFailure("the journal cannot be read at " + ChronicleQueues.fileName(cycle));
            }
            int length = cursor.next();
            BatchFrame frame = cursor.frame();
            Chain begin = BatchView.chainBefore(frame.buffer(), 0);
            BatchVerifier verifier = new BatchVerifier("journal", begin);
            try (JournalQueue rewritten = new JournalQueue(beside, begin)) {
                verifier.accept(frame, length);
                rewritten.append(frame.buffer(), 0, length);
                while (rewritten.lastSequence() < end.sequence()) {
                    length = cursor.next();
                    verifier.accept(frame, length);
                    rewritten.append(frame.buffer(), 0, length);
                }
                if (!rewritten.chain().equals(end)) {
                    throw new JournalFailure("the rewritten day does not end with " + end);
                }
                rewritten.force();
            }
        }
        return beside;
    }

    /** Chronicle finds the days again when the engine opens the queue; its write position and lists belonged to the damaged files. */
    private void resetMetadata(Path kept) throws IOException {
        Path metadata = JournalFiles.metadata(folder.journal());
        Files.move(metadata, kept.resolve(metadata.getFileName()), StandardCopyOption.ATOMIC_MOVE);
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

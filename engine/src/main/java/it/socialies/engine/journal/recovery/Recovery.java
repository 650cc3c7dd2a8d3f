// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.recovery;

import it.socialies.engine.journal.archive.ArchiveCheck;
import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.batch.RecordHandler;
import it.socialies.engine.journal.commitlog.CommitLog;
import it.socialies.engine.journal.commitlog.CommitLogFormat;
import it.socialies.engine.journal.commitlog.CommitLogScan;
import it.socialies.engine.journal.examination.JournalExamination;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.Folders;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.files.LogFiles;
import it.socialies.engine.journal.queue.ChronicleQueues;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.journal.queue.JournalQueue;
import it.socialies.engine.journal.reader.JournalEnd;
import it.socialies.engine.journal.reader.JournalTailer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Joins journal and commit log at the start: reads the journal as far as it is good, follows the commit log from there to its end, writes
 * into the journal what only the log has, forces it, reads it back. Every record reaches the handler from the journal, once. Idempotent:
 * interrupted and repeated, it ends the same.
 */
public final class Recovery {
    private final DataFolder folder;
    private final JournalConfig config;
    private final LogFiles files;
    private final Chain startAfter;
    private final PromisedPlace promised;
    private final RecordHandler handler;
    private final RecoveryReport report = new RecoveryReport();
    private boolean unsound;

    private Recovery(
            DataFolder folder,
            JournalConfig config,
            LogFiles files,
            Chain startAfter,
            Chain promised,
            RecordHandler handler) {
        this.folder = folder;
        this.config = config;
        this.files = files;
        this.startAfter = startAfter;
        this.promised = new PromisedPlace(promised);
        this.handler = handler;
    }

    /** As below, without a promise. */
    public static RecoveryResult recover(
            DataFolder folder, JournalConfig config, LogFiles files, Chain startAfter, RecordHandler handler) {
        return recover(folder, config, files, startAfter, new Chain(), handler);
    }

    /**
     * Replays, repairs, verifies; ends with a mark in the log.
     *
     * @param folder locked by the caller
     * @param startAfter what the state already holds (a snapshot); a new {@link Chain} for nothing
     * @param promised a place that the history must go through, used or not: the newest snapshot's; a new {@link Chain} for nothing
     * @param handler receives every record behind {@code startAfter}, in order
     * @throws JournalDamaged when something durable is missing or altered: refuse to start
     * @throws JournalFailure when a file cannot be read or written
     */
    public static RecoveryResult recover(
            DataFolder folder,
            JournalConfig config,
            LogFiles files,
            Chain startAfter,
            Chain promised,
            RecordHandler handler) {
        try {
            return new Recovery(folder, config, files, startAfter, promised, handler).run();
        } catch (IOException e) {
            throw new JournalFailure("recovery could not read or write below " + folder.root(), e);
        }
    }

    private RecoveryResult run() throws IOException {
        JournalFiles.forgetMetadata(folder.journal());
        JournalRepair repair = new JournalRepair(folder, report);
        repair.makeDaysReadable();
        renewMetadata();
        ArchiveCheck.requireWhole(folder);
        JournalEnd journal = replayJournal(repair);
        LogFile file = openLog(journal);
        try {
            return join(file, journal, repair);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Chronicle's metadata lists the days, and no checksum guards it. Opening for appending writes it anew. */
    private void renewMetadata() throws IOException {
        JournalFiles.forgetMetadata(folder.journal());
        if (!JournalFiles.days(folder.journal()).isEmpty()) {
            ChronicleQueues.openForAppend(folder.journal(), () -> 0).close();
        }
    }

    /** Reads as far as the batches are good, whatever happened to the bytes between them. */
    private JournalEnd replayJournal(JournalRepair repair) throws IOException {
        JournalEnd journal = read(startAfter);
        while (true) {
            JournalExamination.Result behind =
                    JournalExamination.examine(folder.journal(), journal, (buffer, offset, length) -> {});
            Path next = behind.firstGoodDay();
            if (next == null) {
                return atItsEnd(journal, behind);
            }
            JournalEnd further = readFurther(journal, next, repair);
            if (further.chain().sequence() == journal.chain().sequence()) {
                return journal.with(damage(journal, behind));
            }
            journal = further;
        }
    }

    /** Intact batches follow where Chronicle does not get: bytes of its own are damaged in their day, or at the end of the day before. */
    private JournalEnd readFurther(JournalEnd journal, Path next, JournalRepair repair) throws IOException {
        List<Path> days = new ArrayList<>(List.of(next));
        if (journal.lastIndex() >= 0) {
            int cycle = ChronicleQueues.ROLL_CYCLE.toCycle(journal.lastIndex());
            days.add(folder.journal().resolve(ChronicleQueues.fileName(cycle)));
        }
        JournalEnd further = journal;
        for (Path day : days) {
            Chain dayEnd = JournalExamination.endOfIntactDay(day);
            if (dayEnd != null && further.chain().sequence() == journal.chain().sequence()) {
                repair.rewriteAsItIs(day, dayEnd);
                renewMetadata();
                further = read(journal.chain());
            }
        }
        return further;
    }

    /** No intact batch follows. Where nothing at all does, no record can be damaged: only Chronicle's own bytes kept a reader from the end. */
    private JournalEnd atItsEnd(JournalEnd journal, JournalExamination.Result behind) {
        JournalDamaged damage = journal.damage();
        if (damage != null && damage.isUnreadable() && behind.faults().isEmpty()) {
            unsound = true;
            return journal.with(null);
        }
        return journal.with(damage != null ? damage : behind.damage());
    }

    private static JournalDamaged damage(JournalEnd journal, JournalExamination.Result behind) {
        JournalDamaged read = journal.damage();
        if (read != null) {
            return read;
        }
        JournalDamaged examined = behind.damage();
        if (examined != null) {
            return examined;
        }
        long next = journal.chain().sequence() + 1;
        return new JournalDamaged(
                next,
                "the journal is damaged at record " + next
                        + ": it and later ones lie in the files, but Chronicle does not get to them");
    }

    private JournalEnd read(Chain after) {
        try (JournalTailer tailer = JournalTailer.open(folder)) {
            tailer.moveAfter(after);
            promised.passing(after);
            try {
                replay(tailer);
                return JournalEnd.of(tailer, null);
            } catch (JournalDamaged damage) {
                return JournalEnd.of(tailer, damage);
            }
        }
    }

    private void replay(JournalTailer tailer) {
        BatchHandler records = (buffer, offset, length) -> {
            promised.passing(tailer.chain());
            BatchRecords.forEach(buffer, offset, startAfter.sequence(), handler);
        };
        while (tailer.poll(records, Integer.MAX_VALUE) > 0) {
            // Until nothing is left.
        }
    }

    /** Opens the log, or creates it for a new installation. A log that is missing, or older than the journal, may have held more. */
    private LogFile openLog(JournalEnd journal) throws IOException {
        Path path = folder.commitLogFile();
        boolean exists = Files.exists(path);
        if (exists && !config.acceptMissingLog()) {
            return files.open(path);
        }
        long last = journal.chain().sequence();
        if (exists) {
            LogFile file = files.open(path);
            long capacity = CommitLogFormat.readCapacity(file);
            if (capacity > 0 && CommitLogScan.of(file, capacity).highestPosition() >= journal.lastPosition()) {
                return file;
            }
            file.close();
            Path old = Folders.unusedName(path.resolveSibling("log.old"));
            Files.move(path, old);
            report.add("commit log: the one that cannot be used is kept in " + old);
        } else if (last > 0 || journal.damage() != null) {
            if (!config.acceptMissingLog()) {
                throw JoinPlan.missingLog(journal, path, "is missing");
            }
        }
        if (last > 0) {
            report.add("commit log: created anew behind record " + last + " of the journal, as the operator allows");
        }
        return CommitLog.createFile(files, path, config.logCapacityBytes());
    }

    private RecoveryResult join(LogFile file, JournalEnd journal, JournalRepair repair) throws IOException {
        Path path = folder.commitLogFile();
        long capacity = CommitLogFormat.readCapacity(file);
        if (capacity < 0) {
            throw JoinPlan.missingLog(
                    journal, path, "has a damaged file header or another size than it was created with");
        }
        CommitLogScan scan = CommitLogScan.of(file, capacity);
        if (scan.highestPosition() < journal.lastPosition() && !config.acceptMissingLog()) {
            throw JoinPlan.missingLog(journal, path, "is older than the journal");
        }
        Chain chain = journal.chain();
        CommitLogWalk walk = new CommitLogWalk(file, capacity, scan, chain, journal.endPosition());
        JoinPlan plan = JoinPlan.of(journal, walk, unsound || JournalRepair.isUnsound(folder, journal));
        keepPromise(plan, new CommitLogWalk(file, capacity, scan, chain, journal.endPosition()));
        if (plan.repairsJournal()) {
            repair.cutBehind(journal, plan.chain().sequence() > chain.sequence());
        }
        // The process that made the log may have died before a cut of power could no longer take its name.
        Folders.force(folder.commitLog());
        writeTailAgain(file, capacity, new CommitLogWalk(file, capacity, scan, chain, journal.endPosition()));
        JournalFiles.writeNewestAgain(folder.journal(), capacity);
        JournalQueue queue = new JournalQueue(folder.journal(), chain);
        try {
            appendTail(new CommitLogWalk(file, capacity, scan, chain, journal.endPosition()), queue);
            readBack(chain, plan.chain());
            TornTail torn = plan.tornTail();
            if (torn != null) {
                torn.cut(file, capacity, folder.commitLog(), report);
            }
            CommitLog log = new CommitLog(file, capacity, plan.logPosition(), plan.chain());
            log.writeMark(false);
            return new RecoveryResult(log, queue, plan.chain().copy(), log.position(), plan.cleanStop(), report);
        } catch (IOException | RuntimeException e) {
            queue.close();
            throw e;
        }
    }

    /** Nothing was changed yet: a history that does not keep the promise stays as it is. */
    private void keepPromise(JoinPlan plan, CommitLogWalk walk) throws IOException {
        while (promised.isOpen() && walk.next()) {
            promised.passing(walk.chain());
        }
        promised.requireKept(plan.chain());
    }

    /**
     * What an earlier process wrote may be readable and yet on no disk: it was killed before its sync, or the sync failed, and then the system takes for
     * clean what it never wrote. So it is written again and synchronised before anything is built on it. The same holds for the journal as far as the
     * log can still vouch for it: what is older was forced before the log let go of it.
     */
    private static void writeTailAgain(LogFile file, long capacity, CommitLogWalk walk) throws IOException {
        while (walk.next()) {
            BatchFrame batch = walk.batch();
            int length = BatchView.length(batch.buffer(), 0);
            file.write(batch.bytes(length), BatchView.logPosition(batch.buffer(), 0) % capacity);
        }
        file.sync();
    }

    private void appendTail(CommitLogWalk walk, JournalQueue queue) throws IOException {
        long before = queue.lastSequence();
        while (walk.next()) {
            BatchFrame batch = walk.batch();
            if (BatchView.count(batch.buffer(), 0) > 0) {
                queue.append(batch.buffer(), 0, BatchView.length(batch.buffer(), 0));
            }
        }
        queue.force();
        JournalFiles.forceNewest(folder.journal());
        if (queue.lastSequence() > before) {
            report.add("journal: records " + (before + 1) + " to " + queue.lastSequence()
                    + " were taken over from the commit log");
        }
    }

    /** What was just written reaches the handler as readers will see it: last replayed = last written. */
    private void readBack(Chain before, Chain written) {
        try (JournalTailer tailer = JournalTailer.open(folder)) {
            tailer.moveAfter(before);
            replay(tailer);
            if (!tailer.chain().equals(written)) {
                throw new JournalFailure(
                        "the journal was written up to " + written + " but can be read only up to " + tailer.chain());
            }
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

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
    private final RecordHandler handler;
    private final RecoveryReport report = new RecoveryReport();
    private @Nullable JournalDamaged journalDamage;
    private long lastGoodIndex = -1;
    private long journalPosition = -1;
    private long journalEnd;
    private Chain chain = new Chain();

    private Recovery(DataFolder folder, JournalConfig config, LogFiles files, Chain startAfter, RecordHandler handler) {
        this.folder = folder;
        this.config = config;
        this.files = files;
        this.startAfter = startAfter;
        this.handler = handler;
    }

    /**
     * Replays, repairs, verifies; ends with a mark in the log.
     *
     * @param folder locked by the caller
     * @param startAfter what the state already holds (a snapshot); a new {@link Chain} for nothing
     * @param handler receives every record behind {@code startAfter}, in order
     * @throws JournalDamaged when something durable is missing or altered: refuse to start
     * @throws JournalFailure when a file cannot be read or written
     */
    public static RecoveryResult recover(
            DataFolder folder, JournalConfig config, LogFiles files, Chain startAfter, RecordHandler handler) {
        try {
            return new Recovery(folder, config, files, startAfter, handler).run();
        } catch (IOException e) {
            throw new JournalFailure("recovery could not read or write below " + folder.root(), e);
        }
    }

    private RecoveryResult run() throws IOException {
        restoreMetadata();
        replayJournal();
        LogFile file = openLog();
        try {
            return join(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Chronicle's metadata lists the days; an interrupted repair, or a backup, may lack it. Opening for appending writes it anew. */
    private void restoreMetadata() throws IOException {
        if (!Files.exists(JournalFiles.metadata(folder.journal()))
                && !JournalFiles.days(folder.journal()).isEmpty()) {
            new JournalQueue(folder.journal(), new Chain()).close();
        }
    }

    private void replayJournal() {
        try (JournalTailer tailer = JournalTailer.open(folder.journal())) {
            tailer.moveAfter(startAfter);
            try {
                replay(tailer);
            } catch (JournalDamaged damage) {
                journalDamage = damage;
            }
            chain = tailer.chain().copy();
            lastGoodIndex = tailer.lastIndex();
            journalPosition = tailer.lastPosition();
            journalEnd = tailer.endPosition();
        }
    }

    private void replay(JournalTailer tailer) {
        BatchHandler records =
                (buffer, offset, length) -> BatchRecords.forEach(buffer, offset, startAfter.sequence(), handler);
        while (tailer.poll(records, Integer.MAX_VALUE) > 0) {
            // Until nothing is left.
        }
    }

    /** Opens the log, or creates it for a new installation. A log that is missing, or older than the journal, may have held more. */
    private LogFile openLog() throws IOException {
        Path path = folder.commitLogFile();
        boolean exists = Files.exists(path);
        if (exists && !config.acceptMissingLog()) {
            return files.open(path);
        }
        if (exists) {
            LogFile file = files.open(path);
            long capacity = CommitLogFormat.readCapacity(file);
            if (capacity > 0 && CommitLogScan.of(file, capacity).highestPosition() >= journalPosition) {
                return file;
            }
            file.close();
            Files.move(path, path.resolveSibling("log.old"), StandardCopyOption.REPLACE_EXISTING);
        } else if (chain.sequence() > 0 || journalDamage != null) {
            if (!config.acceptMissingLog()) {
                throw missing("is missing");
            }
        }
        if (chain.sequence() > 0) {
            report.add("commit log: created anew behind record " + chain.sequence()
                    + " of the journal, as the configuration allows");
        }
        return CommitLog.createFile(files, path, config.logCapacityBytes());
    }

    private JournalDamaged missing(String what) {
        long next = chain.sequence() + 1;
        return new JournalDamaged(
                next,
                "the commit log " + folder.commitLogFile() + " " + what + ", but the journal ends with record "
                        + chain.sequence() + ": record " + next
                        + " and later ones may be lost. Put the log back, or accept the loss with acceptMissingLog");
    }

    private RecoveryResult join(LogFile file) throws IOException {
        long capacity = CommitLogFormat.readCapacity(file);
        if (capacity < 0) {
            throw missing("has a damaged file header or another size than it was created with");
        }
        CommitLogScan scan = CommitLogScan.of(file, capacity);
        if (scan.highestPosition() < journalPosition && !config.acceptMissingLog()) {
            throw missing("is older than the journal");
        }
        CommitLogWalk walk = new CommitLogWalk(file, capacity, scan, chain, journalEnd);
        walkToTheEnd(walk);
        repairJournal(walk);
        JournalQueue queue = new JournalQueue(folder.journal(), chain);
        try {
            appendTail(new CommitLogWalk(file, capacity, scan, chain, journalEnd), queue);
            readBack(walk.chain());
            TornTail torn = walk.tornTail();
            if (torn != null) {
                torn.cut(file, capacity, folder.commitLog(), report);
            }
            CommitLog log = new CommitLog(file, capacity, walk.position(), walk.chain());
            log.writeMark(false);
            return new RecoveryResult(log, queue, walk.chain().copy(), log.position(), walk.cleanStop(), report);
        } catch (IOException | RuntimeException e) {
            queue.close();
            throw e;
        }
    }

    /** To the proven end, before anything is changed. When the log cannot heal the journal, the journal's damage is what to name. */
    private void walkToTheEnd(CommitLogWalk walk) throws IOException {
        try {
            while (walk.next()) {
                // The verification is all.
            }
        } catch (JournalDamaged logDamage) {
            JournalDamaged damage = journalDamage;
            if (damage != null && walk.chain().sequence() == chain.sequence()) {
                damage.addSuppressed(logDamage);
                throw damage;
            }
            throw logDamage;
        }
    }

    private void repairJournal(CommitLogWalk walk) throws IOException {
        JournalDamaged damage = journalDamage;
        JournalRepair repair = new JournalRepair(folder, report);
        boolean damaged = damage != null || repair.hasUnreadableTail(lastGoodIndex);
        if (!damaged) {
            return;
        }
        if (walk.chain().sequence() == chain.sequence()) {
            long next = chain.sequence() + 1;
            throw damage != null
                    ? damage
                    : new JournalDamaged(
                            next,
                            "the journal is damaged at record " + next + ": it ends there, but has documents behind");
        }
        repair.cutBehind(lastGoodIndex, chain);
    }

    private void appendTail(CommitLogWalk walk, JournalQueue queue) throws IOException {
        while (walk.next()) {
            BatchFrame batch = walk.batch();
            if (BatchView.count(batch.buffer(), 0) > 0) {
                queue.append(batch.buffer(), 0, BatchView.length(batch.buffer(), 0));
            }
        }
        queue.force();
        JournalFiles.forceNewest(folder.journal());
        if (queue.lastSequence() > chain.sequence()) {
            report.add("journal: records " + (chain.sequence() + 1) + " to " + queue.lastSequence()
                    + " were taken over from the commit log");
        }
    }

    /** What was just written reaches the handler as readers will see it: last replayed = last written. */
    private void readBack(Chain written) {
        try (JournalTailer tailer = JournalTailer.open(folder.journal())) {
            tailer.moveAfter(chain);
            replay(tailer);
            if (!tailer.chain().equals(written)) {
                throw new JournalFailure(
                        "the journal was written up to " + written + " but can be read only up to " + tailer.chain());
            }
        }
    }
}

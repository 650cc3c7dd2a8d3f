// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.commitlog.CommitLogScan;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.examination.JournalExamination;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.reader.JournalEnd;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.journal.recovery.CommitLogWalk;
import it.socialies.engine.journal.recovery.JoinPlan;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Journal and commit log while an engine writes both: what looks wrong counts only when it stays wrong while the journal stands still. Reads
 * only; one thread.
 */
final class LiveJoin {
    private static final int TRIES = 20;
    private static final long PAUSE_MS = 50;

    private final DataFolder folder;
    private final JournalTailer tailer;
    private final LogFile file;
    private final long capacity;
    private final JournalAudit read;
    private final FaultList faults;

    LiveJoin(
            DataFolder folder, JournalTailer tailer, LogFile file, long capacity, JournalAudit read, FaultList faults) {
        this.folder = folder;
        this.tailer = tailer;
        this.file = file;
        this.capacity = capacity;
        this.read = read;
        this.faults = faults;
    }

    /**
     * Reads on until the journal has everything up to {@code mark}.
     *
     * @param mark highest record that was durable when the audit began
     * @param journalDamage why the journal could not be read to its end; null when it could
     */
    HistoryReport.Start join(long mark, @Nullable JournalDamaged journalDamage) throws IOException {
        if (journalDamage != null) {
            return HistoryReport.Start.refuses(journalDamage);
        }
        JournalDamaged wrong = null;
        long stoodAt = -1;
        for (int i = 0; i < TRIES; i++) {
            read.pollToTheEnd(tailer);
            CommitLogScan proof = CommitLogScan.of(file, capacity);
            CommitLogScan scan = CommitLogScan.of(file, capacity);
            JournalEnd journal = JournalEnd.of(tailer, null);
            try {
                CommitLogWalk walk =
                        new CommitLogWalk(file, capacity, scan, proof, journal.chain(), journal.endPosition());
                JoinPlan plan = JoinPlan.of(journal, walk, false);
                wrong = null;
                if (journal.chain().sequence() >= mark) {
                    return HistoryReport.Start.of(plan, false);
                }
            } catch (JournalDamaged e) {
                wrong = e;
                if (stoodAt == journal.chain().sequence()) {
                    break;
                }
            }
            stoodAt = journal.chain().sequence();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
        }
        return stuck(wrong);
    }

    /** The journal does not get to what the log calls durable: either the engine takes its time, or the queue hides what is there. */
    private HistoryReport.Start stuck(@Nullable JournalDamaged wrong) throws IOException {
        JournalEnd journal = JournalEnd.of(tailer, null);
        JournalExamination.Result found =
                JournalExamination.examine(folder.journal(), journal, (buffer, offset, length) -> {});
        read.pollToTheEnd(tailer);
        HistoryReport.Start unknown = new HistoryReport.Start(null, 0, false, -1, 0, false);
        if (tailer.chain().sequence() > journal.chain().sequence()) {
            return unknown;
        }
        int before = faults.size();
        read.addDamage(journal, found, true);
        if (wrong != null && faults.size() == before) {
            faults.add(Kind.LOG_RECORDS, CommitLogAudit.FILE, wrong);
        }
        return wrong == null ? unknown : HistoryReport.Start.refuses(wrong);
    }
}

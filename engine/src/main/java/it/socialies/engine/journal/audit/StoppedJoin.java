// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.commitlog.CommitLogScan;
import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.reader.JournalEnd;
import it.socialies.engine.journal.recovery.CommitLogWalk;
import it.socialies.engine.journal.recovery.JoinPlan;
import it.socialies.engine.journal.recovery.JournalRepair;
import it.socialies.engine.journal.recovery.TornTail;
import java.io.IOException;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Journal and commit log while no engine runs: the records that only the log holds, and what the next start would do about their end. Reads
 * only; one thread.
 */
final class StoppedJoin {
    private final DataFolder folder;
    private final LogFile file;
    private final long capacity;
    private final CommitLogScan scan;
    private final AuditedBatches batches;
    private final FaultList faults;

    StoppedJoin(
            DataFolder folder,
            LogFile file,
            long capacity,
            CommitLogScan scan,
            AuditedBatches batches,
            FaultList faults) {
        this.folder = folder;
        this.file = file;
        this.capacity = capacity;
        this.scan = scan;
        this.batches = batches;
        this.faults = faults;
    }

    /** @param read how the journal was read, to {@code journal} */
    HistoryReport.Start join(JournalAudit read, JournalEnd journal) throws IOException {
        if (scan.highestPosition() < journal.lastPosition()) {
            JournalDamaged older = JoinPlan.missingLog(journal, folder.commitLogFile(), "is older than the journal");
            faults.add(Kind.LOG_UNUSABLE, CommitLogAudit.FILE, older);
            return HistoryReport.Start.refuses(journal.damage() != null ? journal.damage() : older);
        }
        try {
            boolean unsound = read.isUnsound();
            if (!unsound && journal.damage() == null && JournalRepair.isUnsound(folder, journal)) {
                unsound = true;
                faults.add(
                        Kind.JOURNAL_FRAMING,
                        FaultList.JOURNAL,
                        Math.max(1, journal.chain().sequence()),
                        "the bytes that Chronicle keeps at the journal's end are not what it wrote");
            }
            JoinPlan plan = JoinPlan.of(journal, walk(journal), unsound);
            handTail(walk(journal));
            tellUnforcedEnd(plan, read.lastIntactSequence());
            tellRecordsMissing(plan);
            tellTornTail(plan);
            return HistoryReport.Start.of(plan, unsound);
        } catch (JournalDamaged refusal) {
            addRefusal(refusal, journal);
            return HistoryReport.Start.refuses(refusal);
        }
    }

    private CommitLogWalk walk(JournalEnd journal) {
        return new CommitLogWalk(file, capacity, scan, scan, journal.chain(), journal.endPosition());
    }

    /** Records that only the log holds are part of the history. */
    private void handTail(CommitLogWalk walk) throws IOException {
        while (walk.next()) {
            DirectBuffer batch = walk.batch().buffer();
            if (BatchView.count(batch, 0) > 0) {
                int length = BatchView.length(batch, 0);
                long position = BatchView.logPosition(batch, 0);
                batches.inspect(
                        batch,
                        0,
                        length,
                        (kind, at, first, last, detail) -> faults.add(new HistoryFault(
                                kind, CommitLogAudit.FILE, position % capacity + at, position, first, last, detail)));
                batches.hand(batch, 0, length, walk.chain());
            }
        }
    }

    /** What was never forced is missing from some place on. Where intact batches follow, it was there once. */
    private void tellUnforcedEnd(JoinPlan plan, long lastIntactSequence) {
        boolean isEnd = lastIntactSequence <= plan.journalChain().sequence();
        if (plan.journalDamage() == null || plan.cleanStop() || !isEnd) {
            return;
        }
        List<HistoryFault> first = faults.takeDamageInJournal();
        long next = plan.journalChain().sequence() + 1;
        faults.add(
                first.isEmpty()
                        ? new HistoryFault(
                                Kind.JOURNAL_TAIL,
                                FaultList.JOURNAL,
                                -1,
                                -1,
                                next,
                                plan.chain().sequence(),
                                "documents there cannot be read")
                        : new HistoryFault(
                                Kind.JOURNAL_TAIL,
                                first.getFirst().file(),
                                first.getFirst().fileOffset(),
                                first.getFirst().logPosition(),
                                next,
                                plan.chain().sequence(),
                                first.getFirst().detail()));
    }

    private void tellRecordsMissing(JoinPlan plan) {
        long journaled = plan.journalChain().sequence();
        if (plan.cleanStop() && plan.chain().sequence() > journaled && !faults.hasDamageInJournal()) {
            faults.add(new HistoryFault(
                    Kind.RECORDS_MISSING,
                    FaultList.JOURNAL,
                    -1,
                    -1,
                    journaled + 1,
                    plan.chain().sequence(),
                    "the engine stopped cleanly, so the journal had them; the commit log still has them"));
        }
    }

    private void tellTornTail(JoinPlan plan) {
        TornTail torn = plan.tornTail();
        if (torn != null) {
            long next = plan.chain().sequence() + 1;
            faults.add(new HistoryFault(
                    Kind.TORN_TAIL,
                    CommitLogAudit.FILE,
                    torn.position() % capacity,
                    torn.position(),
                    next,
                    next,
                    torn.length() + " bytes"));
        }
    }

    /** A refusal over the journal is named by what lies in its files. */
    private void addRefusal(JournalDamaged refusal, JournalEnd journal) {
        boolean named = journal.damage() != null ? faults.size() > 0 : faults.names(refusal.sequence());
        if (!named) {
            faults.add(Kind.LOG_RECORDS, CommitLogAudit.FILE, refusal);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.commitlog.CommitLogFormat;
import it.socialies.engine.journal.commitlog.CommitLogScan;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.files.ChannelLogFile;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.reader.JournalEnd;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.journal.recovery.JoinPlan;
import java.io.IOException;
import java.nio.file.Files;
import org.agrona.DirectBuffer;

/**
 * Goes through the history of a data folder from the first record to the last durable one and computes anew whatever it claims of itself:
 * sequences, checksums, Merkle roots, chain, stamps, marks, and that journal and commit log agree. Batches are handed on until the first
 * one that is not what was written. Changes nothing, needs no engine, and may run beside one.
 *
 * <p>{@link JournalAudit} reads, {@link CommitLogAudit} compares, {@link StoppedJoin} or {@link LiveJoin} looks at the end. Used once, by one
 * thread.
 */
public final class HistoryAudit {
    /** Receives batches with records, in order, as long as they are what was written. The buffer is valid only during the call. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Takes one batch.
         *
         * @param length header and body, without the padding up to a block
         * @param chain behind the batch, computed from its records; not to be changed or kept
         */
        void onBatch(DirectBuffer buffer, int offset, int length, Chain chain);
    }

    private final DataFolder folder;
    private final AuditedBatches batches;
    private final FaultList faults = new FaultList();

    private HistoryAudit(DataFolder folder, Handler handler) {
        this.folder = folder;
        this.batches = new AuditedBatches(handler);
    }

    /**
     * Audits.
     *
     * @throws IOException when a file cannot be read at all
     */
    public static HistoryReport run(DataFolder folder, Handler handler) throws IOException {
        return new HistoryAudit(folder, handler).run();
    }

    /** How many records the commit log says there are; for showing progress. 0 when it cannot be read. */
    public static long expectedRecords(DataFolder folder) throws IOException {
        if (!Files.exists(folder.commitLogFile())) {
            return 0;
        }
        try (LogFile file = ChannelLogFile.openToRead(folder.commitLogFile())) {
            long capacity = CommitLogFormat.readCapacity(file);
            return capacity < 0 ? 0 : CommitLogScan.of(file, capacity).highestMark();
        }
    }

    private HistoryReport run() throws IOException {
        boolean live = folder.isInUse();
        try (JournalTailer tailer = JournalTailer.open(folder)) {
            if (!Files.exists(folder.commitLogFile())) {
                return withoutLog(tailer, live, "is missing");
            }
            try (LogFile file = ChannelLogFile.openToRead(folder.commitLogFile())) {
                long capacity = CommitLogFormat.readCapacity(file);
                return capacity < 0
                        ? withoutLog(tailer, live, "has a damaged file header or another size than it was created with")
                        : withLog(tailer, live, file, capacity);
            }
        }
    }

    private HistoryReport withoutLog(JournalTailer tailer, boolean live, String what) throws IOException {
        JournalEnd journal = new JournalAudit(folder, batches, faults, null, live).read(tailer);
        boolean isNew = journal.chain().sequence() == 0 && journal.damage() == null && "is missing".equals(what);
        if (isNew) {
            return report(live, journal, 0, new HistoryReport.Start(null, 0, false, -1, 0, false));
        }
        JournalDamaged missing = JoinPlan.missingLog(journal, folder.commitLogFile(), what);
        faults.add(Kind.LOG_UNUSABLE, CommitLogAudit.FILE, missing);
        JournalDamaged refusal = journal.damage() != null ? journal.damage() : missing;
        return report(live, journal, 0, HistoryReport.Start.refuses(refusal));
    }

    private HistoryReport withLog(JournalTailer tailer, boolean wasLive, LogFile file, long capacity)
            throws IOException {
        CommitLogAudit overlap = CommitLogAudit.of(file, capacity, wasLive);
        overlap.compareMarks(new Chain());
        CommitLogScan scan = CommitLogScan.of(file, capacity);
        long mark = scan.highestMark();
        JournalAudit read = new JournalAudit(folder, batches, faults, overlap, wasLive);
        JournalEnd journal = read.read(tailer);
        if (!wasLive && !folder.isInUse()) {
            addOverlap(overlap, journal);
            HistoryReport.Start start =
                    new StoppedJoin(folder, file, capacity, scan, batches, faults).join(read, journal);
            return report(false, journal, mark, start);
        }
        HistoryReport.Start start =
                new LiveJoin(folder, tailer, file, capacity, read, faults).join(mark, journal.damage());
        JournalEnd end = JournalEnd.of(tailer, journal.damage());
        addOverlap(overlap, end);
        return report(true, end, mark, start);
    }

    /** Damage of the journal is named by what lies in its own files; the log's part of it would only repeat that. */
    private void addOverlap(CommitLogAudit overlap, JournalEnd journal) {
        faults.addAll(
                journal.damage() == null
                        ? overlap.finish(journal.chain().sequence(), journal.endPosition())
                        : overlap.faults());
    }

    private HistoryReport report(boolean live, JournalEnd journal, long mark, HistoryReport.Start start) {
        return new HistoryReport(
                live,
                batches.end(),
                journal.chain().sequence(),
                mark,
                batches.count(),
                batches.bytes(),
                batches.firstTimestampMs(),
                batches.lastTimestampMs(),
                faults.inOrderOfTheHistory(),
                start);
    }
}

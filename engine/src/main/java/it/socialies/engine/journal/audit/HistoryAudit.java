// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.archive.ArchiveCheck;
import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.Hasher;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.commitlog.CommitLogFormat;
import it.socialies.engine.journal.commitlog.CommitLogScan;
import it.socialies.engine.journal.examination.BatchInspector;
import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.examination.JournalExamination;
import it.socialies.engine.journal.files.ChannelLogFile;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.queue.ChronicleDay;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.journal.reader.JournalEnd;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.journal.recovery.CommitLogWalk;
import it.socialies.engine.journal.recovery.JoinPlan;
import it.socialies.engine.journal.recovery.JournalRepair;
import it.socialies.engine.journal.recovery.TornTail;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the history of a data folder from the first record to the last durable one and computes anew whatever it claims of itself:
 * sequences, checksums, Merkle roots, chain, stamps, marks, and that journal and commit log agree. Batches are handed on until the first
 * one that is not what was written. Changes nothing, needs no engine, and may run beside one.
 *
 * <p>Used once, by one thread.
 */
public final class HistoryAudit {
    private static final String JOURNAL = "journal";
    private static final int BATCHES_PER_POLL = 64;
    private static final int LIVE_TRIES = 20;
    private static final long PAUSE_MS = 50;
    private static final int STAMP_OFFSET = BatchDescriptor.HEADER_LENGTH + RecordDescriptor.TIMESTAMP_OFFSET;

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
    private final Handler handler;
    private final BatchInspector inspector = new BatchInspector();
    private final List<HistoryFault> faults = new ArrayList<>();
    private @Nullable CommitLogAudit log;
    private boolean live;
    private @Nullable ArchiveAudit readingArchive;
    private long archivedPosition = -1;
    private long archivedEnd;
    /** Chronicle cannot be trusted with some of the files; the batches were read without it. */
    private boolean unsound;
    /** The last record of an intact batch in the journal's own files, whatever lies before it. */
    private long lastIntactSequence;

    private long mark;
    private long batches;
    private long bytes;
    private long firstTimestampMs;
    private Chain end = new Chain();

    private HistoryAudit(DataFolder folder, Handler handler) {
        this.folder = folder;
        this.handler = handler;
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
        live = folder.isInUse();
        try (JournalTailer tailer = JournalTailer.open(folder)) {
            if (!Files.exists(folder.commitLogFile())) {
                return withoutLog(tailer, "is missing");
            }
            try (LogFile file = ChannelLogFile.openToRead(folder.commitLogFile())) {
                long capacity = CommitLogFormat.readCapacity(file);
                return capacity < 0
                        ? withoutLog(tailer, "has a damaged file header or another size than it was created with")
                        : withLog(tailer, file, capacity);
            }
        }
    }

    private HistoryReport withoutLog(JournalTailer tailer, String what) throws IOException {
        JournalEnd journal = readHistory(tailer);
        boolean isNew = journal.chain().sequence() == 0 && journal.damage() == null && "is missing".equals(what);
        if (isNew) {
            return report(journal, new HistoryReport.Start(null, 0, false, -1, 0, false));
        }
        JournalDamaged missing = JoinPlan.missingLog(journal, folder.commitLogFile(), what);
        add(Kind.LOG_UNUSABLE, CommitLogAudit.FILE, missing);
        return report(journal, HistoryReport.Start.refuses(journal.damage() != null ? journal.damage() : missing));
    }

    private HistoryReport withLog(JournalTailer tailer, LogFile file, long capacity) throws IOException {
        CommitLogAudit overlap = CommitLogAudit.of(file, capacity, live);
        overlap.compareMarks(new Chain());
        log = overlap;
        CommitLogScan scan = CommitLogScan.of(file, capacity);
        mark = scan.highestMark();
        JournalEnd journal = readHistory(tailer);
        HistoryReport.Start start;
        if (live || folder.isInUse()) {
            live = true;
            start = joinLive(tailer, file, capacity, journal.damage());
            journal = JournalEnd.of(tailer, journal.damage());
            addOverlap(overlap, journal);
        } else {
            addOverlap(overlap, journal);
            start = join(file, capacity, scan, journal);
        }
        return report(journal, start);
    }

    /** Damage of the journal is named by what lies in its own files; the log's part of it would only repeat that. */
    private void addOverlap(CommitLogAudit overlap, JournalEnd journal) {
        faults.addAll(
                journal.damage() == null
                        ? overlap.finish(journal.chain().sequence(), journal.endPosition())
                        : overlap.faults());
    }

    // ---------------------------------------------------------------- journal

    private JournalEnd readHistory(JournalTailer tailer) throws IOException {
        ArchiveAudit archive = new ArchiveAudit(folder, this::onArchivedBatch);
        readingArchive = archive;
        archive.run();
        readingArchive = null;
        faults.addAll(archive.faults());
        JournalDamaged damage = archive.damage();
        Chain archived = archive.chain();
        if (damage != null) {
            return readBehindDamagedArchive(new JournalEnd(archived, -1, -1, -1, 0, refusal(damage)));
        }
        checkDays();
        if (!canBeOpened()) {
            unsound = true;
            return readOn(new JournalEnd(archived, -1, -1, archivedPosition, archivedEnd, null));
        }
        if (archived.sequence() > 0) {
            tailer.moveAfter(archived);
        }
        return readQueue(tailer);
    }

    /** A start looks at the archive's headers first, and at the rest as it reads. */
    private JournalDamaged refusal(JournalDamaged damage) throws IOException {
        try {
            ArchiveCheck.requireWhole(folder);
            return damage;
        } catch (JournalDamaged atFirstSight) {
            return atFirstSight;
        }
    }

    private void onArchivedBatch(DirectBuffer buffer, int offset, int length) {
        ArchiveAudit archive = readingArchive;
        if (archive != null) {
            archivedPosition = BatchView.logPosition(buffer, offset);
            archivedEnd = BatchView.endPosition(buffer, offset);
            inspect(buffer, offset, length);
            onGoodBatch(buffer, offset, length, archive.chain());
        }
    }

    /** Nothing more can be handed on, but what is wrong with the journal itself is still worth knowing. */
    private JournalEnd readBehindDamagedArchive(JournalEnd journal) throws IOException {
        for (Path day : JournalFiles.days(folder.journal())) {
            Chain before = JournalExamination.chainBefore(day);
            if (before != null) {
                JournalEnd from = new JournalEnd(before, -1, -1, -1, 0, null);
                addFaults(JournalExamination.examine(folder.journal(), from, (buffer, offset, length) -> {}));
                break;
            }
        }
        return journal;
    }

    /** The files of the days are named in the order of the history. A reader that finds a batch in another file than it should does not tell. */
    private void checkDays() throws IOException {
        long last = 0;
        for (Path day : JournalFiles.days(folder.journal())) {
            Chain before = JournalExamination.chainBefore(day);
            if (before != null && before.sequence() < last) {
                faults.add(new HistoryFault(
                        Kind.BATCH_MISPLACED,
                        JOURNAL + "/" + day.getFileName(),
                        -1,
                        -1,
                        before.sequence() + 1,
                        before.sequence() + 1,
                        "a later file holds the batches before it"));
            }
            last = before == null ? last : Math.max(last, before.sequence());
        }
    }

    /** Nobody can map files that were cut, or open one without its beginning. While an engine runs, the newest may just be being made. */
    private boolean canBeOpened() throws IOException {
        List<Path> days = JournalFiles.days(folder.journal());
        for (Path day : live && !days.isEmpty() ? days.subList(0, days.size() - 1) : days) {
            if (!ChronicleDay.hasBeginning(day)) {
                add(
                        Kind.JOURNAL_FRAMING,
                        JOURNAL + "/" + day.getFileName(),
                        0,
                        "Chronicle's beginning of the file is not what it wrote");
                return false;
            }
        }
        for (Path day : JournalFiles.cutDays(folder.journal())) {
            add(
                    Kind.JOURNAL_FRAMING,
                    JOURNAL + "/" + day.getFileName(),
                    0,
                    "the file was cut to " + Files.size(day) + " bytes");
            return false;
        }
        return true;
    }

    private JournalEnd readQueue(JournalTailer tailer) throws IOException {
        JournalDamaged damage = null;
        try {
            pollToTheEnd(tailer);
        } catch (JournalDamaged e) {
            damage = e;
        }
        JournalEnd journal = JournalEnd.of(tailer, damage);
        return live && damage == null ? journal : readOn(journal);
    }

    /** From where Chronicle led, on by the bytes alone: what is wrong, and whether it is the records or only what Chronicle keeps between them. */
    private JournalEnd readOn(JournalEnd journal) throws IOException {
        Chain chain = journal.chain().copy();
        Hasher hasher = new Hasher();
        JournalExamination.Result found =
                JournalExamination.examine(folder.journal(), journal, (buffer, offset, length) -> {
                    BatchView.chain(buffer, offset, hasher, chain);
                    inspect(buffer, offset, length);
                    onGoodBatch(buffer, offset, length, chain);
                });
        lastIntactSequence = found.lastIntactSequence();
        addDamageOfJournal(journal, found);
        JournalDamaged damage = found.damage();
        boolean readOn = found.firstGoodDay() != null;
        JournalDamaged read = journal.damage();
        if (read != null && !readOn) {
            boolean onlyChronicle = read.isUnreadable() && found.faults().isEmpty();
            damage = onlyChronicle ? null : read;
            unsound |= onlyChronicle;
        }
        unsound |= readOn;
        return readOn
                ? new JournalEnd(found.good(), -1, -1, found.goodPosition(), found.goodEndPosition(), damage)
                : journal.with(damage);
    }

    private void addDamageOfJournal(JournalEnd journal, JournalExamination.Result found) {
        long next = journal.chain().sequence() + 1;
        JournalDamaged damage = journal.damage();
        Path day = found.firstGoodDay();
        if (day != null && !unsound) {
            add(
                    Kind.JOURNAL_FRAMING,
                    JOURNAL + "/" + day.getFileName(),
                    next,
                    "records " + next + " to " + found.good().sequence()
                            + " are intact, but Chronicle does not get to them");
        } else if (damage != null && found.faults().isEmpty()) {
            add(
                    damage.isUnreadable() ? Kind.JOURNAL_FRAMING : Kind.BATCH_HEADER,
                    JOURNAL,
                    next,
                    String.valueOf(damage.getMessage()));
        }
        addFaults(found);
    }

    private void addFaults(JournalExamination.Result found) {
        List<HistoryFault> named = new ArrayList<>(found.faults());
        // While an engine appends, a batch at the end may not be whole yet.
        while (live && !named.isEmpty() && named.getLast().firstSequence() > found.lastIntactSequence()) {
            named.removeLast();
        }
        faults.addAll(named);
    }

    private void pollToTheEnd(JournalTailer tailer) {
        BatchHandler audited = (buffer, offset, length) -> {
            inspect(buffer, offset, length);
            onGoodBatch(buffer, offset, length, tailer.chain());
        };
        while (tailer.poll(audited, BATCHES_PER_POLL) > 0) {
            // Until nothing is left.
        }
    }

    private void onGoodBatch(DirectBuffer buffer, int offset, int length, Chain chain) {
        CommitLogAudit overlap = log;
        if (overlap != null) {
            overlap.onJournalBatch(buffer, offset, chain);
        }
        hand(buffer, offset, length, chain);
    }

    private void inspect(DirectBuffer buffer, int offset, int length) {
        inspector.inspect(
                buffer,
                offset,
                length,
                (kind, at, first, last, detail) -> addInJournal(
                        kind, at, BatchView.logPosition(buffer, offset), first, last, detail, buffer, offset));
    }

    private void hand(DirectBuffer buffer, int offset, int length, Chain chain) {
        if (firstTimestampMs == 0) {
            firstTimestampMs = buffer.getLong(offset + STAMP_OFFSET, LITTLE_ENDIAN);
        }
        batches++;
        bytes += length;
        end = chain.copy();
        handler.onBatch(buffer, offset, length, end);
    }

    private void addInJournal(
            Kind kind, int at, long position, long first, long last, String detail, DirectBuffer batch, int offset) {
        try {
            JournalExamination.Place place =
                    JournalExamination.find(folder.journal(), BatchView.firstSequence(batch, offset));
            faults.add(
                    place == null
                            ? new HistoryFault(kind, JOURNAL, -1, position, first, last, detail)
                            : new HistoryFault(kind, place.file(), place.offset() + at, position, first, last, detail));
        } catch (IOException e) {
            throw new JournalFailure("the journal cannot be read below " + folder.journal(), e);
        }
    }

    // ---------------------------------------------------------------- commit log

    private HistoryReport.Start join(LogFile file, long capacity, CommitLogScan scan, JournalEnd journal)
            throws IOException {
        if (scan.highestPosition() < journal.lastPosition()) {
            JournalDamaged older = JoinPlan.missingLog(journal, folder.commitLogFile(), "is older than the journal");
            add(Kind.LOG_UNUSABLE, CommitLogAudit.FILE, older);
            return HistoryReport.Start.refuses(journal.damage() != null ? journal.damage() : older);
        }
        try {
            if (!unsound && journal.damage() == null && JournalRepair.isUnsound(folder, journal)) {
                unsound = true;
                add(
                        Kind.JOURNAL_FRAMING,
                        JOURNAL,
                        Math.max(1, journal.chain().sequence()),
                        "the bytes that Chronicle keeps at the journal's end are not what it wrote");
            }
            JoinPlan plan = JoinPlan.of(journal, walk(file, capacity, scan, scan, journal), unsound);
            handTail(walk(file, capacity, scan, scan, journal), capacity);
            tellWhatIsMended(plan, capacity);
            return HistoryReport.Start.of(plan, unsound);
        } catch (JournalDamaged refusal) {
            addRefusal(refusal, journal);
            return HistoryReport.Start.refuses(refusal);
        }
    }

    private static CommitLogWalk walk(
            LogFile file, long capacity, CommitLogScan scan, CommitLogScan proof, JournalEnd journal) {
        return new CommitLogWalk(file, capacity, scan, proof, journal.chain(), journal.endPosition());
    }

    /** Records that only the log holds are part of the history. */
    private void handTail(CommitLogWalk walk, long capacity) throws IOException {
        while (walk.next()) {
            DirectBuffer batch = walk.batch().buffer();
            if (BatchView.count(batch, 0) > 0) {
                int length = BatchView.length(batch, 0);
                long position = BatchView.logPosition(batch, 0);
                inspector.inspect(
                        batch,
                        0,
                        length,
                        (kind, at, first, last, detail) -> faults.add(new HistoryFault(
                                kind, CommitLogAudit.FILE, position % capacity + at, position, first, last, detail)));
                hand(batch, 0, length, walk.chain());
            }
        }
    }

    private void tellWhatIsMended(JoinPlan plan, long capacity) {
        // What was never forced is missing from some place on. Where intact batches follow, it was there once.
        boolean isEnd = lastIntactSequence <= plan.journalChain().sequence();
        if (plan.journalDamage() != null && !plan.cleanStop() && isEnd) {
            HistoryFault first = faults.stream()
                    .filter(HistoryAudit::isInJournal)
                    .min(Comparator.comparingLong(HistoryFault::firstSequence))
                    .orElse(null);
            faults.removeIf(fault -> isInJournal(fault) && fault.kind() != Kind.JOURNAL_FRAMING);
            long next = plan.journalChain().sequence() + 1;
            faults.add(new HistoryFault(
                    Kind.JOURNAL_TAIL,
                    first == null ? JOURNAL : first.file(),
                    first == null ? -1 : first.fileOffset(),
                    first == null ? -1 : first.logPosition(),
                    next,
                    plan.chain().sequence(),
                    first == null ? "documents there cannot be read" : first.detail()));
        }
        long journaled = plan.journalChain().sequence();
        boolean named = faults.stream().anyMatch(fault -> isInJournal(fault) && fault.kind() != Kind.JOURNAL_FRAMING);
        if (plan.cleanStop() && plan.chain().sequence() > journaled && !named) {
            faults.add(new HistoryFault(
                    Kind.RECORDS_MISSING,
                    JOURNAL,
                    -1,
                    -1,
                    journaled + 1,
                    plan.chain().sequence(),
                    "the engine stopped cleanly, so the journal had them; the commit log still has them"));
        }
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

    /** In a file of the journal. */
    private static boolean isInJournal(HistoryFault fault) {
        return fault.file().equals(JOURNAL) || fault.file().startsWith(JOURNAL + "/");
    }

    /** A refusal over the journal is named by what lies in its files. */
    private void addRefusal(JournalDamaged refusal, JournalEnd journal) {
        boolean named = journal.damage() != null
                ? !faults.isEmpty()
                : faults.stream().anyMatch(fault -> fault.firstSequence() == refusal.sequence());
        if (!named) {
            add(Kind.LOG_RECORDS, CommitLogAudit.FILE, refusal);
        }
    }

    /** While the engine writes, journal and log move: what looks wrong counts only when it stays wrong while the journal stands still. */
    private HistoryReport.Start joinLive(
            JournalTailer tailer, LogFile file, long capacity, @Nullable JournalDamaged journalDamage)
            throws IOException {
        if (journalDamage != null) {
            return HistoryReport.Start.refuses(journalDamage);
        }
        JournalDamaged wrong = null;
        long stoodAt = -1;
        for (int i = 0; i < LIVE_TRIES; i++) {
            pollToTheEnd(tailer);
            CommitLogScan proof = CommitLogScan.of(file, capacity);
            CommitLogScan scan = CommitLogScan.of(file, capacity);
            JournalEnd journal = JournalEnd.of(tailer, null);
            try {
                JoinPlan plan = JoinPlan.of(journal, walk(file, capacity, scan, proof, journal), false);
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
        return stuckLive(tailer, wrong);
    }

    /** The journal does not get to what the log calls durable: either the engine takes its time, or the queue hides what is there. */
    private HistoryReport.Start stuckLive(JournalTailer tailer, @Nullable JournalDamaged wrong) throws IOException {
        JournalEnd journal = JournalEnd.of(tailer, null);
        JournalExamination.Result found =
                JournalExamination.examine(folder.journal(), journal, (buffer, offset, length) -> {});
        pollToTheEnd(tailer);
        HistoryReport.Start unknown = new HistoryReport.Start(null, 0, false, -1, 0, false);
        if (tailer.chain().sequence() > journal.chain().sequence()) {
            return unknown;
        }
        int before = faults.size();
        addDamageOfJournal(journal, found);
        if (wrong != null && faults.size() == before) {
            add(Kind.LOG_RECORDS, CommitLogAudit.FILE, wrong);
        }
        return wrong == null ? unknown : HistoryReport.Start.refuses(wrong);
    }

    // ---------------------------------------------------------------- report

    private HistoryReport report(JournalEnd journal, HistoryReport.Start start) {
        return new HistoryReport(
                live,
                end,
                journal.chain().sequence(),
                mark,
                batches,
                bytes,
                firstTimestampMs,
                inspector.lastStampMs(),
                faults.stream()
                        .sorted(Comparator.comparingLong(HistoryFault::place))
                        .toList(),
                start);
    }

    private void add(Kind kind, String file, JournalDamaged damage) {
        add(kind, file, damage.sequence(), String.valueOf(damage.getMessage()));
    }

    private void add(Kind kind, String file, long sequence, String detail) {
        faults.add(new HistoryFault(kind, file, -1, -1, sequence, sequence, detail));
    }
}

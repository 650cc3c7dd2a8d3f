// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.examination;

import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.BatchVerifier;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.Hasher;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.queue.ChronicleQueues;
import it.socialies.engine.journal.queue.JournalFiles;
import it.socialies.engine.journal.queue.RawBatchScan;
import it.socialies.engine.journal.reader.JournalEnd;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong behind the last batch that a reader of the journal could vouch for, and at which byte of which file: it goes through
 * the files of the days without Chronicle, from header to header. Reads only; used once, by one thread.
 */
public final class JournalExamination {
    private static final int FAULTS_MAX = 1_000;

    /** Records that were missing when a later batch was met. */
    private record Gap(long first, long last) {}

    private final Path folder;
    private final BatchHandler handler;
    private final List<HistoryFault> faults = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final BatchInspector inspector = new BatchInspector();
    private final Hasher hasher = new Hasher();
    private final Chain chain;
    private final Chain good;
    private final JournalEnd end;
    private long goodPosition;
    private long goodEndPosition;
    private @Nullable Path firstGoodDay;
    private boolean chainKnown = true;
    private boolean begun;
    private String file = "";
    private long lastIntact;

    private JournalExamination(Path folder, JournalEnd end, BatchHandler handler) {
        this.folder = folder;
        this.handler = handler;
        this.end = end;
        chain = end.chain().copy();
        good = end.chain().copy();
        goodPosition = end.lastPosition();
        goodEndPosition = end.endPosition();
        lastIntact = chain.sequence();
    }

    /**
     * What an examination found.
     *
     * @param lastIntactSequence the last record of an intact batch, whatever lies before it
     * @param good the chain behind the last batch before the first fault
     * @param goodPosition of that batch in the commit log
     * @param goodEndPosition behind that batch in the commit log
     * @param firstGoodDay the file in which the first good batch lies; null when there is none
     */
    public record Result(
            List<HistoryFault> faults,
            long lastIntactSequence,
            Chain good,
            long goodPosition,
            long goodEndPosition,
            @Nullable Path firstGoodDay) {

        /** Why the history cannot be followed any further; null when nothing was found that is wrong. */
        @Nullable
        public JournalDamaged damage() {
            if (faults.isEmpty()) {
                return null;
            }
            HistoryFault first = faults.getFirst();
            return new JournalDamaged(
                    first.firstSequence(),
                    "the journal is damaged at record " + first.firstSequence() + ": " + first.detail() + " ("
                            + first.file() + ", byte " + first.fileOffset() + ")");
        }
    }

    /**
     * Examines everything behind {@code end}.
     *
     * @param handler receives batches until the first fault
     */
    public static Result examine(Path journalFolder, JournalEnd end, BatchHandler handler) throws IOException {
        JournalExamination examination = new JournalExamination(journalFolder, end, handler);
        for (Path day : examination.daysFromLastGood()) {
            examination.examineDay(day);
        }
        return new Result(
                List.copyOf(examination.faults),
                examination.lastIntact,
                examination.good,
                examination.goodPosition,
                examination.goodEndPosition,
                examination.firstGoodDay);
    }

    /** The place of the batch that begins with a record, as file and byte; null when no file of the journal has it intact. */
    public static @Nullable Place find(Path journalFolder, long firstSequence) throws IOException {
        for (Path day : JournalFiles.days(journalFolder).reversed()) {
            try (RawBatchScan scan = RawBatchScan.open(day)) {
                while (scan.next()) {
                    if (scan.hasIntactHeader()
                            && BatchView.firstSequence(scan.frame().buffer(), 0) == firstSequence) {
                        return new Place(name(journalFolder, day), scan.offset());
                    }
                }
            }
        }
        return null;
    }

    /** The chain that the first intact batch of a day continues; null when there is none. */
    public static @Nullable Chain chainBefore(Path day) throws IOException {
        try (RawBatchScan scan = RawBatchScan.open(day)) {
            while (scan.next()) {
                if (scan.hasIntactHeader()) {
                    return BatchView.chainBefore(scan.frame().buffer(), 0);
                }
            }
        }
        return null;
    }

    /**
     * The chain behind the last batch of a day, all of whose batches are good and follow each other; null when one of them is not, or there is
     * none.
     */
    public static @Nullable Chain endOfIntactDay(Path day) throws IOException {
        BatchVerifier verifier = null;
        try (RawBatchScan scan = RawBatchScan.open(day)) {
            while (scan.next()) {
                if (!scan.hasIntactHeader()) {
                    return null;
                }
                if (verifier == null) {
                    verifier = new BatchVerifier(
                            "journal", BatchView.chainBefore(scan.frame().buffer(), 0));
                }
                verifier.accept(scan.frame(), scan.length());
            }
        } catch (JournalDamaged e) {
            return null;
        }
        return verifier == null ? null : verifier.chain();
    }

    /** A byte of a file. */
    public record Place(String file, long offset) {}

    private static String name(Path journalFolder, Path day) {
        return journalFolder.getFileName() + "/" + day.getFileName();
    }

    /** Everything before the last good batch is good. */
    private List<Path> daysFromLastGood() throws IOException {
        List<Path> days = JournalFiles.days(folder);
        if (end.lastIndex() < 0) {
            return days;
        }
        Path lastGood = folder.resolve(ChronicleQueues.fileName(cycleOfLastGood()));
        return days.subList(Math.max(0, days.indexOf(lastGood)), days.size());
    }

    private int cycleOfLastGood() {
        return ChronicleQueues.ROLL_CYCLE.toCycle(end.lastIndex());
    }

    private void examineDay(Path day) throws IOException {
        file = name(folder, day);
        boolean lastGoodDay = end.lastIndex() >= 0
                && day.getFileName().toString().equals(ChronicleQueues.fileName(cycleOfLastGood()));
        try (RawBatchScan scan = RawBatchScan.open(day, lastGoodDay ? end.lastOffset() : 0)) {
            while (scan.next()) {
                if (lastGoodDay && scan.offset() == end.lastOffset()) {
                    begun = true;
                } else if (!scan.hasIntactHeader()) {
                    long next = chain.sequence() + 1;
                    add(
                            Kind.BATCH_HEADER,
                            scan.offset(),
                            -1,
                            next,
                            next,
                            "a batch header begins there, and its checksum is wrong");
                } else if (begun
                        || BatchView.lastSequence(scan.frame().buffer(), 0)
                                > end.chain().sequence()) {
                    begun = true;
                    examineBatch(scan, day);
                }
            }
        }
    }

    private void examineBatch(RawBatchScan scan, Path day) {
        UnsafeBuffer batch = scan.frame().buffer();
        long first = BatchView.firstSequence(batch, 0);
        long last = BatchView.lastSequence(batch, 0);
        long position = BatchView.logPosition(batch, 0);
        long expected = chain.sequence() + 1;
        if (first < expected) {
            misplaced(scan, first, last);
            return;
        }
        if (first > expected) {
            gap(scan.offset(), position, expected, first);
        }
        if (chainKnown && !chain.hashEquals(batch, BatchDescriptor.PREVIOUS_CHAIN_OFFSET)) {
            add(
                    Kind.CHAIN_BROKEN,
                    scan.offset(),
                    position,
                    first,
                    last,
                    "its chain hash does not continue that of record " + chain.sequence());
        }
        int before = faults.size();
        inspector.inspect(
                batch,
                0,
                scan.length(),
                (kind, offset, from, to, detail) -> add(kind, scan.offset() + offset, position, from, to, detail));
        if (faults.size() == before) {
            lastIntact = last;
        }
        // From header to header, so that one damaged batch does not make all behind it doubtful.
        BatchView.chain(batch, 0, hasher, chain);
        chainKnown = true;
        if (faults.isEmpty()) {
            firstGoodDay = firstGoodDay == null ? day : firstGoodDay;
            good.copyFrom(chain);
            goodPosition = position;
            goodEndPosition = BatchView.endPosition(batch, 0);
            handler.onBatch(batch, 0, scan.length());
        }
    }

    /** Records are missing; when a damaged header was met just before, they are those of its batch. */
    private void gap(long offset, long position, long expected, long first) {
        gaps.add(new Gap(expected, first - 1));
        chainKnown = false;
        HistoryFault before = faults.isEmpty() ? null : faults.getLast();
        if (before != null && before.kind() == Kind.BATCH_HEADER && before.firstSequence() == expected) {
            faults.removeLast();
            add(Kind.BATCH_HEADER, before.fileOffset(), -1, expected, first - 1, before.detail());
            return;
        }
        add(Kind.RECORDS_MISSING, offset, position, expected, first - 1, "the batch there begins with record " + first);
    }

    /** A batch with records that were there before, or that were missed before. */
    private void misplaced(RawBatchScan scan, long first, long last) {
        UnsafeBuffer batch = scan.frame().buffer();
        String detail = "it stands again behind record " + chain.sequence();
        for (Gap gap : gaps) {
            if (first >= gap.first && last <= gap.last) {
                detail = "it stands behind record " + chain.sequence() + " instead of before it";
            }
        }
        add(Kind.BATCH_MISPLACED, scan.offset(), BatchView.logPosition(batch, 0), first, last, detail);
    }

    private void add(Kind kind, long offset, long position, long first, long last, String detail) {
        if (faults.size() < FAULTS_MAX) {
            faults.add(new HistoryFault(kind, file, offset, position, first, last, detail));
        }
    }
}

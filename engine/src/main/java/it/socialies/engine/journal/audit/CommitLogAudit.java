// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.commitlog.CommitLogFormat;
import it.socialies.engine.journal.commitlog.CommitLogScan;
import it.socialies.engine.journal.examination.BatchInspector;
import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.examination.HistoryFault.Kind;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.recovery.CommitLogWalk;
import it.socialies.engine.journal.recovery.TornTail;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the commit log still has of the history against the journal: what both hold must be the same bytes. Also while an engine
 * writes: only what was there before this began and was not overwritten before it ended is looked at. What lies behind the journal's end is
 * not its matter but {@link CommitLogWalk}'s. Reads only. One thread: {@link #of}, {@link #onJournalBatch} for each batch, {@link #finish}.
 */
final class CommitLogAudit {
    static final String FILE = "commit-log/log.dat";

    /**
     * A batch of the log, as its intact header describes it.
     *
     * @param damagedRecord first record of a damaged body, 0 when the body is intact
     */
    private record Entry(UnsafeBuffer header, long damagedRecord) {
        int count() {
            return BatchView.count(header, 0);
        }

        long firstSequence() {
            return BatchView.firstSequence(header, 0);
        }

        long lastSequence() {
            return BatchView.lastSequence(header, 0);
        }

        boolean equalsHeader(DirectBuffer batch, int offset) {
            return header.equals(new UnsafeBuffer(batch, offset, BatchDescriptor.HEADER_LENGTH));
        }
    }

    private final long capacity;
    /** From here on to {@link #highest} the log must hold everything. */
    private final long lowest;

    private final long highest;
    private final NavigableMap<Long, Entry> unmatched = new TreeMap<>();
    /** Bare marks by the sequence they stand behind. */
    private final Map<Long, List<Long>> marks = new TreeMap<>();
    /** Where batches and marks lie that either side knows, and where they end. */
    private final NavigableMap<Long, Long> extents = new TreeMap<>();

    private final List<HistoryFault> faults = new ArrayList<>();

    private CommitLogAudit(long capacity, long lowest, long highest, Map<Long, Entry> entries) {
        this.capacity = capacity;
        this.lowest = lowest;
        this.highest = highest;
        entries.forEach((position, entry) -> {
            unmatched.put(position, entry);
            extents.put(position, BatchView.endPosition(entry.header, 0));
            if (entry.count() == 0) {
                marks.computeIfAbsent(entry.lastSequence(), none -> new ArrayList<>())
                        .add(position);
            }
        });
    }

    /**
     * Reads all batches whose headers are intact.
     *
     * @param live an engine may be writing: the newest batch may not be whole yet
     */
    static CommitLogAudit of(LogFile file, long capacity, boolean live) throws IOException {
        CommitLogScan before = CommitLogScan.of(file, capacity);
        NavigableMap<Long, Entry> entries = new TreeMap<>();
        BatchFrame frame = new BatchFrame((int) Math.min(BatchDescriptor.MAX_BATCH_LENGTH, capacity));
        for (long position : before.positions()) {
            Entry entry = read(file, capacity, position, frame);
            if (entry != null) {
                entries.put(position, entry);
            }
        }
        CommitLogScan after = CommitLogScan.of(file, capacity);
        // The newest batch, and one that is just being written, may reach so far behind the newest header.
        long margin = 2 * Math.min(BatchDescriptor.MAX_BATCH_LENGTH, capacity / 4);
        long notOverwritten = after.highestPosition() + margin - capacity;
        long lowest = Math.max(
                Math.max(notOverwritten, createdAnewAt(file, capacity, entries)),
                cutUpTo(file, capacity, entries) - capacity);
        long highest = live ? before.highestPosition() - 1 : before.highestPosition();
        return new CommitLogAudit(capacity, lowest, highest, entries);
    }

    /** Null when it was overwritten while it was read. */
    private static @Nullable Entry read(LogFile file, long capacity, long position, BatchFrame frame)
            throws IOException {
        long offset = position % capacity;
        file.read(frame.bytes(BatchDescriptor.HEADER_LENGTH), offset);
        if (!isAt(position, frame)) {
            return null;
        }
        UnsafeBuffer header = new UnsafeBuffer(new byte[BatchDescriptor.HEADER_LENGTH]);
        header.putBytes(0, frame.buffer(), 0, BatchDescriptor.HEADER_LENGTH);
        int length = BatchView.length(header, 0);
        int readable = (int) Math.min(length, capacity - offset);
        file.read(frame.bytes(readable), offset);
        int bodyCrc = header.getInt(BatchDescriptor.BODY_CRC_OFFSET, LITTLE_ENDIAN);
        if (readable == length && bodyCrc == frame.crcOf(BatchDescriptor.HEADER_LENGTH, length)) {
            return new Entry(header, 0);
        }
        long damagedRecord = damagedRecord(frame, readable);
        // Whoever overwrites a batch overwrites its header first.
        file.read(frame.bytes(BatchDescriptor.HEADER_LENGTH), offset);
        return isAt(position, frame) ? new Entry(header, damagedRecord) : null;
    }

    private static boolean isAt(long position, BatchFrame frame) {
        return frame.hasIntactHeader() && BatchView.logPosition(frame.buffer(), 0) == position;
    }

    private static long damagedRecord(BatchFrame frame, int length) {
        List<Long> damaged = new ArrayList<>();
        BatchInspector.inspectAlone(frame, length, (kind, offset, first, last, detail) -> damaged.add(first));
        return damaged.isEmpty() ? Math.max(1, BatchView.firstSequence(frame.buffer(), 0)) : damaged.getFirst();
    }

    /** A log that a start created anew behind a journal begins with a bare mark, with zeros before it. Else 0. */
    private static long createdAnewAt(LogFile file, long capacity, NavigableMap<Long, Entry> entries)
            throws IOException {
        Map.Entry<Long, Entry> first = entries.firstEntry();
        if (first == null || first.getValue().count() > 0 || first.getValue().firstSequence() == 1) {
            return 0;
        }
        boolean onlyZeros =
                zerosFrom(file, CommitLogFormat.BLOCK, first.getKey() % capacity) == first.getKey() % capacity;
        return onlyZeros ? first.getKey() : 0;
    }

    /** A start that cut a torn tail left zeros behind the newest batch, over what an older lap had there. Else the end of that batch. */
    private static long cutUpTo(LogFile file, long capacity, NavigableMap<Long, Entry> entries) throws IOException {
        Map.Entry<Long, Entry> newest = entries.lastEntry();
        if (newest == null) {
            return 0;
        }
        long end = BatchView.endPosition(newest.getValue().header, 0);
        long begin = end % capacity;
        return begin == 0 ? end : end - begin + zerosFrom(file, begin, begin + TornTail.longest(end, capacity));
    }

    /** Where blocks of zeros that begin at an offset of the file end, at most at {@code limit}. */
    private static long zerosFrom(LogFile file, long from, long limit) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(CommitLogFormat.BLOCK);
        long at = from;
        for (; at < limit; at += CommitLogFormat.BLOCK) {
            file.read(block.clear(), at);
            for (int i = 0; i < CommitLogFormat.BLOCK; i++) {
                if (block.get(i) != 0) {
                    return at;
                }
            }
        }
        return at;
    }

    /** Compares the log with the next batch of the journal. {@code chain} is the chain behind it. */
    void onJournalBatch(DirectBuffer batch, int offset, Chain chain) {
        long position = BatchView.logPosition(batch, offset);
        long first = BatchView.firstSequence(batch, offset);
        long last = BatchView.lastSequence(batch, offset);
        Entry entry = unmatched.remove(position);
        boolean mustBeThere = position >= lowest && position <= highest;
        if (mustBeThere) {
            extents.put(position, BatchView.endPosition(batch, offset));
        }
        if (entry == null) {
            if (mustBeThere) {
                add(Kind.LOG_COPY, position, first, last, "no intact batch header lies at its place");
            }
        } else if (!entry.equalsHeader(batch, offset)) {
            add(
                    Kind.LOG_CONTRADICTS,
                    position,
                    first,
                    last,
                    "the commit log holds records " + entry.firstSequence() + " to " + entry.lastSequence()
                            + " with another header there");
        } else if (entry.damagedRecord > 0 && mustBeThere) {
            add(Kind.LOG_COPY, position, entry.damagedRecord, last, "the body is not what its checksum was made of");
        }
        compareMarks(chain);
    }

    /** Marks stand behind the chain they name. */
    void compareMarks(Chain chain) {
        List<Long> positions = marks.remove(chain.sequence());
        if (positions == null) {
            return;
        }
        for (long position : positions) {
            Entry mark = unmatched.remove(position);
            if (mark != null && !chain.hashEquals(mark.header, BatchDescriptor.PREVIOUS_CHAIN_OFFSET)) {
                long sequence = Math.max(1, chain.sequence());
                add(Kind.LOG_CONTRADICTS, position, sequence, sequence, "a mark there has another chain hash");
            }
        }
    }

    /**
     * What is wrong with the log's part of what the journal holds.
     *
     * @param lastSequence of the journal
     * @param endPosition where the journal's last batch ends in the log
     */
    List<HistoryFault> finish(long lastSequence, long endPosition) {
        unmatched.forEach((position, entry) -> {
            if (entry.lastSequence() <= lastSequence) {
                long first = Math.max(1, Math.min(entry.firstSequence(), entry.lastSequence()));
                add(
                        Kind.LOG_CONTRADICTS,
                        position,
                        first,
                        Math.max(first, entry.lastSequence()),
                        "the journal has no batch like the one there");
            }
        });
        holes(endPosition);
        return faults;
    }

    /** What is wrong as far as the journal could be read. */
    List<HistoryFault> faults() {
        return faults;
    }

    /** Batches and marks lie side by side; a hole was a mark. */
    private void holes(long endPosition) {
        long from = Math.max(0, lowest);
        long to = Math.max(from, Math.min(highest + 1, endPosition));
        long end = lowest <= CommitLogFormat.BLOCK ? CommitLogFormat.BLOCK : -1;
        for (Map.Entry<Long, Long> extent : extents.subMap(from, to).entrySet()) {
            long position = extent.getKey();
            if (end >= 0
                    && position != CommitLogFormat.firstPossible(end, capacity)
                    && position != CommitLogFormat.nextLap(end, capacity)) {
                add(Kind.LOG_COPY, end, 0, 0, "nothing intact lies there, up to log position " + position);
            }
            end = extent.getValue();
        }
    }

    private void add(Kind kind, long position, long first, long last, String detail) {
        faults.add(new HistoryFault(kind, FILE, position % capacity, position, first, last, detail));
    }
}

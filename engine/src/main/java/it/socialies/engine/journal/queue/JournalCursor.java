// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.queue;

import it.socialies.engine.journal.batch.BatchCursor;
import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntToLongFunction;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.Wire;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A read-only place in the journal: reads the document there into its frame, unverified, or goes to the document of a sequence by binary
 * search over days, then over the documents of the day. Opens the queue when there first is one. One thread.
 */
public final class JournalCursor implements BatchCursor {
    /** Found by an index, and it is not what was looked for. */
    private static final int MISLED = -2;

    private static final int NO_CYCLE = Integer.MAX_VALUE;

    private final Path folder;
    private final BatchFrame frame;
    private final UnsafeBuffer document = new UnsafeBuffer(0, 0);
    private @Nullable SingleChronicleQueue queue;
    private @Nullable ExcerptTailer tailer;
    /** First sequence of a day, once known: going to another file costs a millisecond, and the first document never changes. */
    private final Map<Integer, Long> firstSequences = new HashMap<>();

    private long lastIndex = -1;
    private long lastOffset = -1;
    private long endOffset;

    public JournalCursor(Path folder) {
        this(folder, new BatchFrame(BatchDescriptor.MAX_BATCH_LENGTH));
    }

    public JournalCursor(Path folder, BatchFrame frame) {
        this.folder = folder;
        this.frame = frame;
    }

    /** Holds the document last read. */
    public BatchFrame frame() {
        return frame;
    }

    /** Chronicle's index of the document last read, -1 before the first. */
    public long lastIndex() {
        return lastIndex;
    }

    /** Whether the document last read is the first one of its day. */
    public boolean isFirstOfDay() {
        return lastIndex >= 0 && ChronicleQueues.ROLL_CYCLE.toSequenceNumber(lastIndex) == 0;
    }

    /** Where in its file that document lies, in bytes. */
    public long lastOffset() {
        return lastOffset;
    }

    @Override
    public int next() {
        ExcerptTailer opened = open();
        return opened == null ? NOTHING : next(opened);
    }

    private int next(ExcerptTailer opened) {
        try (DocumentContext context = opened.readingDocument()) {
            Wire wire = context.wire();
            if (!context.isPresent() || wire == null) {
                return NOTHING;
            }
            Bytes<?> bytes = wire.bytes();
            long length = bytes.readRemaining();
            if (length < BatchDescriptor.HEADER_LENGTH || length > frame.capacity()) {
                throw new JournalFailure("a document of the journal has " + length + " bytes");
            }
            document.wrap(bytes.addressForRead(bytes.readPosition()), (int) length);
            frame.buffer().putBytes(0, document, 0, (int) length);
            lastIndex = context.index();
            lastOffset = bytes.readPosition();
            endOffset = lastOffset + length;
            return (int) length;
        } catch (RuntimeException | InternalError e) {
            throw unreadable(e);
        }
    }

    /** Whatever Chronicle throws over its own bytes, which no checksum guards. */
    private JournalFailure unreadable(Throwable cause) {
        return cause instanceof JournalFailure known
                ? known
                : new JournalFailure("the journal's files cannot be read behind index " + lastIndex, cause);
    }

    /** Where the document last read ends in its file, in bytes. */
    public long endOffset() {
        return endOffset;
    }

    /** How many documents a day has; none when there is no such day. */
    public long documents(int cycle) {
        ExcerptTailer opened = open();
        return opened == null ? 0 : Math.max(0, opened.excerptsInCycle(cycle));
    }

    /**
     * Index of the newest document the queue knows of, readable or not; -1 when there is none.
     * Chronicle's own assertions, where they are on, say no more than its exceptions.
     *
     * @throws JournalFailure when Chronicle cannot read its own files
     */
    public long newestIndex() {
        open();
        SingleChronicleQueue source = queue;
        try {
            return source == null || source.firstCycle() == NO_CYCLE ? -1 : source.lastIndex();
        } catch (RuntimeException | InternalError | AssertionError e) {
            throw unreadable(e);
        }
    }

    /** Goes before the first document of a day. */
    boolean toCycle(int cycle) {
        ExcerptTailer opened = open();
        return opened != null && opened.moveToIndex(ChronicleQueues.ROLL_CYCLE.toIndex(cycle, 0));
    }

    /** Reads the first document of the oldest day; returns its length in bytes, or {@link #NOTHING}, also when the day's indexes do not lead to it. */
    public int first() {
        int[] cycles = cycles();
        return cycles.length == 0 ? NOTHING : readFirst(cycles[0]);
    }

    /**
     * Chronicle's indexes only say where to look; no checksum guards them, so what they lead to is looked at, and where they mislead, the documents
     * are gone through one by one.
     */
    @Override
    public int find(long sequence) {
        try {
            int length = search(sequence);
            if (length != MISLED) {
                return length;
            }
        } catch (RuntimeException | InternalError e) {
            firstSequences.clear();
        }
        return goThrough(sequence);
    }

    private int search(long sequence) {
        ExcerptTailer opened = open();
        int[] cycles = cycles();
        if (opened == null || cycles.length == 0) {
            return NOTHING;
        }
        int day = lastNotBehind(cycles.length, i -> firstSequenceOf(cycles[i]), sequence);
        if (day < 0) {
            return firstSequenceOf(cycles[0]) == Long.MAX_VALUE ? MISLED : NOTHING;
        }
        int cycle = cycles[day];
        long documents = opened.excerptsInCycle(cycle);
        int place = lastNotBehind((int) documents, i -> firstSequenceAt(cycle, i), sequence);
        int length = place < 0 ? NOTHING : readAt(cycle, place);
        if (length == NOTHING || BatchView.firstSequence(frame.buffer(), 0) > sequence) {
            return MISLED;
        }
        if (sequence <= BatchView.lastSequence(frame.buffer(), 0)) {
            return length;
        }
        // Either it is not there yet, or something lies behind that the search did not see.
        return next() == NOTHING ? NOTHING : MISLED;
    }

    private int goThrough(long sequence) {
        int length = oldest();
        while (length != NOTHING && BatchView.lastSequence(frame.buffer(), 0) < sequence) {
            length = next();
        }
        boolean holds = length != NOTHING && BatchView.firstSequence(frame.buffer(), 0) <= sequence;
        return holds ? length : NOTHING;
    }

    /** Reads the first document there is, without an index where the index does not lead to it. */
    private int oldest() {
        for (int cycle : cycles()) {
            int length = readFirst(cycle);
            if (length != NOTHING) {
                return length;
            }
            if (Files.exists(folder.resolve(ChronicleQueues.fileName(cycle)))) {
                return withoutIndex();
            }
        }
        return NOTHING;
    }

    private int readFirst(int cycle) {
        try {
            return readAt(cycle, 0);
        } catch (RuntimeException | InternalError e) {
            return NOTHING;
        }
    }

    private int withoutIndex() {
        ExcerptTailer opened = open();
        try {
            return opened == null ? NOTHING : next(opened.toStart());
        } catch (RuntimeException | InternalError e) {
            throw unreadable(e);
        }
    }

    /**
     * The first sequence of the first day that begins behind a sequence; {@link Long#MAX_VALUE} when there is none. A day whose indexes do not lead to its first
     * document is passed over: who reads finds out what is left of it.
     */
    public long firstSequenceBehind(long sequence) {
        for (int cycle : cycles()) {
            boolean isReadable = readFirst(cycle) != NOTHING && frame.hasIntactHeader();
            long first = isReadable ? BatchView.firstSequence(frame.buffer(), 0) : 0;
            if (first > sequence) {
                return first;
            }
        }
        return Long.MAX_VALUE;
    }

    /**
     * The days there are, oldest first, as the folder lists them: Chronicle keeps a list of its own, which a read-only queue cannot mend after a day was
     * moved to the archive.
     */
    private int[] cycles() {
        try {
            return open() == null ? new int[0] : JournalFiles.cycles(folder);
        } catch (IOException e) {
            throw new JournalFailure("the journal " + folder + " cannot be read", e);
        }
    }

    private long firstSequenceOf(int cycle) {
        Long known = firstSequences.get(cycle);
        if (known != null) {
            return known;
        }
        long first = firstSequenceAt(cycle, 0);
        if (first != Long.MAX_VALUE) {
            firstSequences.put(cycle, first);
        }
        return first;
    }

    private long firstSequenceAt(int cycle, int document) {
        return readAt(cycle, document) == NOTHING ? Long.MAX_VALUE : BatchView.firstSequence(frame.buffer(), 0);
    }

    /**
     * Reads a document of a day by its place there.
     *
     * @return its length in bytes, or {@link #NOTHING}
     */
    public int readAt(int cycle, int documentInCycle) {
        ExcerptTailer opened = open();
        if (opened == null) {
            return NOTHING;
        }
        try {
            boolean exists = opened.moveToIndex(ChronicleQueues.ROLL_CYCLE.toIndex(cycle, documentInCycle));
            return exists ? next() : NOTHING;
        } catch (RuntimeException e) {
            if (Files.exists(folder.resolve(ChronicleQueues.fileName(cycle)))) {
                throw e;
            }
            return NOTHING; // moved to the archive at this moment
        }
    }

    /** The greatest i below {@code count} whose value is at most {@code limit}; values ascend; -1 when there is none. */
    private static int lastNotBehind(int count, IntToLongFunction value, long limit) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (value.applyAsLong(middle) <= limit) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private @Nullable ExcerptTailer open() {
        // Metadata is there before the first day. Without it, as in a backup, a read-only queue lists the days itself.
        if (tailer == null && (Files.exists(JournalFiles.metadata(folder)) || JournalFiles.hasDays(folder))) {
            try {
                queue = ChronicleQueues.openReadOnly(folder);
                tailer = queue.createTailer();
                tailer.singleThreadedCheckDisabled(true);
            } catch (RuntimeException e) {
                throw unreadable(e);
            }
        }
        return tailer;
    }

    @Override
    public void close() {
        if (tailer != null) {
            tailer.close();
        }
        if (queue != null) {
            queue.close();
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.recovery;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchVerifier;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.Hasher;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.commitlog.CommitLogFormat;
import it.socialies.engine.journal.commitlog.CommitLogScan;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.reader.JournalEnd;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the commit log from a known end by position and chain, batch by batch, to its own end; then says whether what lies there is
 * nothing, a torn tail or damage. The start-up rules of {@code ops/docs/format.md} are here. Changes nothing. One thread.
 */
public final class CommitLogWalk {
    private final LogFile file;
    private final long capacity;
    private final CommitLogScan scan;
    private final CommitLogScan proof;
    private final BatchVerifier verifier;
    private final BatchFrame frame;
    private long position;
    private boolean cleanStop;
    private @Nullable TornTail tornTail;

    /**
     * Begins where the journal ends.
     *
     * @param from the chain behind the journal's last batch
     * @param position behind that batch, 0 when there is none
     */
    public CommitLogWalk(LogFile file, long capacity, CommitLogScan scan, Chain from, long position) {
        this(file, capacity, scan, scan, from, position);
    }

    /**
     * The same in a log that is being written: a scan takes a while, so it may have seen a batch and missed the one before.
     *
     * @param scan says where batches lie
     * @param proof made before {@code scan}: what it saw must be reached
     */
    public CommitLogWalk(
            LogFile file, long capacity, CommitLogScan scan, CommitLogScan proof, Chain from, long position) {
        this.file = file;
        this.capacity = capacity;
        this.scan = scan;
        this.proof = proof;
        frame = new BatchFrame((int) Math.min(BatchDescriptor.MAX_BATCH_LENGTH, capacity));
        this.position = CommitLogFormat.firstPossible(position, capacity);
        verifier = new BatchVerifier("commit log", from);
    }

    /**
     * Refuses a log that holds another batch where the journal's last one lies: one of the two was written anew.
     *
     * @throws JournalDamaged naming the journal's last record
     */
    void requireBatchOf(JournalEnd journal) throws IOException {
        long at = journal.lastPosition();
        if (at < 0 || !scan.hasHeaderAt(at)) {
            return;
        }
        file.read(frame.bytes(BatchDescriptor.HEADER_LENGTH), at % capacity);
        if (!frame.hasIntactHeader() || BatchView.logPosition(frame.buffer(), 0) != at) {
            return; // overwritten since the scan
        }
        Chain found = new Chain();
        BatchView.chain(frame.buffer(), 0, new Hasher(), found);
        if (!found.equals(journal.chain())) {
            long last = journal.chain().sequence();
            throw new JournalDamaged(
                    last,
                    "the commit log and the journal hold different batches for record " + last + ", log position " + at
                            + ": one of them is of another history");
        }
    }

    /**
     * Goes to the next intact batch, bare marks included.
     *
     * @return false at the end of the log, which is then proven to be the end
     * @throws JournalDamaged when a batch that must be there is missing or damaged
     */
    public boolean next() throws IOException {
        long at = candidate();
        if (!scan.hasHeaderAt(at)) {
            requireNothingBehind(at, null);
            tornTail = headerlessTail();
            return false;
        }
        int length = read(at);
        try {
            verifier.accept(frame, length);
        } catch (JournalDamaged damage) {
            requireNothingBehind(at, damage);
            requireTornBody(length, damage);
            tornTail = new TornTail(at, (int) BatchDescriptor.blocksLength(length));
            return false;
        }
        cleanStop = (BatchView.flags(frame.buffer(), 0) & BatchDescriptor.CLEAN_STOP_FLAG) != 0;
        position = CommitLogFormat.firstPossible(BatchView.endPosition(frame.buffer(), 0), capacity);
        return true;
    }

    /** The batch that {@link #next} found. */
    public BatchFrame batch() {
        return frame;
    }

    /** The chain behind it. */
    public Chain chain() {
        return verifier.chain();
    }

    /** Where the next batch may begin. */
    public long position() {
        return position;
    }

    /** True when the last batch said that the engine stopped cleanly. */
    public boolean cleanStop() {
        return cleanStop;
    }

    /** What is to be cut at the end of the log. */
    @Nullable
    public TornTail tornTail() {
        return tornTail;
    }

    /** Here, or at the next lap when a batch lies there that did not fit here. */
    private long candidate() throws IOException {
        long wrapped = CommitLogFormat.nextLap(position, capacity);
        if (!scan.hasHeaderAt(position) && scan.hasHeaderAt(wrapped)) {
            long blocks = BatchDescriptor.blocksLength(read(wrapped));
            return CommitLogFormat.place(position, blocks, capacity);
        }
        return position;
    }

    /** Reads the batch whose header lies at a position; returns its length as its header says. */
    private int read(long at) throws IOException {
        long offset = at % capacity;
        file.read(frame.bytes(BatchDescriptor.HEADER_LENGTH), offset);
        int length = BatchView.length(frame.buffer(), 0);
        if (length > capacity - offset) {
            throw new JournalDamaged(
                    chain().sequence() + 1, "the commit log is damaged at log position " + at + ": too long a batch");
        }
        file.read(frame.bytes(length), offset);
        return length;
    }

    private void requireNothingBehind(long at, @Nullable JournalDamaged damage) {
        long next = chain().sequence() + 1;
        if (proof.highestPosition() <= at && proof.highestMark() < next) {
            return;
        }
        if (damage != null) {
            throw damage;
        }
        throw new JournalDamaged(
                next,
                "the commit log is damaged at record " + next + ", log position " + at
                        + ": no batch begins there, but batches up to position " + proof.highestPosition()
                        + " and a mark of " + proof.highestMark() + " are behind it");
    }

    /** A torn batch is torn in its body. An intact one that does not continue the chain is from another history. */
    private void requireTornBody(int length, JournalDamaged damage) {
        int bodyCrc = frame.buffer().getInt(BatchDescriptor.BODY_CRC_OFFSET, LITTLE_ENDIAN);
        if (bodyCrc == frame.crcOf(BatchDescriptor.HEADER_LENGTH, length)) {
            throw damage;
        }
    }

    /**
     * A torn batch whose header was lost. Found by its magic, or, until the log first wraps, by any byte that is not zero. On later laps the
     * remains of an older lap lie there anyway, and the next write covers them.
     */
    private @Nullable TornTail headerlessTail() throws IOException {
        boolean mayHaveWrapped = capacity - position % capacity < BatchDescriptor.MAX_BATCH_LENGTH;
        long[] places = mayHaveWrapped
                ? new long[] {position, CommitLogFormat.nextLap(position, capacity)}
                : new long[] {position};
        for (long at : places) {
            int longest = (int) Math.min(TornTail.longest(at, capacity), bytesToNextHeader(at));
            ByteBuffer bytes = ByteBuffer.allocate(longest).order(LITTLE_ENDIAN);
            file.read(bytes, at % capacity);
            boolean firstLap = at < capacity;
            if (firstLap || (bytes.getLong(0) == BatchDescriptor.MAGIC && !isIntactOlderBatch(at))) {
                int used = usedBlocks(bytes);
                if (used > 0) {
                    return new TornTail(at, used);
                }
            }
        }
        return null;
    }

    /** An intact batch is no part of a torn one, nor are those behind it: they may be the newest of this lap. */
    private long bytesToNextHeader(long at) {
        long offset = at % capacity;
        return scan.positions().stream()
                        .mapToLong(header -> header % capacity)
                        .filter(header -> header > offset)
                        .min()
                        .orElse(capacity)
                - offset;
    }

    private boolean isIntactOlderBatch(long at) {
        for (long older = at - capacity; older > 0; older -= capacity) {
            if (scan.hasHeaderAt(older)) {
                return true;
            }
        }
        return false;
    }

    private static int usedBlocks(ByteBuffer bytes) {
        int used = bytes.capacity();
        while (used > 0 && bytes.get(used - 1) == 0) {
            used--;
        }
        return (int) BatchDescriptor.blocksLength(used);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.reader;

import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.BatchVerifier;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolder;

/**
 * Follows the history batch by batch, from the archive into the journal, in the engine's process or another one, verifying as it goes.
 * One thread at a time.
 */
public final class JournalTailer implements AutoCloseable {
    private final HistoryCursor cursor;
    private final boolean merkleRoots;
    private BatchVerifier verifier;
    private long lastIndex = -1;
    private long lastOffset = -1;
    private long lastPosition = -1;
    private long endPosition;
    private boolean closed;

    private JournalTailer(DataFolder folder, boolean merkleRoots) {
        cursor = new HistoryCursor(folder);
        this.merkleRoots = merkleRoots;
        verifier = verifierFrom(new Chain());
    }

    /** Opens read-only, before the first batch. The journal need not exist yet. */
    public static JournalTailer open(DataFolder folder) {
        return new JournalTailer(folder, false);
    }

    /** The same, recomputing every Merkle root from its records: for audits. */
    public static JournalTailer openForAudit(DataFolder folder) {
        return new JournalTailer(folder, true);
    }

    /** Moves behind a sequence that a batch ends with; the chain hash must be the journal's own, else {@link JournalDamaged}. */
    public void moveAfter(Chain known) {
        if (known.sequence() == 0) {
            cursor.toStart();
            lastIndex = -1;
            lastOffset = -1;
            lastPosition = -1;
            endPosition = 0;
        } else {
            Chain found = new Chain();
            if (!ChainSearch.chainAt(cursor, known.sequence(), found)) {
                throw new JournalDamaged(
                        known.sequence(), "the journal has no batch that ends with record " + known.sequence());
            }
            if (!found.equals(known)) {
                throw new JournalDamaged(
                        known.sequence(),
                        "the journal has another chain hash at record " + known.sequence() + ": it is another history");
            }
            remember();
        }
        verifier = verifierFrom(known);
    }

    /**
     * Hands over the batches that are there, at most {@code batchLimit}; returns how many. Never waits.
     *
     * @throws JournalDamaged when the next batch is not what was written; the tailer must not be used on
     */
    public int poll(BatchHandler handler, int batchLimit) {
        int batches = 0;
        while (batches < batchLimit && !closed) {
            int length = next();
            if (length == HistoryCursor.NOTHING) {
                break;
            }
            handler.onBatch(cursor.frame().buffer(), 0, length);
            batches++;
        }
        return batches;
    }

    private int next() {
        int length;
        try {
            length = cursor.next();
        } catch (JournalDamaged e) {
            throw e;
        } catch (JournalFailure e) {
            long next = chain().sequence() + 1;
            JournalDamaged damaged =
                    new JournalDamaged(next, "the journal is damaged at record " + next + ": " + e.getMessage());
            damaged.initCause(e);
            throw damaged;
        }
        if (length != HistoryCursor.NOTHING) {
            cursor.verify(verifier, length);
            remember();
        }
        return length;
    }

    /** The chain behind the last batch handed over; do not change it. */
    public Chain chain() {
        return verifier.chain();
    }

    /** Position behind that batch in the commit log; 0 at the start. */
    public long endPosition() {
        return endPosition;
    }

    /** Position of that batch in the commit log; -1 at the start. */
    public long lastPosition() {
        return lastPosition;
    }

    private void remember() {
        lastIndex = cursor.lastIndex();
        lastOffset = cursor.lastOffset();
        lastPosition = BatchView.logPosition(cursor.frame().buffer(), 0);
        endPosition = BatchView.endPosition(cursor.frame().buffer(), 0);
    }

    /** Chronicle's index of the last good document; -1 before the journal's first. */
    long lastIndex() {
        return lastIndex;
    }

    /** Where in the file of its day that document lies; -1 before the first. */
    long lastOffset() {
        return lastOffset;
    }

    private BatchVerifier verifierFrom(Chain from) {
        BatchVerifier fresh = new BatchVerifier("journal", from);
        return merkleRoots ? fresh.withMerkleRoots() : fresh;
    }

    @Override
    public void close() {
        closed = true;
        cursor.close();
    }
}

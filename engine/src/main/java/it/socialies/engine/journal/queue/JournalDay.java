// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.queue;

import it.socialies.engine.journal.batch.BatchCursor;
import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchVerifier;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import java.nio.file.Path;

/** Reads one day of the journal, every batch verified down to its Merkle root. One thread. */
public final class JournalDay implements AutoCloseable {
    private final JournalCursor cursor;
    private final int day;
    private final Chain before;
    private final BatchVerifier verifier;
    private int length;

    /**
     * Opens a day before its first batch.
     *
     * @throws JournalDamaged when that cannot be read
     */
    public JournalDay(Path journal, int day) {
        this.day = day;
        cursor = new JournalCursor(journal);
        if (cursor.readAt(day, 0) == BatchCursor.NOTHING || !cursor.frame().hasIntactHeader()) {
            cursor.close();
            throw new JournalDamaged(0, ChronicleQueues.fileName(day) + " of the journal cannot be read");
        }
        before = BatchView.chainBefore(cursor.frame().buffer(), 0);
        verifier = new BatchVerifier("journal, file " + ChronicleQueues.fileName(day) + ",", before).withMerkleRoots();
        cursor.toCycle(day);
    }

    /**
     * Reads the next batch.
     *
     * @return false behind the last one that can be read of the day
     * @throws JournalDamaged when it is not what was written
     */
    public boolean next() {
        length = cursor.next();
        boolean isOfTheDay = length != BatchCursor.NOTHING && cycle() == day;
        if (isOfTheDay) {
            verifier.accept(cursor.frame(), length);
        }
        return isOfTheDay;
    }

    private int cycle() {
        return ChronicleQueues.ROLL_CYCLE.toCycle(cursor.lastIndex());
    }

    /** Behind the last batch: proves that it was the last, because a later day of the journal continues it. */
    public void requireContinued() {
        boolean isContinued = length != BatchCursor.NOTHING
                && cursor.frame().hasIntactHeader()
                && BatchView.chainBefore(cursor.frame().buffer(), 0).equals(verifier.chain());
        if (!isContinued) {
            long next = verifier.chain().sequence() + 1;
            throw new JournalDamaged(
                    next,
                    "the journal is damaged at record " + next + ": no later file continues "
                            + ChronicleQueues.fileName(day));
        }
    }

    /** Holds the batch last read. */
    public BatchFrame frame() {
        return cursor.frame();
    }

    /** Of the batch last read, in bytes. */
    public int length() {
        return length;
    }

    /** The chain that the day continues. */
    public Chain before() {
        return before;
    }

    /** The chain behind the batch last read. */
    public Chain chain() {
        return verifier.chain();
    }

    @Override
    public void close() {
        cursor.close();
    }
}

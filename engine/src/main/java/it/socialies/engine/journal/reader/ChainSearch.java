// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.reader;

import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchVerifier;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;

/** Finds the chain hash of a sequence in the history. Stateless. */
final class ChainSearch {
    private ChainSearch() {}

    /** Fills {@code to}; the cursor then holds the batch that ends with the sequence. False when there is none. */
    static boolean chainAt(HistoryCursor cursor, long sequence, Chain to) {
        int length = cursor.find(sequence);
        BatchFrame frame = cursor.frame();
        if (length == HistoryCursor.NOTHING || BatchView.lastSequence(frame.buffer(), 0) != sequence) {
            return false;
        }
        BatchVerifier verifier = new BatchVerifier("journal", BatchView.chainBefore(frame.buffer(), 0));
        cursor.verify(verifier, length);
        to.copyFrom(verifier.chain());
        return true;
    }
}

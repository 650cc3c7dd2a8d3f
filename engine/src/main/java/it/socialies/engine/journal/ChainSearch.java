// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

import it.socialies.engine.protocol.BatchDescriptor;

/** Finds the chain hash of a sequence in the journal. Stateless. */
final class ChainSearch {
    private ChainSearch() {}

    /** Fills {@code to}; the cursor then holds the batch that ends with the sequence. False when there is none. */
    static boolean chainAt(JournalCursor cursor, long sequence, Chain to) {
        int length = cursor.find(sequence);
        BatchFrame frame = cursor.frame();
        if (length == JournalCursor.NOTHING || BatchView.lastSequence(frame.buffer(), 0) != sequence) {
            return false;
        }
        byte[] previous = new byte[BatchDescriptor.HASH_LENGTH];
        frame.buffer().getBytes(BatchDescriptor.PREVIOUS_CHAIN_OFFSET, previous);
        BatchVerifier verifier =
                new BatchVerifier("journal", new Chain(BatchView.firstSequence(frame.buffer(), 0) - 1, previous));
        verifier.accept(frame, length);
        to.copyFrom(verifier.chain());
        return true;
    }
}

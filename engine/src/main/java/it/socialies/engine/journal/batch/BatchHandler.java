// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import org.agrona.DirectBuffer;

/** Receives verified batches with records, in order. The buffer is valid only during the call. */
@FunctionalInterface
public interface BatchHandler {
    /**
     * Takes one batch.
     *
     * @param length header and body, without the padding up to a block
     */
    void onBatch(DirectBuffer buffer, int offset, int length);
}

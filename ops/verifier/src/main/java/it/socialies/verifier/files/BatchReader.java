// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.files;

import it.socialies.verifier.history.Batch;
import it.socialies.verifier.history.Chain;
import it.socialies.verifier.history.NotAsWritten;

/** Takes batches in order and says where they lead to. */
public interface BatchReader {
    /**
     * Takes the next batch.
     *
     * @return the chain behind it
     */
    Chain onBatch(Batch batch) throws NotAsWritten;

    /** The chain behind the last good batch. */
    Chain chain();

    /** Position of the last good batch with records in the commit log; -1 before the first. */
    long lastPosition();

    /** Position behind the last good batch in the commit log. */
    long endPosition();
}

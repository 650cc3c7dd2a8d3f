// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.recovery;

import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;

/**
 * Settings of the journal.
 *
 * @param logCapacityBytes size of the commit log when it is created; an existing log keeps its own
 * @param maxBatchBytes no batch is longer, header included
 * @param acceptMissingLog start from the journal alone when the commit log is missing or older than it, as after restoring a backup.
 *     Records that only the lost log held are then lost, so this is an operator's decision, never a default
 */
public record JournalConfig(long logCapacityBytes, int maxBatchBytes, boolean acceptMissingLog) {
    public static final JournalConfig DEFAULT =
            new JournalConfig(128L * 1024 * 1024, BatchDescriptor.MAX_BATCH_LENGTH, false);

    /** The same, but a missing commit log is accepted. */
    public JournalConfig acceptingMissingLog() {
        return new JournalConfig(logCapacityBytes, maxBatchBytes, true);
    }

    public JournalConfig {
        int batchMin = BatchDescriptor.HEADER_LENGTH + RecordDescriptor.MAX_RECORD_LENGTH;
        if (maxBatchBytes < batchMin || maxBatchBytes > BatchDescriptor.MAX_BATCH_LENGTH) {
            throw new IllegalArgumentException("maxBatchBytes is " + batchMin + " to "
                    + BatchDescriptor.MAX_BATCH_LENGTH + ", not " + maxBatchBytes);
        }
        long capacityMin = 4 * BatchDescriptor.blocksLength(maxBatchBytes);
        if (logCapacityBytes % BatchDescriptor.BLOCK_LENGTH != 0 || logCapacityBytes < capacityMin) {
            throw new IllegalArgumentException(
                    "logCapacityBytes is a multiple of 4096, at least " + capacityMin + ", not " + logCapacityBytes);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import it.socialies.engine.journal.batch.Chain;

/**
 * What an archived segment says of itself.
 *
 * @param day of the journal's file it was made from, days since 1970-01-01 (UTC)
 * @param before the chain it continues
 * @param after the chain behind its last record
 * @param firstTimestampMs stamp of its first record, milliseconds since the epoch
 * @param lastTimestampMs stamp of its last record
 * @param batches how many it holds
 * @param rawBytes their length together, before compression
 * @param blocks in which they are compressed
 * @param indexOffset where the index lies in the file
 * @param fileBytes length of the file
 */
public record ArchiveHeader(
        int day,
        Chain before,
        Chain after,
        long firstTimestampMs,
        long lastTimestampMs,
        long batches,
        long rawBytes,
        int blocks,
        long indexOffset,
        long fileBytes) {

    public long firstSequence() {
        return before.sequence() + 1;
    }

    public long lastSequence() {
        return after.sequence();
    }
}

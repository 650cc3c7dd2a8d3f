// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.client.ClientCounters;
import it.socialies.engine.measures.Distribution;
import java.util.concurrent.atomic.LongAdder;

/**
 * What an engine did since it started; any thread may read.
 *
 * @param commands frames the core took
 * @param records records the core emitted, those of ticks included
 * @param batches batches with records that became durable
 * @param marks bare marks written
 * @param duplicates commands whose key was known
 * @param unreadableAnswers those among them whose record lies in a damaged file of the archive: they got no answer
 * @param droppedReplies replies that found no room on the reply ring, or no gateway
 * @param clockAlarms times the clock was behind the last stamp or stepped forward implausibly
 * @param clients refusals, timeouts and late replies at the clients
 * @param batchRecords records in each batch
 * @param logSyncNs how long each sync of the commit log took
 * @param journalForceNs how long each force of the journal took
 */
public record EngineCounters(
        LongAdder commands,
        LongAdder records,
        LongAdder batches,
        LongAdder marks,
        LongAdder duplicates,
        LongAdder unreadableAnswers,
        LongAdder droppedReplies,
        LongAdder clockAlarms,
        ClientCounters clients,
        Distribution batchRecords,
        Distribution logSyncNs,
        Distribution journalForceNs) {
    private static final int BATCH_BOUNDS = 14;

    public EngineCounters() {
        this(
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new LongAdder(),
                new ClientCounters(),
                Distribution.doubling(1, BATCH_BOUNDS),
                Distribution.ofNanos(),
                Distribution.ofNanos());
    }
}

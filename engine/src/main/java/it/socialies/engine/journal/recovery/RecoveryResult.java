// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.recovery;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.commitlog.CommitLog;
import it.socialies.engine.journal.queue.JournalQueue;

/**
 * What recovery hands to the pipeline: both files open, in agreement and forced. The receiver closes them.
 *
 * @param log positioned behind its last batch, everything released; for the log agent
 * @param queue for the journal agent
 * @param chain the chain behind the last record; its sequence is the last one replayed and written
 * @param nextLogPosition where the next batch begins, unless it must wrap
 * @param cleanStop true when the last run ended with a clean stop
 * @param report what was found, for the host to log
 */
public record RecoveryResult(
        CommitLog log,
        JournalQueue queue,
        Chain chain,
        long nextLogPosition,
        boolean cleanStop,
        RecoveryReport report) {}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import it.socialies.engine.journal.audit.HistoryReport;
import it.socialies.engine.snapshot.SnapshotSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an audit found.
 *
 * @param history of the files alone
 * @param end what the history gives behind the last record that could be replayed; null when there is none
 * @param merkleRoot of the batch that ends there
 * @param agreements what else was held against the history, a line each, Italian and English
 * @param faults those of the history first, in its order
 */
public record AuditResult(
        HistoryReport history,
        @Nullable SnapshotSummary end,
        String merkleRoot,
        List<String> agreements,
        List<AuditFault> faults) {
    public AuditResult {
        agreements = List.copyOf(agreements);
        faults = List.copyOf(faults);
    }

    /** True when nothing is wrong but what a power cut leaves, or what concerns no record. */
    public boolean isSound() {
        return faults.stream().noneMatch(AuditFault::isDamage);
    }

    long lastSequence() {
        return end == null ? 0 : end.sequence();
    }
}

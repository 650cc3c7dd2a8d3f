// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.examination.HistoryFault;
import it.socialies.engine.journal.recovery.JoinPlan;
import it.socialies.engine.journal.recovery.TornTail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link HistoryAudit} found.
 *
 * @param live an engine was using the folder: only what was durable is looked at, and its end moves
 * @param end the chain behind the last record that was looked at and handed on
 * @param journalSequence last record of the journal; what is behind it is in the commit log only
 * @param markSequence highest record that the commit log calls durable; 0 when it cannot be read
 * @param batches handed on
 * @param bytes of these batches
 * @param firstTimestampMs stamp of the first record; 0 when there is none
 * @param lastTimestampMs stamp of the last record
 * @param faults in the order of the history
 * @param start what the next start does
 */
public record HistoryReport(
        boolean live,
        Chain end,
        long journalSequence,
        long markSequence,
        long batches,
        long bytes,
        long firstTimestampMs,
        long lastTimestampMs,
        List<HistoryFault> faults,
        Start start) {

    /**
     * What a start of the engine would do with these files, reading them from the first record.
     *
     * @param refusal why it would refuse; null when it would start
     * @param takenOver records that it would take over from the commit log into the journal
     * @param rewritesJournal it would write days of the journal again, from their own batches and from the commit log, and keep the damaged files
     * @param tornPosition log position of a torn tail that it would cut and keep aside; -1 when there is none
     * @param tornBytes length of that tail
     * @param cleanStop the last engine stopped cleanly
     */
    public record Start(
            @Nullable String refusal,
            long takenOver,
            boolean rewritesJournal,
            long tornPosition,
            long tornBytes,
            boolean cleanStop) {

        static Start refuses(JournalDamaged damage) {
            return new Start(damage.getMessage(), 0, false, -1, 0, false);
        }

        static Start of(JoinPlan plan, boolean rewritesDays) {
            TornTail torn = plan.tornTail();
            return new Start(
                    null,
                    plan.chain().sequence() - plan.journalChain().sequence(),
                    rewritesDays || plan.repairsJournal(),
                    torn == null ? -1 : torn.position(),
                    torn == null ? 0 : torn.length(),
                    plan.cleanStop());
        }
    }

    public HistoryReport {
        faults = List.copyOf(faults);
    }

    /** True when something is wrong that no power cut leaves behind. */
    public boolean isDamaged() {
        return faults.stream().anyMatch(fault -> !fault.isMendedByAStart());
    }
}

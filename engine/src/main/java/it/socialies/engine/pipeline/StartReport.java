// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.snapshot.LoadedState;
import java.util.concurrent.TimeUnit;

/**
 * How an engine started.
 *
 * @param snapshotSequence last record of the snapshot; 0 when there was none to start from
 * @param restoreMs milliseconds that reading it took, those of damaged ones included
 * @param replayedRecords records replayed from the journal behind it
 * @param replayMs milliseconds that took, with joining the commit log
 * @param sequence last record
 */
public record StartReport(long snapshotSequence, long restoreMs, long replayedRecords, long replayMs, long sequence) {

    static StartReport of(LoadedState state, long sequence, long replayNs) {
        return new StartReport(
                state.sequence(),
                TimeUnit.NANOSECONDS.toMillis(state.restoreNs()),
                sequence - state.sequence(),
                TimeUnit.NANOSECONDS.toMillis(replayNs),
                sequence);
    }

    @Override
    public String toString() {
        return "start: " + (snapshotSequence == 0 ? "no snapshot" : "snapshot " + snapshotSequence) + " in " + restoreMs
                + " ms, " + replayedRecords + " records replayed in " + replayMs + " ms, at record " + sequence;
    }
}

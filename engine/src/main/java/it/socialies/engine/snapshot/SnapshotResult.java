// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import java.util.List;

/**
 * What came of an attempt to take a snapshot.
 *
 * @param sequence last record of the state, written or not
 * @param bytes size of the snapshot; what it would need when there is too little room; else 0
 * @param baseSequence the snapshot it was made from, 0 for the start of the journal
 * @param restoreMs milliseconds that reading the base took
 * @param replayMs milliseconds that replaying the journal behind it took
 * @param writeMs milliseconds that writing took
 * @param notes what was found, one line each
 */
public record SnapshotResult(
        Outcome outcome,
        long sequence,
        long bytes,
        long baseSequence,
        long restoreMs,
        long replayMs,
        long writeMs,
        List<String> notes) {

    /** How an attempt ends; the exit code is that of the process made for it. */
    public enum Outcome {
        /** There is a new snapshot. */
        WRITTEN(0),
        /** The newest snapshot holds all there is. */
        NOTHING_NEW(0),
        /** Another process is at it. */
        BUSY(3),
        /** It would eat the reserve of free space: nothing was written. */
        STORAGE_LOW(4);

        private final int exitCode;

        Outcome(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    /** Records replayed from the journal. */
    public long replayedRecords() {
        return sequence - baseSequence;
    }

    /** One line for a log. */
    @Override
    public String toString() {
        return switch (outcome) {
            case WRITTEN ->
                "snapshot " + sequence + ": " + bytes + " bytes, restored " + baseSequence + " in " + restoreMs
                        + " ms, replayed " + replayedRecords() + " records in " + replayMs + " ms, written in "
                        + writeMs + " ms";
            case NOTHING_NEW -> "no snapshot: the one of record " + baseSequence + " holds all there is";
            case BUSY -> "no snapshot: another process is taking one";
            case STORAGE_LOW ->
                "no snapshot: with its " + bytes + " bytes less free space would be left than the reserve";
        };
    }
}

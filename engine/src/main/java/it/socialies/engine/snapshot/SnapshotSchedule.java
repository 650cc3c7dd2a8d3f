// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import java.time.Duration;

/**
 * When the node takes a snapshot, if anything new is in the journal.
 *
 * @param interval after the one before
 * @param recordsMax records behind the newest snapshot after which it does not wait for the interval: bounds the replay of a start
 * @param timeout a process that takes longer is killed
 */
public record SnapshotSchedule(Duration interval, long recordsMax, Duration timeout) {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** Every quarter of an hour, or every million records; ten minutes. */
    public static final SnapshotSchedule DEFAULTS =
            new SnapshotSchedule(Duration.ofMinutes(15), 1_000_000, Duration.ofMinutes(10));

    public SnapshotSchedule {
        if (!interval.isPositive() || recordsMax <= 0 || !timeout.isPositive()) {
            throw new IllegalArgumentException("interval, records and timeout of snapshots must be positive");
        }
    }

    /** After the start, and between two attempts at least, however many records there are: a minute, or the interval when that is shorter. */
    Duration pause() {
        return interval.compareTo(PAUSE) < 0 ? interval : PAUSE;
    }
}

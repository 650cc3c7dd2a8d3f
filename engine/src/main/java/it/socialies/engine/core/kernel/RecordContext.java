// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.core.kernel;

/** Header values of the record being written or replayed, which events may need when they are applied. */
public final class RecordContext {
    private long sequence;
    private long timestampMs;
    private int circuitId;
    private int epochDay;

    /** Moves to another record. */
    public void set(final long sequence, final long timestampMs, final int epochDay, final int circuitId) {
        this.sequence = sequence;
        this.timestampMs = timestampMs;
        this.epochDay = epochDay;
        this.circuitId = circuitId;
    }

    /** Sequence of the record. */
    public long sequence() {
        return sequence;
    }

    /** Stamp of the record, in milliseconds since the epoch. */
    public long timestampMs() {
        return timestampMs;
    }

    /** Europe/Rome date of the stamp, in days since the epoch. */
    public int epochDay() {
        return epochDay;
    }

    /** Circuit of the record; 0 for the installation. */
    public int circuitId() {
        return circuitId;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * Gives the stamps: wall clock plus the sandbox offset, never decreasing.
 *
 * <ul>
 *   <li>The clock is behind the last stamp: the last stamp is used again, and each time this begins an alarm is counted.
 *   <li>The wall clock stepped forward by more than the limit, compared with the monotonic clock: the step is implausible. Stamps stay at the last
 *       good one until the core says that an operator confirmed; then the wall clock of that moment is accepted.
 *   <li>The offset of a sandbox moves no wall clock, so its jumps are never suspected.
 * </ul>
 *
 * <p>Threading: the core thread.
 */
final class Stamper {
    private final EpochClock epochClock;
    private final NanoClock nanoClock;
    private final long stepLimitMs;
    private final LongAdder alarms;

    private long wallMs;
    private long nowNs;
    private long lastStampMs;
    private boolean behind;
    private boolean frozen;

    /** @param lastStampMs stamp of the last record, 0 at the very start */
    Stamper(EpochClock epochClock, NanoClock nanoClock, long lastStampMs, long stepLimitMs, LongAdder alarms) {
        this.epochClock = epochClock;
        this.nanoClock = nanoClock;
        this.stepLimitMs = stepLimitMs;
        this.alarms = alarms;
        this.lastStampMs = lastStampMs;
        this.wallMs = epochClock.time();
        this.nowNs = nanoClock.nanoTime();
    }

    /**
     * Reads both clocks, once per duty cycle.
     *
     * @param clockSuspect what the core says: a step still awaits confirmation
     * @return true when the wall clock just stepped implausibly; the host tells the core
     */
    boolean readClocks(boolean clockSuspect) {
        long previousWallMs = wallMs;
        long previousNs = nowNs;
        wallMs = epochClock.time();
        nowNs = nanoClock.nanoTime();
        frozen = clockSuspect;
        if (frozen) {
            return false;
        }
        long elapsedMs = TimeUnit.NANOSECONDS.toMillis(nowNs - previousNs);
        if (wallMs - previousWallMs - elapsedMs > stepLimitMs) {
            frozen = true;
            alarms.increment();
            return true;
        }
        return false;
    }

    /** Takes the step after all: before the first record there is nothing it could harm, and nobody who could confirm it. */
    void acceptStep() {
        frozen = false;
    }

    /** The stamp of now. */
    long stampMs(long clockOffsetMs) {
        if (frozen) {
            return lastStampMs;
        }
        long candidateMs = wallMs + clockOffsetMs;
        if (candidateMs < lastStampMs) {
            if (!behind) {
                behind = true;
                alarms.increment();
            }
            return lastStampMs;
        }
        behind = false;
        lastStampMs = candidateMs;
        return lastStampMs;
    }

    long lastStampMs() {
        return lastStampMs;
    }

    long wallMs() {
        return wallMs;
    }

    /** The monotonic clock as last read. */
    long nowNs() {
        return nowNs;
    }
}

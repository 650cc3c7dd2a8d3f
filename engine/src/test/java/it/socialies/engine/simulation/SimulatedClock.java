// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** Both clocks of the simulated machine. */
final class SimulatedClock implements EpochClock, NanoClock {
    private long wallMs;
    private long nowNs = 1_000_000_000L;

    SimulatedClock(long wallMs) {
        this.wallMs = wallMs;
    }

    @Override
    public long time() {
        return wallMs;
    }

    @Override
    public long nanoTime() {
        return nowNs;
    }

    /** Time passes. */
    void pass(long ms) {
        wallMs += ms;
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** Somebody sets the wall clock forward, or back. */
    void setForward(long ms) {
        wallMs += ms;
    }
}

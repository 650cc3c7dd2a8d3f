// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/** Both clocks of a machine, moved by hand. */
public final class ManualClock implements EpochClock, NanoClock {
    private long wallMs;
    private long nowNs = 1_000_000_000L;

    public ManualClock(long wallMs) {
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
    public void advanceMs(long ms) {
        wallMs += ms;
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    }

    /** Somebody sets the wall clock forward, or back. */
    public void stepWallMs(long ms) {
        wallMs += ms;
    }
}

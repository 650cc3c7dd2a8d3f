// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.engineclient;

import it.socialies.gateway.security.InstallationClock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * What the engine would stamp now: the wall clock plus the sandbox offset that the core reported last. Threading: any.
 */
public final class InstallationTime implements InstallationClock {
    private final LongSupplier wallClockMs;
    private final AtomicLong latestMs = new AtomicLong();
    private final AtomicLong offsetMs = new AtomicLong();

    /** @param wallClockMs milliseconds since the epoch */
    public InstallationTime(LongSupplier wallClockMs) {
        this.wallClockMs = wallClockMs;
    }

    @Override
    public long nowMs() {
        long nowMs = wallClockMs.getAsLong() + offsetMs.get();
        return latestMs.accumulateAndGet(nowMs, Math::max);
    }

    /** The offset as the core has it; it never goes back. */
    public void offsetMs(long reportedMs) {
        offsetMs.accumulateAndGet(reportedMs, Math::max);
    }
}

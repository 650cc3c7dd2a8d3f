// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves by hand: installation time and monotonic time in one. */
public final class ManualClock implements InstallationClock {
    private final AtomicLong nowMs = new AtomicLong(1_772_442_904_120L);

    @Override
    public long nowMs() {
        return nowMs.get();
    }

    public long nanos() {
        return nowMs.get() * 1_000_000;
    }

    public void advance(Duration duration) {
        nowMs.addAndGet(duration.toMillis());
    }
}

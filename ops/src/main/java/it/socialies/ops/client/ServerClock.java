// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.client;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * The time of the installation, as {@code GET /status} told it, moved on by the local monotonic clock: idempotency keys and assertions take their time
 * from here, never from the device. Any thread may read; {@link #set} may be called again at any moment.
 */
public final class ServerClock extends Clock {
    private record Reading(long serverMs, long nanoTime) {}

    private volatile Reading reading;

    ServerClock(Instant serverTime) {
        this.reading = new Reading(serverTime.toEpochMilli(), System.nanoTime());
    }

    void set(Instant serverTime) {
        reading = new Reading(serverTime.toEpochMilli(), System.nanoTime());
    }

    @Override
    public long millis() {
        Reading last = reading;
        return last.serverMs + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - last.nanoTime);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the installation speaks UTC");
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A token bucket per key (a principal's subject, a client's address), in a bounded map: the least used keys are forgotten first, which
 * gives them a full bucket again. Time is monotonic, not the installation's, so stepping a sandbox clock refills nothing. May be used from
 * any thread (OWASP ASVS 5.0, 2.4.1).
 */
public final class RateLimiter {
    private final int capacity;
    private final Duration refillPeriod;
    private final TimeMeter meter;
    private final Cache<String, Bucket> buckets;

    /**
     * @param capacity how many at once
     * @param refillPeriod in which an empty bucket fills again, evenly
     * @param keysMax how many keys are remembered
     * @param nanoClock monotonic nanoseconds, {@code System::nanoTime}
     */
    public RateLimiter(int capacity, Duration refillPeriod, int keysMax, LongSupplier nanoClock) {
        this.capacity = capacity;
        this.refillPeriod = refillPeriod;
        meter = new NanoMeter(nanoClock);
        buckets = Caffeine.newBuilder()
                .maximumSize(keysMax)
                // An untouched bucket is full by then, so forgetting it changes nothing.
                .expireAfterAccess(refillPeriod)
                .ticker(nanoClock::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Takes one from the key's bucket, if there is one left. */
    public Decision take(String key) {
        ConsumptionProbe probe = buckets.get(key, k -> newBucket()).tryConsumeAndReturnRemaining(1);
        return new Decision(
                probe.isConsumed(),
                capacity,
                probe.getRemainingTokens(),
                ceilMs(probe.getNanosToWaitForRefill()),
                ceilMs(probe.getNanosToWaitForReset()));
    }

    /** Gives one back: what was taken turned out not to count. */
    public void giveBack(String key) {
        Bucket bucket = buckets.getIfPresent(key);
        if (bucket != null) {
            bucket.addTokens(1);
        }
    }

    private Bucket newBucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(capacity).refillGreedy(capacity, refillPeriod))
                .withCustomTimePrecision(meter)
                .build();
    }

    private static long ceilMs(long nanos) {
        return Math.ceilDiv(nanos, 1_000_000L);
    }

    /**
     * For the {@code X-RateLimit-*} headers and {@code Retry-After}.
     *
     * @param limit size of the bucket
     * @param remaining left in it now
     * @param retryAfterMs when one more will be there; 0 when allowed
     * @param resetMs when the bucket will be full
     */
    public record Decision(boolean allowed, long limit, long remaining, long retryAfterMs, long resetMs) {}

    private record NanoMeter(LongSupplier nanoClock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return nanoClock.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}

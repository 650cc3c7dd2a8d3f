// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private final ManualClock clock = new ManualClock();
    private final RateLimiter limiter = new RateLimiter(3, Duration.ofSeconds(30), 100, clock::nanos);

    @Test
    void shouldAllowABurstAndThenAnEvenRate() {
        for (int remaining = 2; remaining >= 0; remaining--) {
            RateLimiter.Decision decision = limiter.take("a");
            assertThat(decision.allowed()).isTrue();
            assertThat(decision.limit()).isEqualTo(3);
            assertThat(decision.remaining()).isEqualTo(remaining);
        }
        RateLimiter.Decision refused = limiter.take("a");
        assertThat(refused.allowed()).isFalse();
        assertThat(refused.retryAfterMs()).isEqualTo(10_000);
        assertThat(refused.resetMs()).isEqualTo(30_000);
        clock.advance(Duration.ofSeconds(10));
        assertThat(limiter.take("a").allowed()).isTrue();
        assertThat(limiter.take("a").allowed()).isFalse();
    }

    @Test
    void shouldCountEachKeyForItself() {
        for (int i = 0; i < 4; i++) {
            limiter.take("a");
        }
        assertThat(limiter.take("b").allowed()).isTrue();
    }

    @Test
    void shouldGiveBackWhatDidNotCount() {
        for (int i = 0; i < 3; i++) {
            limiter.take("a");
        }
        limiter.giveBack("a");
        assertThat(limiter.take("a").allowed()).isTrue();
        assertThat(limiter.take("a").allowed()).isFalse();
        limiter.giveBack("never seen");
    }
}

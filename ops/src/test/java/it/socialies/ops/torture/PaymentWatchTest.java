// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaymentWatchTest {
    private final PaymentWatch watch = new PaymentWatch();

    @Test
    void shouldNotTakeAnAnswerToWhatWasSentBeforeForARecovery() throws Exception {
        long killedNs = System.nanoTime();
        watch.answered("", killedNs - 1, killedNs + 5);
        assertThat(watch.awaitAnswerSentAfter(killedNs, Duration.ofMillis(20))).isEmpty();
    }

    @Test
    void shouldTellWhenPaymentsFlowAgain() throws Exception {
        long killedNs = System.nanoTime();
        try (ExecutorService waiting = Executors.newSingleThreadExecutor()) {
            CompletableFuture<OptionalLong> recovery = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return watch.awaitAnswerSentAfter(killedNs, Duration.ofMinutes(1));
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    waiting);
            long answeredNs = killedNs;
            while (!recovery.isDone()) {
                answeredNs += 10;
                watch.answered("", answeredNs - 5, answeredNs);
                Thread.onSpinWait();
            }
            assertThat(recovery.get(1, TimeUnit.SECONDS).orElseThrow()).isGreaterThan(killedNs);
        }
    }

    @Test
    void shouldNotCountTheTimeBeforeTheFirstAnswer() {
        watch.answered("", 0, System.nanoTime() + 60_000_000_000L);

        assertThat(watch.longestSilenceNs()).isZero();
        assertThat(watch.windowSilenceNs()).isZero();
    }

    @Test
    void shouldMeasureTheSilenceOfAWindowApartFromTheLongest() {
        long startNs = System.nanoTime() + 1_000_000_000L;
        watch.answered("", startNs, startNs);
        watch.answered("", startNs, startNs + 9_000_000_000L);
        watch.openWindow();
        watch.answered("insufficient_funds", startNs, startNs + 11_000_000_000L);

        assertThat(watch.windowSilenceNs()).isEqualTo(2_000_000_000L);
        assertThat(watch.longestSilenceNs()).isEqualTo(9_000_000_000L);
        assertThat(watch.accepted()).isEqualTo(2);
        assertThat(watch.refused()).containsOnlyKeys("insufficient_funds");
    }
}

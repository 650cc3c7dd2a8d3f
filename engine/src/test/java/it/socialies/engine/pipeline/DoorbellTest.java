// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.junit.jupiter.api.Test;

class DoorbellTest {
    private static final int ROUNDS = 2_000;

    /** Each missed bell would cost a minute. */
    @Test
    void shouldWakeASleeperEveryTime() {
        Doorbell bell = new Doorbell(TimeUnit.SECONDS.toNanos(60));
        AtomicInteger published = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        Agent stage = new Agent() {
            @Override
            public int doWork() {
                int now = published.get();
                int work = now - seen.get();
                seen.set(now);
                return work;
            }

            @Override
            public String roleName() {
                return "sleeper";
            }
        };
        AgentRunner runner = new AgentRunner(bell, Throwable::printStackTrace, null, stage);
        AgentRunner.startOnThread(runner);
        long startNs = System.nanoTime();
        for (int i = 1; i <= ROUNDS; i++) {
            published.set(i);
            bell.ring();
            while (seen.get() < i) {
                Thread.onSpinWait();
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(50));
        await().until(() -> runner.thread().getState() == Thread.State.TIMED_WAITING);
        bell.ring();
        runner.close();
    }
}

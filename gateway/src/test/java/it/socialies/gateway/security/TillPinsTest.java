// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static it.socialies.gateway.security.Outcomes.get;
import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TillPinsTest {
    private static final long TILL = 1;
    private static final long OTHER_TILL = 2;

    private final ManualClock clock = new ManualClock();
    private final Vertx vertx = Vertx.vertx();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder heldBack = new LongAdder();
    private final TillPins pins =
            new TillPins(vertx, new GuessLimits.Allowance(20, Duration.ofHours(1)), clock::nanos, wrong, heldBack);

    @AfterEach
    void close() {
        get(vertx.close());
    }

    private Future<Boolean> judge(long till, boolean isRight) {
        return pins.judge(till, () -> Future.succeededFuture(isRight), right -> !right);
    }

    @Test
    void shouldTakeAnyNumberOfRightPins() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(get(judge(TILL, true))).isTrue();
        }
        assertThat(heldBack.sum()).isZero();
    }

    @Test
    void shouldTakeNoPinAtATillWithTooManyWrongOnesUntilItHasWaited() {
        for (int i = 0; i < 20; i++) {
            get(judge(TILL, false));
        }

        assertThat(refusal(judge(TILL, true))).isEqualTo(RefusalCode.TOO_MANY_ATTEMPTS);
        assertThat(get(judge(OTHER_TILL, true))).isTrue();
        clock.advance(Duration.ofMinutes(3).minusMillis(1));
        assertThat(refusal(judge(TILL, true))).isEqualTo(RefusalCode.TOO_MANY_ATTEMPTS);
        clock.advance(Duration.ofMillis(1));
        assertThat(get(judge(TILL, true))).isTrue();
        assertThat(get(judge(TILL, false))).isFalse();
        assertThat(refusal(judge(TILL, true))).isEqualTo(RefusalCode.TOO_MANY_ATTEMPTS);
        assertThat(wrong.sum()).isEqualTo(21);
        assertThat(heldBack.sum()).isEqualTo(3);
    }

    @Test
    void shouldSayHowLongToWait() {
        for (int i = 0; i < 20; i++) {
            get(judge(TILL, false));
        }

        Refusal refusal = (Refusal) Outcomes.failure(judge(TILL, true));

        assertThat(refusal.retryAfterMs()).isEqualTo(Duration.ofMinutes(3).toMillis());
    }

    @Test
    void shouldGainNothingFromGuessesAtOnce() {
        List<Promise<Boolean>> underWay = new ArrayList<>();
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            answers.add(pins.judge(
                    TILL,
                    () -> {
                        Promise<Boolean> promise = Promise.promise();
                        underWay.add(promise);
                        return promise.future();
                    },
                    right -> !right));
        }

        assertThat(underWay).hasSize(20);
        underWay.forEach(promise -> promise.complete(false));
        Awaitility.await().until(() -> answers.stream().allMatch(Future::isComplete));
        assertThat(underWay).hasSize(20);
        assertThat(answers.stream().filter(Future::failed)).hasSize(480);
        assertThat(heldBack.sum()).isEqualTo(480);
    }

    @Test
    void shouldLetRightPinsWaitForEachOtherInTheirOrder() {
        List<Integer> order = new ArrayList<>();
        List<Future<Boolean>> answers = new ArrayList<>();
        Promise<Boolean> first = Promise.promise();
        vertx.getOrCreateContext().runOnContext(turn -> {
            for (int i = 0; i < 200; i++) {
                int number = i;
                answers.add(pins.judge(
                        TILL,
                        () -> {
                            order.add(number);
                            return number < 20 ? first.future() : Future.succeededFuture(true);
                        },
                        right -> !right));
            }
            first.complete(true);
        });

        Awaitility.await().until(() -> answers.size() == 200 && answers.stream().allMatch(Future::succeeded));
        assertThat(order).hasSize(200).isSorted();
    }

    @Test
    void shouldCountNothingWhenNobodyJudged() {
        for (int i = 0; i < 100; i++) {
            assertThat(pins.judge(TILL, () -> Future.<Boolean>failedFuture("away"), right -> !right)
                            .failed())
                    .isTrue();
        }
        assertThat(get(judge(TILL, true))).isTrue();
    }
}

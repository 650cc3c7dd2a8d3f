// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class StamperTest {
    private static final long START_MS = 1_790_000_000_000L;
    private static final long LIMIT_MS = TimeUnit.MINUTES.toMillis(5);

    private final ManualClock clock = new ManualClock(START_MS);
    private final LongAdder alarms = new LongAdder();
    private final Stamper stamper = new Stamper(clock, clock, 0, LIMIT_MS, alarms);

    @Test
    void shouldStampTheWallClock() {
        clock.advanceMs(10);
        assertThat(stamper.readClocks(false)).isFalse();
        assertThat(stamper.stampMs(0)).isEqualTo(START_MS + 10);
    }

    @Test
    void shouldReuseTheLastStampAndAlarmOnceWhileTheClockIsBehind() {
        stamper.stampMs(0);
        clock.stepWallMs(-60_000);
        stamper.readClocks(false);
        assertThat(stamper.stampMs(0)).isEqualTo(START_MS);
        assertThat(stamper.stampMs(0)).isEqualTo(START_MS);
        assertThat(alarms.sum()).isEqualTo(1);

        clock.advanceMs(60_001);
        stamper.readClocks(false);
        assertThat(stamper.stampMs(0)).isEqualTo(START_MS + 1);
    }

    @Test
    void shouldNeverStampBelowTheLastRecordAfterARestart() {
        Stamper restarted = new Stamper(clock, clock, START_MS + 500, LIMIT_MS, alarms);
        assertThat(restarted.stampMs(0)).isEqualTo(START_MS + 500);
    }

    @Test
    void shouldNotSuspectALongPauseInWhichBothClocksWentOn() {
        clock.advanceMs(TimeUnit.HOURS.toMillis(3));
        assertThat(stamper.readClocks(false)).isFalse();
    }

    @Test
    void shouldFreezeAtTheLastGoodStampUntilConfirmed() {
        stamper.stampMs(0);
        clock.advanceMs(5);
        clock.stepWallMs(LIMIT_MS + 1);
        assertThat(stamper.readClocks(false)).isTrue();
        assertThat(stamper.stampMs(0)).isEqualTo(START_MS);

        clock.advanceMs(1_000);
        assertThat(stamper.readClocks(true)).isFalse();
        assertThat(stamper.stampMs(0)).isEqualTo(START_MS);

        assertThat(stamper.readClocks(false)).isFalse();
        assertThat(stamper.stampMs(0)).isEqualTo(START_MS + 5 + LIMIT_MS + 1 + 1_000);
    }

    @Test
    void shouldAcceptAStepUpToTheLimit() {
        clock.stepWallMs(LIMIT_MS);
        assertThat(stamper.readClocks(false)).isFalse();
        assertThat(stamper.stampMs(0)).isEqualTo(START_MS + LIMIT_MS);
    }

    @Test
    void shouldTakeTheJumpOfASandboxAsConfirmed() {
        stamper.stampMs(0);
        long yearMs = TimeUnit.DAYS.toMillis(365);
        assertThat(stamper.readClocks(false)).isFalse();
        assertThat(stamper.stampMs(yearMs)).isEqualTo(START_MS + yearMs);
        assertThat(alarms.sum()).isZero();
    }
}

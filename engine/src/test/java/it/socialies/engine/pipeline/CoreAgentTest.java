// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import it.socialies.engine.client.ClientCounters;
import it.socialies.engine.client.ClientSettings;
import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.client.EngineClient;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;

class CoreAgentTest {
    private static final long START_MS = 1_790_000_000_000L; // 2026-09-21 in Rome

    private final ManualClock clock = new ManualClock(START_MS);
    private final EngineCounters counters = new EngineCounters();
    private final TestCore core = new TestCore();
    private final TestFrames frames = new TestFrames();
    private final CollectedReplies replies = new CollectedReplies();
    private final ManyToOneRingBuffer commandRing = new ManyToOneRingBuffer(memory(1 << 20));
    private final OneToOneRingBuffer outputRing = new OneToOneRingBuffer(memory(512 << 10));
    private long freeLogBytes = 128 << 20;
    private final LogSpace logSpace = new LogSpace(() -> freeLogBytes, 256 << 10);
    private final CoreAgent agent = new CoreAgent(
            core,
            commandRing,
            new CoreOutputPublisher(outputRing, logSpace, counters),
            new Stamper(clock, clock, 0, TimeUnit.MINUTES.toMillis(5), counters.clockAlarms()),
            CoreSettings.DEFAULTS,
            counters,
            new Doorbell(1));
    private final EngineClient client = new EngineClient(
            0,
            commandRing,
            new ManyToOneRingBuffer(memory(512 << 10)),
            ClientSettings.DEFAULTS,
            new ClientCounters(),
            () -> false,
            () -> {},
            clock,
            e -> {
                throw new AssertionError(e);
            });

    @Test
    void shouldStampCommandsWithTimeAndDateOfRome() {
        submit(frames.transfer(1, 10));
        agent.doWork();
        assertThat(core.stamps).containsExactly(START_MS);
        assertThat(core.days).containsExactly((int) LocalDate.of(2026, 9, 21).toEpochDay());
        assertThat(counters.commands().sum()).isEqualTo(1);
    }

    @Test
    void shouldLeaveCommandsInTheirRingWhileTheOutputRingIsFull() {
        int submitted = 0;
        while (client.submit(frames.transfer(submitted + 1, 1), replies.named("t"))) {
            submitted++;
            if (agent.doWork() == 0) {
                break;
            }
        }
        while (agent.doWork() > 0) {
            // until the output ring is full
        }
        long taken = core.lastSequence();
        assertThat(commandRing.size()).isPositive();
        assertThat(taken).isLessThan(submitted);

        while (core.lastSequence() < submitted) {
            assertThat(outputRing.read((type, buffer, index, length) -> {})).isPositive();
            agent.doWork();
        }
        assertThat(commandRing.size()).isZero();
    }

    @Test
    void shouldLeaveCommandsInTheirRingWithoutRoomInTheLog() {
        freeLogBytes = 0;
        submit(frames.transfer(1, 1));
        submit(frames.query());
        assertThat(agent.doWork()).isZero();
        assertThat(core.lastSequence()).isZero();

        freeLogBytes = 128 << 20;
        assertThat(agent.doWork()).isEqualTo(2);
    }

    @Test
    void shouldClaimLogSpaceForEveryRecordUntilItIsWritten() {
        // What is kept aside, one record of the greatest length, and two short ones: the third short one may be the
        // long one.
        freeLogBytes = (256 << 10) + 4 * 4096 + LogSpace.claimOf(32 << 10) + 2 * LogSpace.claimOf(200);
        for (int key = 1; key <= 5; key++) {
            submit(frames.transfer(key, 1));
        }
        agent.doWork();
        assertThat(core.lastSequence()).isEqualTo(3);
        logSpace.settle(LogSpace.claimOf(200));
        agent.doWork();
        assertThat(core.lastSequence()).isEqualTo(4);
    }

    @Test
    void shouldGiveTimeWhenIdleAndStopWhenNothingIsDue() {
        core.ticksDue = 20;
        assertThat(agent.doWork()).isEqualTo(CoreSettings.DEFAULTS.ticksPerDuty());
        while (agent.doWork() > 0) {
            // the rest
        }
        assertThat(core.ticksDue).isZero();
        int ticks = core.ticks;
        agent.doWork();
        assertThat(core.ticks).as("no new millisecond, no tick").isEqualTo(ticks);
        clock.advanceMs(1);
        agent.doWork();
        assertThat(core.ticks).isEqualTo(ticks + 1);
    }

    @Test
    void shouldTickAtIntervalsWhileCommandsKeepComing() {
        submit(frames.transfer(1, 1));
        agent.doWork();
        assertThat(core.ticks).isZero();
        clock.advanceMs(CoreSettings.DEFAULTS.tickIntervalMs());
        submit(frames.transfer(2, 1));
        agent.doWork();
        assertThat(core.ticks).isEqualTo(1);
    }

    @Test
    void shouldSuspectAStepOfTheClockUntilAnOperatorConfirms() {
        submit(frames.transfer(1, 1));
        agent.doWork();
        long stepMs = TimeUnit.HOURS.toMillis(2);
        clock.stepWallMs(stepMs);
        submit(frames.transfer(2, 1));
        agent.doWork();
        assertThat(core.isClockSuspect()).isTrue();
        assertThat(core.lastTimestampMs()).isEqualTo(START_MS);

        clock.advanceMs(1_000);
        core.ticksDue = 1;
        submit(frames.confirmClock(3));
        agent.doWork();
        assertThat(core.isClockSuspect()).isFalse();
        assertThat(core.stamps).containsOnly(START_MS);

        submit(frames.transfer(4, 1));
        agent.doWork();
        assertThat(core.stamps).endsWith(START_MS + stepMs + 1_000);
        assertThat(counters.clockAlarms().sum()).isEqualTo(1);
    }

    @Test
    void shouldNotSuspectTheClockBeforeTheFirstRecord() {
        clock.stepWallMs(TimeUnit.DAYS.toMillis(9000));
        submit(frames.transfer(1, 1));
        agent.doWork();
        assertThat(core.isClockSuspect()).isFalse();
        assertThat(core.stamps).containsExactly(START_MS + TimeUnit.DAYS.toMillis(9000));
    }

    @Test
    void shouldFollowTheClockOfASandboxAtOnce() {
        long dayMs = TimeUnit.DAYS.toMillis(1);
        submit(frames.stepClock(1, dayMs));
        submit(frames.transfer(2, 1));
        agent.doWork();
        agent.doWork();
        assertThat(core.stamps).containsExactly(START_MS, START_MS + dayMs);
        assertThat(core.isClockSuspect()).isFalse();
    }

    private void submit(CommandFrame frame) {
        assertThat(client.submit(frame, replies.named("t"))).isTrue();
    }

    private static UnsafeBuffer memory(int bytes) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes + RingBufferDescriptor.TRAILER_LENGTH, 64));
    }
}

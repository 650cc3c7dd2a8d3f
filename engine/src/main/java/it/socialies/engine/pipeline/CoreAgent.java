// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.core.CoreService;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Hosts the core: takes commands off the command ring, stamps them, lets the core decide, and gives it time. It takes a command only when any result
 * finds room behind it; until then commands stay in their ring, and full rings refuse new ones at the client.
 *
 * <p>Threading: the core thread; the core is touched by nobody else. Any exception halts.
 */
final class CoreAgent implements Agent, ControlledMessageHandler {
    private final CoreService core;
    private final RingBuffer commandRing;
    private final CoreOutputPublisher output;
    private final Stamper stamper;
    private final CoreSettings settings;
    private final EngineCounters counters;
    private final Doorbell logBell;
    private final RomeCalendar calendar = new RomeCalendar();
    private final long tickIntervalNs;

    private long lastTickNs;
    private long lastTickStampMs = Long.MIN_VALUE;
    private boolean moreIsDue;

    CoreAgent(
            CoreService core,
            RingBuffer commandRing,
            CoreOutputPublisher output,
            Stamper stamper,
            CoreSettings settings,
            EngineCounters counters,
            Doorbell logBell) {
        this.core = core;
        this.commandRing = commandRing;
        this.output = output;
        this.stamper = stamper;
        this.settings = settings;
        this.counters = counters;
        this.logBell = logBell;
        this.tickIntervalNs = TimeUnit.MILLISECONDS.toNanos(settings.tickIntervalMs());
        this.lastTickNs = stamper.nowNs();
    }

    @Override
    public int doWork() {
        if (!output.hasRoom()) {
            return 0;
        }
        if (stamper.readClocks(core.isClockSuspect())) {
            suspectClock();
        }
        int commands = commandRing.controlledRead(this, settings.commandsPerDuty());
        counters.commands().add(commands);
        int work = commands + tick(commands == 0);
        if (work > 0) {
            logBell.ring();
        }
        return work;
    }

    @Override
    public Action onMessage(int msgTypeId, MutableDirectBuffer buffer, int index, int length) {
        if (!output.hasRoom()) {
            return Action.ABORT;
        }
        output.beginCommand(buffer, index);
        long stampMs = stamper.stampMs(core.clockOffsetMs());
        core.onCommand(stampMs, calendar.epochDay(stampMs), buffer, index, length, output);
        if (output.calls() != 1) {
            throw new IllegalStateException("the core answered a command " + output.calls() + " times");
        }
        return Action.CONTINUE;
    }

    @Override
    public String roleName() {
        return "core";
    }

    private void suspectClock() {
        if (core.lastSequence() == 0) {
            stamper.acceptStep();
            return;
        }
        long fromMs = stamper.lastStampMs();
        output.beginTick();
        core.onClockSuspected(fromMs, stamper.wallMs() + core.clockOffsetMs(), calendar.epochDay(fromMs), output);
    }

    private int tick(boolean idle) {
        if (core.isClockSuspect()) {
            return 0;
        }
        long stampMs = stamper.stampMs(core.clockOffsetMs());
        boolean due =
                moreIsDue || stamper.nowNs() - lastTickNs >= tickIntervalNs || (idle && stampMs != lastTickStampMs);
        if (!due) {
            return 0;
        }
        lastTickNs = stamper.nowNs();
        lastTickStampMs = stampMs;
        moreIsDue = true;
        int records = 0;
        while (records < settings.ticksPerDuty() && output.hasRoom() && moreIsDue) {
            output.beginTick();
            moreIsDue = core.onTick(stampMs, calendar.epochDay(stampMs), output);
            records += moreIsDue ? 1 : 0;
        }
        return records;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreOutput;
import it.socialies.engine.core.MemorySnapshot;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.workload.CommandMix;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One installation from its first command on, under audit: commands of all kinds, repeated ones, ticks, doubts about the clock, restarts. */
public final class AuditedTown {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final Instant START = Instant.parse("2027-03-01T08:00:00Z");
    private static final long MAX_STEP_MS = 5000;

    private final SplittableRandom random;
    private final CoreLimits limits;
    private final CommandMix mix;
    private final InputHistory history = new InputHistory();
    private final List<DirectBuffer> records = new ArrayList<>();
    private final List<DirectBuffer> sent = new ArrayList<>();
    private final Collected output = new Collected();
    private AuditedCore core;
    private long wallClockMs = START.toEpochMilli();
    private long frozenAtMs;
    private long correlationId;
    private int executed;
    private final Set<String> met = new TreeSet<>();

    AuditedTown(SplittableRandom random, CoreLimits limits) {
        this.random = random;
        this.limits = limits;
        mix = new CommandMix(random.split());
        core = newCore();
    }

    /** Limits of a world, some of them so tight that they are met. */
    public static CoreLimits limits(SplittableRandom random) {
        CoreLimits d = CoreLimits.defaults();
        return new CoreLimits(
                tight(random, d.accounts(), 40, 150),
                tight(random, d.wallets(), 3, 40),
                tight(random, d.cards(), 3, 40),
                tight(random, d.pockets(), 3, 100),
                tight(random, d.holds(), 5, 100),
                tight(random, d.payments(), 3, 60),
                tight(random, d.proposals(), 60, 200),
                tight(random, d.programmes(), 3, 20),
                tight(random, d.merchants(), 2, 8),
                tight(random, d.outlets(), 2, 8),
                tight(random, d.terminals(), 2, 12),
                tight(random, d.operators(), 15, 40),
                tight(random, d.circuits(), 1, 3),
                tight(random, d.keys(), 30, 600),
                d.keyRetentionMinMs(),
                random.nextInt(4) == 0 ? 2 * d.keyRetentionMinMs() : d.keyRetentionMaxMs());
    }

    private static int tight(SplittableRandom random, int usual, int from, int to) {
        return random.nextInt(6) == 0 ? random.nextInt(from, to) : usual;
    }

    private AuditedCore newCore() {
        return new AuditedCore(new ClearingCore(limits, random.nextLong()), limits, history);
    }

    /** Lives through so many commands. */
    void live(int commands) {
        for (int i = 0; i < commands; i++) {
            pass();
            command();
            if (random.nextInt(8) == 0) {
                tick();
            }
            if (random.nextInt(3000) == 0) {
                suspectClock();
            }
            if (random.nextInt(4000) == 0) {
                restart();
            }
            if (i % 100 == 0) {
                core.compareTotals();
            }
        }
        core.compareTotals();
    }

    /** Lets everything fall due, what comes in days before what comes in months. */
    void settle() {
        for (int days : new int[] {1, 1, 2, 4, 400}) {
            wallClockMs += Duration.ofDays(days).toMillis();
            while (tick()) {
                core.compareTotals();
            }
        }
    }

    /** Commands that executed. */
    int executed() {
        return executed;
    }

    /** Names of the events that happened, and of the results of commands that were journaled. */
    Set<String> met() {
        return met;
    }

    private void pass() {
        wallClockMs += switch (random.nextInt(300)) {
            case 0 -> random.nextLong(Duration.ofDays(2).toMillis());
            case 1, 2, 3, 4 -> random.nextLong(Duration.ofHours(1).toMillis());
            default -> random.nextLong(MAX_STEP_MS);
        };
    }

    /** While the clock is suspect, stamps stand still. */
    private long stampMs() {
        return core.isClockSuspect()
                ? Math.max(frozenAtMs, core.lastTimestampMs())
                : wallClockMs + core.clockOffsetMs();
    }

    private static int epochDayOf(long stampMs) {
        return Math.toIntExact(
                Instant.ofEpochMilli(stampMs).atZone(ROME).toLocalDate().toEpochDay());
    }

    private void command() {
        DirectBuffer frame =
                random.nextInt(40) == 0 && !sent.isEmpty() ? sent.get(random.nextInt(sent.size())) : nextFrame();
        long stampMs = stampMs();
        core.onCommand(stampMs, epochDayOf(stampMs), frame, 0, frame.capacity(), output);
    }

    private DirectBuffer nextFrame() {
        MutableDirectBuffer buffer = new ExpandableArrayBuffer(CommandFrameDescriptor.MAX_FRAME_LENGTH);
        int length = mix.next(stampMs(), ++correlationId, buffer, 0);
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        DirectBuffer frame = new UnsafeBuffer(bytes);
        if (sent.size() < 100) {
            sent.add(frame);
        } else {
            sent.set(random.nextInt(100), frame);
        }
        return frame;
    }

    private boolean tick() {
        long stampMs = stampMs();
        return core.onTick(stampMs, epochDayOf(stampMs), output);
    }

    private void suspectClock() {
        if (!core.isClockSuspect()) {
            frozenAtMs = stampMs();
            wallClockMs += random.nextLong(Duration.ofDays(1).toMillis());
            core.onClockSuspected(frozenAtMs, stampMs(), epochDayOf(frozenAtMs), output);
        }
    }

    /** A crash: the last records may be lost, the others come back from a snapshot and the journal. */
    private void restart() {
        int durable = records.size() - random.nextInt(Math.min(5, records.size() + 1));
        records.subList(durable, records.size()).clear();
        history.truncateAfter(durable);
        AuditedCore shadow = newCore();
        int snapshotAt = durable == 0 ? 0 : random.nextInt(durable + 1);
        for (int i = 0; i < durable; i++) {
            if (i == snapshotAt && i > 0) {
                AuditedCore restored = newCore();
                MemorySnapshot.of(shadow).restoreInto(restored);
                shadow = restored;
            }
            DirectBuffer record = records.get(i);
            shadow.onRecord(record, 0, record.capacity());
        }
        core = shadow;
        core.compareTotals();
    }

    private final class Collected implements CoreOutput {
        @Override
        public void onRecord(long sequence, ResultCode outcome, DirectBuffer buffer, int offset, int length) {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            DirectBuffer record = new UnsafeBuffer(bytes);
            records.add(record);
            executed += outcome == ResultCode.OK ? 1 : 0;
            met.add(outcome.name());
            ProtocolSchema.IES
                    .decodeAll(record, RecordDescriptor.HEADER_LENGTH, length)
                    .forEach(event -> met.add(event.name()));
            // Who never hears that the installation started has nothing to do.
            if (sequence == 1 || random.nextInt(50) > 0) {
                mix.learn(record, 0, length);
            }
        }

        @Override
        public void onAnswer(long sequence, ResultCode code, DirectBuffer buffer, int offset, int length) {
            // An answer tells a client nothing that it builds on.
        }

        @Override
        public void onDuplicate(long sequence) {
            DirectBuffer record = records.get(Math.toIntExact(sequence - 1));
            mix.learn(record, 0, record.capacity());
        }
    }
}

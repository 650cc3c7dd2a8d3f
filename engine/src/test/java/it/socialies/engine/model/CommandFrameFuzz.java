// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.model;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.core.CoreOutput;
import it.socialies.engine.core.MemorySnapshot;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.engine.workload.CommandMix;
import it.socialies.fuzzing.FuzzTarget;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Any bytes on the command ring of a town that lives: exactly one answer, the one that the naive model gives; what is refused leaves no trace; the same bytes once more
 * change nothing.
 */
public final class CommandFrameFuzz implements FuzzTarget {
    private static final long START_MS = Instant.parse("2027-03-01T08:00:00Z").toEpochMilli();
    private static final long STEP_MS = 1_500;
    private static final int COMMANDS_BEFORE = 700;
    private static final int SEED_COMMANDS = 1_500;
    private static final int SEEDS_OF_A_KIND = 2;
    private static final long SEED = 3;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final CommandMix mix = new CommandMix(random.split());
    private final InputHistory history = new InputHistory();
    private final Answers answers = new Answers();
    private final MemorySnapshot town;
    private final long townSequence;
    private final long nowMs;
    private final int today;
    private AuditedCore core;

    public CommandFrameFuzz() {
        core = newCore();
        long stampMs = START_MS;
        for (int i = 0; i < COMMANDS_BEFORE; i++, stampMs += STEP_MS) {
            DirectBuffer frame = nextFrame(stampMs, i);
            core.onCommand(stampMs, epochDay(stampMs), frame, 0, frame.capacity(), answers);
        }
        nowMs = stampMs;
        today = epochDay(nowMs);
        town = MemorySnapshot.of(core);
        townSequence = core.lastSequence();
    }

    private AuditedCore newCore() {
        return new AuditedCore(new ClearingCore(CoreLimits.defaults(), SEED), CoreLimits.defaults(), history);
    }

    private static int epochDay(long stampMs) {
        return Math.toIntExact(Instant.ofEpochMilli(stampMs)
                .atZone(ZoneId.of("Europe/Rome"))
                .toLocalDate()
                .toEpochDay());
    }

    private DirectBuffer nextFrame(long stampMs, long correlationId) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(CommandFrameDescriptor.MAX_FRAME_LENGTH);
        byte[] bytes = new byte[mix.next(stampMs, correlationId, buffer, 0)];
        buffer.getBytes(0, bytes);
        return new UnsafeBuffer(bytes);
    }

    @Override
    public void test(byte[] input) {
        enter(input);
        enter(input);
        core.compareTotals();
        if (core.lastSequence() != townSequence) {
            history.truncateAfter(townSequence);
            core = newCore();
            town.restoreInto(core);
        }
    }

    private void enter(byte[] frame) {
        final long sequence = core.lastSequence();
        final long hash = core.coreHash();
        int before = answers.count;
        core.onCommand(nowMs, today, new UnsafeBuffer(frame), 0, frame.length, answers);
        if (answers.count != before + 1) {
            throw new AssertionError(answers.count - before + " answers");
        }
        if (core.lastSequence() == sequence && core.coreHash() != hash) {
            throw new AssertionError("no record, and yet another state");
        }
    }

    /** One frame of each kind and sender, and what makes no sense with them. */
    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Map<Integer, Integer> kinds = new HashMap<>();
        CommandFrameFuzz fresh = new CommandFrameFuzz();
        for (int i = 0; i < SEED_COMMANDS; i++) {
            DirectBuffer frame = fresh.nextFrame(fresh.nowMs, i);
            int kind = frame.capacity() < CommandFrameDescriptor.MESSAGE_OFFSET + 8
                    ? -1
                    : frame.getShort(CommandFrameDescriptor.MESSAGE_OFFSET + 2);
            if (kinds.merge(kind, 1, Integer::sum) <= SEEDS_OF_A_KIND) {
                seeds.add(frame.byteArray().clone());
            }
        }
        return seeds;
    }

    private final class Answers implements CoreOutput {
        private int count;

        @Override
        public void onRecord(long sequence, ResultCode outcome, DirectBuffer buffer, int offset, int length) {
            count++;
            if (townSequence == 0) {
                mix.learn(buffer, offset, length);
            }
        }

        @Override
        public void onAnswer(long sequence, ResultCode code, DirectBuffer buffer, int offset, int length) {
            count++;
        }

        @Override
        public void onDuplicate(long sequence) {
            count++;
        }
    }
}

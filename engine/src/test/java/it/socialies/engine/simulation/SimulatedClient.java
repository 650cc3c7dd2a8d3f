// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.client.ReplyHandler;
import it.socialies.engine.client.SealedFrame;
import it.socialies.engine.pipeline.ClearingEngine;
import it.socialies.engine.pipeline.ManualClock;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.ReplyFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A gateway as the engine meets it: asks again after a timeout or a lost connection, sends duplicates, sends late and out of order, uses a key for something
 * else, and its clock is off. Every reply is held against what the core decided. One thread.
 */
final class SimulatedClient {
    private static final int KEPT_MAX = 64;

    private final int gatewayId;
    private final SplittableRandom random;
    private final ManualClock clock;
    private final Town town;
    private final RecordBook book;
    private final Manners manners;
    private final CommandFrame frame = new CommandFrame();
    private final SequencedSet<Pending> inFlight = new LinkedHashSet<>();
    private final List<Call> unknown = new ArrayList<>();
    private final List<Call> held = new ArrayList<>();
    private final List<Call> answered = new ArrayList<>();
    private @Nullable EngineClient link;
    private @Nullable Decisions decisions;
    private long submitted;
    private long replies;

    /**
     * How a client behaves; chances in a thousand.
     *
     * @param retry asks again what has no answer, rather than something new
     * @param duplicate sends what was answered once more
     * @param other uses a known key for something else
     * @param hold keeps a command back, to send it later
     * @param clockOffMs its clock is off by this
     */
    record Manners(int retry, int duplicate, int other, int hold, long clockOffMs) {}

    SimulatedClient(
            int gatewayId, SplittableRandom random, ManualClock clock, Town town, RecordBook book, Manners manners) {
        this.gatewayId = gatewayId;
        this.random = random;
        this.clock = clock;
        this.town = town;
        this.book = book;
        this.manners = manners;
    }

    /** A process is there to talk to. */
    void connect(ClearingEngine engine, Decisions decisionsOfTheProcess) {
        link = engine.connect(gatewayId);
        decisions = decisionsOfTheProcess;
    }

    /** The process is gone: what became of the calls in flight is unknown. */
    void disconnect() {
        link = null;
        inFlight.forEach(pending -> keep(pending.call));
        inFlight.clear();
    }

    private void keep(Call call) {
        if (call.hasKey()) {
            unknown.add(call);
        }
    }

    /** Sends something. */
    void act() {
        Call call = choose();
        if (random.nextInt(1_000) < manners.hold) {
            held.add(call);
        } else {
            submit(call);
        }
    }

    private Call choose() {
        int dice = random.nextInt(1_000);
        if (!held.isEmpty() && dice < 300) {
            return held.remove(random.nextInt(held.size()));
        }
        dice = random.nextInt(1_000);
        if (dice < manners.retry && !unknown.isEmpty()) {
            return unknown.remove(random.nextInt(unknown.size()));
        }
        dice -= manners.retry;
        if (dice >= 0 && dice < manners.duplicate && !answered.isEmpty()) {
            return answered.get(random.nextInt(answered.size()));
        }
        dice -= manners.duplicate;
        Call next = town.next(clock.time() + manners.clockOffMs);
        if (dice >= 0 && dice < manners.other && !answered.isEmpty() && next.hasKey()) {
            return answered.get(random.nextInt(answered.size())).withMessageOf(next);
        }
        return next;
    }

    /** Asks again one call whose outcome is unknown; false when there is none. */
    boolean settle() {
        if (!held.isEmpty()) {
            submit(held.removeLast());
            return true;
        }
        if (unknown.isEmpty()) {
            return false;
        }
        submit(unknown.removeLast());
        return true;
    }

    boolean isSettled() {
        return unknown.isEmpty() && held.isEmpty() && inFlight.isEmpty();
    }

    private void submit(Call call) {
        EngineClient to = link;
        if (to == null) {
            keep(call);
            return;
        }
        call.writeTo(frame);
        Pending pending = new Pending(call);
        inFlight.add(pending);
        if (to.submit(frame, pending)) {
            submitted++;
            pending.sent(frame);
        } else {
            inFlight.remove(pending);
            keep(call);
        }
    }

    void receive() throws Exception {
        EngineClient from = link;
        if (from != null) {
            from.egress().doWork();
        }
    }

    long submitted() {
        return submitted;
    }

    long replies() {
        return replies;
    }

    private final class Pending implements ReplyHandler {
        private final Call call;
        private long correlationId;
        private long fingerprintHi;
        private long fingerprintLo;

        private Pending(Call call) {
            this.call = call;
        }

        private void sent(CommandFrame sealed) {
            DirectBuffer bytes = SealedFrame.of(sealed);
            correlationId = bytes.getLong(CommandFrameDescriptor.CORRELATION_ID_OFFSET, LITTLE_ENDIAN);
            fingerprintHi = bytes.getLong(CommandFrameDescriptor.FINGERPRINT_HI_OFFSET, LITTLE_ENDIAN);
            fingerprintLo = bytes.getLong(CommandFrameDescriptor.FINGERPRINT_LO_OFFSET, LITTLE_ENDIAN);
        }

        @Override
        public void onReply(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length) {
            if (!inFlight.remove(this)) {
                throw new Violation("a call was answered twice");
            }
            replies++;
            UnsafeBuffer bytes = new UnsafeBuffer(body, offset, length);
            book.acknowledge(sequence);
            Expected expected = Objects.requireNonNull(decisions).take(gatewayId, correlationId);
            if (expected == null) {
                throw new Violation("a reply " + kind + " " + code + " at " + sequence + " that the core never gave");
            }
            switch (expected) {
                case Expected.Recorded record ->
                    require(
                            kind == ReplyFrameDescriptor.KIND_RECORD
                                    && isRecord(record.sequence(), code, sequence, bytes),
                            expected);
                case Expected.Answer answer ->
                    require(
                            kind == ReplyFrameDescriptor.KIND_ANSWER
                                    && code == answer.code()
                                    && sequence == answer.sequence()
                                    && bytes.equals(answer.body()),
                            expected);
                case Expected.Duplicate duplicate ->
                    require(isRightAgain(duplicate.sequence(), kind, code, sequence, bytes), expected);
            }
            if (answered.size() < KEPT_MAX) {
                answered.add(call);
            } else {
                answered.set(random.nextInt(KEPT_MAX), call);
            }
            town.learn(kind, body, offset, length);
        }

        private boolean isRightAgain(long first, int kind, ResultCode code, long sequence, UnsafeBuffer bytes) {
            if (kind == ReplyFrameDescriptor.KIND_RECORD_HIT) {
                return isRecord(first, code, sequence, bytes) && isSameCommand(bytes);
            }
            return kind == ReplyFrameDescriptor.KIND_ANSWER
                    && sequence == first
                    && bytes.capacity() == 0
                    && (code == ResultCode.IDEMPOTENCY_KEY_BURNED || code == ResultCode.IDEMPOTENCY_KEY_REUSED)
                    && !isSameCommand(book.entry(first).bytes());
        }

        private boolean isRecord(long expectedSequence, ResultCode code, long sequence, UnsafeBuffer bytes) {
            return sequence == expectedSequence
                    && bytes.equals(book.entry(sequence).bytes())
                    && code.value() == (bytes.getShort(RecordDescriptor.OUTCOME_OFFSET, LITTLE_ENDIAN) & 0xFFFF);
        }

        private boolean isSameCommand(UnsafeBuffer view) {
            return view.getLong(RecordDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN) == call.keyHi()
                    && view.getLong(RecordDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN) == call.keyLo()
                    && view.getLong(RecordDescriptor.FINGERPRINT_HI_OFFSET, LITTLE_ENDIAN) == fingerprintHi
                    && view.getLong(RecordDescriptor.FINGERPRINT_LO_OFFSET, LITTLE_ENDIAN) == fingerprintLo;
        }

        private void require(boolean holds, Expected expected) {
            if (!holds) {
                throw new Violation("gateway " + gatewayId + " was not told what the core decided: " + expected);
            }
        }

        @Override
        public void onTimeout() {
            inFlight.remove(this);
            keep(call);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.snapshot;

import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.client.ReplyHandler;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.perf.pipeline.MeasuredEngine;
import it.socialies.perf.town.Keys;
import it.socialies.perf.town.Principal;
import it.socialies.perf.town.Town;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Payments that come at their own rate, whatever becomes of the ones before. The time of a payment counts from the moment it was due, so a stall is
 * felt by all that were due in it (no coordinated omission).
 *
 * <p>Threading: a thread of its own sends; replies come on the client's egress thread; any thread may look.
 */
public final class SteadyLoad {
    /** Longer than the client waits. */
    static final long MAX_LATENCY_NS = TimeUnit.SECONDS.toNanos(60);

    /** Significant digits of latencies. */
    static final int DIGITS = 3;

    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final MeasuredEngine engine;
    private final double perSecond;
    private final Recorder latencyNs = new Recorder(MAX_LATENCY_NS, DIGITS);
    private final LongConsumer paid;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Thread sender = new Thread(this::send, "perf-load");
    private volatile boolean stopped;

    private SteadyLoad(MeasuredEngine engine, double perSecond, LongConsumer paid) {
        this.engine = engine;
        this.perSecond = perSecond;
        this.paid = paid;
    }

    static SteadyLoad start(MeasuredEngine engine, double perSecond) {
        return start(engine, perSecond, sequence -> {});
    }

    /** @param paid hears of each payment's sequence when its answer comes, on the egress thread */
    public static SteadyLoad start(MeasuredEngine engine, double perSecond, LongConsumer paid) {
        SteadyLoad load = new SteadyLoad(engine, perSecond, paid);
        load.sender.start();
        return load;
    }

    /** What was answered since the last call, in nanoseconds from when it was due. */
    Histogram takeLatencyNs() {
        return latencyNs.getIntervalHistogram();
    }

    /** Payments that were not let in, or came back as anything but paid. */
    public long refused() {
        return refused.get();
    }

    /** Payments without an answer in time. */
    public long unanswered() {
        return unanswered.get();
    }

    private void send() {
        EngineClient client = engine.client();
        Town town = engine.town();
        Town.Payer payer = new Town.Payer();
        Keys keys = new Keys(3);
        SplittableRandom random = new SplittableRandom(4);
        CommandFrame frame = new CommandFrame();
        UnsafeBuffer message = new UnsafeBuffer(new byte[CommandFrameDescriptor.MAX_FRAME_LENGTH]);
        long startNs = System.nanoTime();
        for (int sent = 0; !stopped; sent++) {
            long dueNs = startNs + (long) (sent * 1e9 / perSecond);
            while (dueNs - System.nanoTime() > 0) {
                LockSupport.parkNanos(PAUSE_NS);
            }
            Principal terminal = town.terminal(sent);
            keys.next(engine.nowMs());
            int wallet = random.nextInt(town.plan().wallets());
            frame.from(terminal.kind(), terminal.id(), terminal.circuitId())
                    .key(keys.hi(), keys.lo())
                    .message(message, 0, payer.write(message, 0, wallet, 1));
            if (!client.submit(frame, new Answer(dueNs))) {
                refused.incrementAndGet();
            }
        }
    }

    private final class Answer implements ReplyHandler {
        private final long dueNs;

        private Answer(long dueNs) {
            this.dueNs = dueNs;
        }

        @Override
        public void onReply(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length) {
            latencyNs.recordValue(Math.min(System.nanoTime() - dueNs, MAX_LATENCY_NS));
            if (code == ResultCode.OK) {
                paid.accept(sequence);
            } else {
                refused.incrementAndGet();
            }
        }

        @Override
        public void onTimeout() {
            unanswered.incrementAndGet();
        }
    }

    /** Sends no more; what was sent may still be answered. */
    public void stop() throws InterruptedException {
        stopped = true;
        sender.join();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.pipeline;

import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.client.ReplyHandler;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.ReplyFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.town.Keys;
import it.socialies.perf.town.Principal;
import it.socialies.perf.town.Purchases;
import it.socialies.perf.town.Town;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * So many customers, each paying again as soon as the answer is there: what the pipeline gives when it is never without work, and how long each answer then
 * takes. It says nothing about an arrival rate.
 *
 * <p>Threading: {@link #run} on the suite's thread, which hands in the first payments; every further one is handed in where its predecessor's answer comes,
 * on the egress thread of the client, so that the load needs no thread of its own.
 */
public final class ClosedLoop {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final EngineClient client;
    private final Town town;
    private final LongSupplier clock;
    private final Purchases purchases;
    private final Shopper starter = new Shopper(11);
    private final Shopper follower = new Shopper(12);

    private final AtomicInteger shopping = new AtomicInteger();
    private volatile boolean paying;
    private volatile @Nullable String failure;
    private long maxPayments;
    private long answered;
    private long endNs;
    private long endedNs;
    private Histogram latencyNs = new Histogram(3);

    /**
     * @param clock the installation's time, in milliseconds since the epoch
     * @param purchases what is bought; their shops are those of the town
     */
    public ClosedLoop(EngineClient client, Town town, LongSupplier clock, Purchases purchases) {
        this.client = client;
        this.town = town;
        this.clock = clock;
        this.purchases = purchases;
    }

    /**
     * A stretch of payments without pause.
     *
     * @param payments answered within it
     * @param ns its length
     */
    public record Burst(long payments, long ns) {}

    /**
     * Pays until the time is over, or exactly so many payments are made.
     *
     * @param payments at least as many as may be outstanding
     * @param into takes the latency of each
     */
    public Burst run(int outstanding, long payments, long ns, Histogram into) throws SuiteFailed {
        maxPayments = payments - outstanding;
        latencyNs = into;
        answered = 0;
        long startNs = System.nanoTime();
        endNs = startNs + ns;
        paying = true;
        shopping.set(outstanding);
        for (int i = 0; i < outstanding; i++) {
            starter.pay(new Customer(), System.nanoTime());
        }
        while (shopping.get() > 0) {
            LockSupport.parkNanos(POLL_NS);
            String failed = failure;
            if (failed != null) {
                throw new SuiteFailed(failed);
            }
        }
        return new Burst(answered, endedNs - startNs);
    }

    private void fail(String why) {
        failure = why;
        paying = false;
    }

    /** What one thread needs to write payments. */
    private final class Shopper {
        private final CommandFrame frame = new CommandFrame();
        private final UnsafeBuffer message = new UnsafeBuffer(new byte[CommandFrameDescriptor.MAX_FRAME_LENGTH]);
        private final Town.Payer payer = new Town.Payer();
        private final Keys keys;

        private Shopper(long seed) {
            keys = new Keys(seed);
        }

        private void pay(Customer customer, long nowNs) {
            long number = purchases.take();
            Principal terminal = town.terminal(purchases.shop(number));
            int length = payer.write(message, 0, purchases.wallet(number), purchases.cents(number));
            keys.next(clock.getAsLong());
            frame.from(terminal.kind(), terminal.id(), terminal.circuitId())
                    .key(keys.hi(), keys.lo())
                    .message(message, 0, length);
            customer.sentNs = nowNs;
            if (!client.submit(frame, customer)) {
                fail("a payment found no room: the rings are too small for this load");
            }
        }
    }

    private final class Customer implements ReplyHandler {
        private long sentNs;

        @Override
        public void onReply(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length) {
            if (code != ResultCode.OK || kind != ReplyFrameDescriptor.KIND_RECORD) {
                fail("a payment was refused: " + code);
                return;
            }
            long nowNs = System.nanoTime();
            latencyNs.recordValue(nowNs - sentNs);
            if (paying) {
                answered++;
                paying = nowNs < endNs && answered <= maxPayments;
                endedNs = nowNs;
            }
            if (paying) {
                follower.pay(this, nowNs);
            } else {
                shopping.decrementAndGet();
            }
        }

        @Override
        public void onTimeout() {
            fail("a payment was not answered in time");
        }
    }
}

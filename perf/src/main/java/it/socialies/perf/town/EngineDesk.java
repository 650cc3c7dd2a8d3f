// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.town;

import it.socialies.engine.client.CommandFrame;
import it.socialies.engine.client.EngineClient;
import it.socialies.engine.client.ReplyHandler;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.ReplyFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A running engine, many commands at once. Records are heard of on its egress thread. */
public final class EngineDesk implements Desk {
    private static final long PAUSE_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final EngineClient client;
    private final LongSupplier clock;
    private final Keys keys = new Keys(2);
    private final CommandFrame frame = new CommandFrame();
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[CommandFrameDescriptor.MAX_FRAME_LENGTH]);
    private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();
    private final AtomicLong unheard = new AtomicLong();

    /** @param clock the installation's time, in milliseconds since the epoch */
    public EngineDesk(EngineClient client, LongSupplier clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public void submit(Principal who, Message command, Consumer<Events> onRecord) {
        keys.next(nowMs());
        frame.from(who.kind(), who.id(), who.circuitId())
                .key(keys.hi(), keys.lo())
                .message(message, 0, command.write(message, 0));
        unheard.incrementAndGet();
        while (!client.submit(frame, new Hearer(onRecord))) {
            failOnRefusal();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public void await() {
        while (unheard.get() > 0) {
            LockSupport.parkNanos(PAUSE_NS);
        }
        failOnRefusal();
    }

    @Override
    public long nowMs() {
        return clock.getAsLong();
    }

    private void failOnRefusal() {
        String refused = refusal.get();
        if (refused != null) {
            throw new IllegalStateException(refused);
        }
    }

    private final class Hearer implements ReplyHandler {
        private final Consumer<Events> onRecord;

        private Hearer(Consumer<Events> onRecord) {
            this.onRecord = onRecord;
        }

        @Override
        public void onReply(int kind, ResultCode code, long sequence, DirectBuffer body, int offset, int length) {
            if (code == ResultCode.OK && kind == ReplyFrameDescriptor.KIND_RECORD) {
                onRecord.accept(new Events(body, offset, length));
            } else {
                refusal.compareAndSet(null, "refused: " + code);
            }
            unheard.decrementAndGet();
        }

        @Override
        public void onTimeout() {
            refusal.compareAndSet(null, "no answer in time");
            unheard.decrementAndGet();
        }
    }
}

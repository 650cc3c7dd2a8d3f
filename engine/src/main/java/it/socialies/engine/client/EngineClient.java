// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.CommandFrameDescriptor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * A gateway's way into the engine. {@link #submit} never waits: it puts the frame on the command ring, or refuses it. Once entered, the handler hears
 * exactly once: a reply, or a timeout, which means that the outcome is unknown and the same key must be asked again.
 *
 * <p>Threading: any thread may submit, each with a {@link CommandFrame} of its own; handlers run on the egress thread.
 */
public final class EngineClient {
    /** The one message type of the command ring and of reply rings. */
    public static final int FRAME_MSG_TYPE_ID = 1;

    private final int gatewayId;
    private final RingBuffer commandRing;
    private final PendingCalls pending;
    private final ClientCounters counters;
    private final BooleanSupplier storageLow;
    private final Runnable coreBell;
    private final NanoClock nanoClock;
    private final long timeoutNs;
    private final EgressAdapter egress;
    private volatile boolean closed;

    /**
     * Wires a client to its rings. {@code ClearingEngine.connect} calls it.
     *
     * @param storageLow true while the disk is nearly full: frames with a key are refused
     * @param coreBell called after each frame that entered, should the core be asleep
     * @param errorHandler hears of reply handlers that throw
     */
    public EngineClient(
            int gatewayId,
            RingBuffer commandRing,
            RingBuffer replyRing,
            ClientSettings settings,
            ClientCounters counters,
            BooleanSupplier storageLow,
            Runnable coreBell,
            NanoClock nanoClock,
            ErrorHandler errorHandler) {
        this.gatewayId = gatewayId;
        this.commandRing = commandRing;
        this.counters = counters;
        this.storageLow = storageLow;
        this.coreBell = coreBell;
        this.nanoClock = nanoClock;
        this.timeoutNs = TimeUnit.MILLISECONDS.toNanos(settings.timeoutMs());
        this.pending = new PendingCalls(settings.maxInFlight());
        this.egress = new EgressAdapter(replyRing, pending, settings, counters, nanoClock, errorHandler);
    }

    /**
     * Submits a frame.
     *
     * @return true: entered, and the handler will hear; false: not entered, and the handler will never hear (503: full, storage low, or closed)
     */
    public boolean submit(CommandFrame frame, ReplyHandler handler) {
        if (frame.hasKey() && storageLow.getAsBoolean()) {
            counters.storageLow().increment();
            return false;
        }
        PendingCall call = closed ? null : pending.acquire();
        if (call == null) {
            counters.busy().increment();
            return false;
        }
        int length;
        try {
            length = frame.seal(gatewayId);
        } catch (RuntimeException e) {
            pending.release(call);
            throw e;
        }
        long correlationId = call.begin(handler, nanoClock.nanoTime() + timeoutNs);
        frame.buffer().putLong(CommandFrameDescriptor.CORRELATION_ID_OFFSET, correlationId, LITTLE_ENDIAN);
        if (commandRing.write(FRAME_MSG_TYPE_ID, frame.buffer(), 0, length)) {
            coreBell.run();
            egress.abandonIfEnded(correlationId);
            return true;
        }
        if (pending.complete(correlationId) == null) {
            return true; // its timeout was called meanwhile: the handler has heard
        }
        counters.busy().increment();
        return false;
    }

    /** True while frames with a key are refused because the disk is nearly full. */
    public boolean isStorageLow() {
        return storageLow.getAsBoolean();
    }

    /** Frames submitted and not yet answered; a snapshot. */
    public int inFlight() {
        return pending.inFlight();
    }

    /** Frames that may be in flight at once. */
    public int maxInFlight() {
        return pending.capacity();
    }

    public int gatewayId() {
        return gatewayId;
    }

    /** From now on nothing enters; replies still come until the egress agent is closed. */
    public void stopAccepting() {
        closed = true;
    }

    /** The agent that delivers replies; the engine runs it, a test steps it. */
    public Agent egress() {
        return egress;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.client;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.ReplyFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes replies off the reply ring of a gateway and calls their handlers; calls the timeout of those that waited too long.
 *
 * <p>Threading: an agent with a thread of its own. A handler that throws is counted and reported to the error handler; the others go on.
 */
final class EgressAdapter implements Agent, MessageHandler {
    private static final int REPLIES_PER_DUTY = 256;

    private final RingBuffer replyRing;
    private final PendingCalls pending;
    private final ClientCounters counters;
    private final ErrorHandler errorHandler;
    private final NanoClock nanoClock;
    private final long expiryScanNs;
    private long nextScanNs;
    private volatile boolean ended;

    EgressAdapter(
            RingBuffer replyRing,
            PendingCalls pending,
            ClientSettings settings,
            ClientCounters counters,
            NanoClock nanoClock,
            ErrorHandler errorHandler) {
        this.replyRing = replyRing;
        this.pending = pending;
        this.counters = counters;
        this.errorHandler = errorHandler;
        this.nanoClock = nanoClock;
        this.expiryScanNs = TimeUnit.MILLISECONDS.toNanos(settings.expiryScanMs());
        this.nextScanNs = nanoClock.nanoTime() + expiryScanNs;
    }

    @Override
    public int doWork() {
        int work = replyRing.read(this, REPLIES_PER_DUTY);
        long nowNs = nanoClock.nanoTime();
        if (nowNs - nextScanNs >= 0) {
            nextScanNs = nowNs + expiryScanNs;
            work += expire(nowNs);
        }
        return work;
    }

    @Override
    public void onMessage(int msgTypeId, MutableDirectBuffer buffer, int index, int length) {
        ReplyHandler handler =
                pending.complete(buffer.getLong(index + ReplyFrameDescriptor.CORRELATION_ID_OFFSET, LITTLE_ENDIAN));
        if (handler == null) {
            counters.lateReplies().increment();
            return;
        }
        try {
            handler.onReply(
                    buffer.getByte(index + ReplyFrameDescriptor.KIND_OFFSET),
                    ResultCode.get(buffer.getShort(index + ReplyFrameDescriptor.CODE_OFFSET, LITTLE_ENDIAN) & 0xFFFF),
                    buffer.getLong(index + ReplyFrameDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN),
                    buffer,
                    index + ReplyFrameDescriptor.BODY_OFFSET,
                    length - ReplyFrameDescriptor.BODY_OFFSET);
        } catch (RuntimeException e) {
            onHandlerError(e);
        }
    }

    @Override
    public void onClose() {
        while (replyRing.read(this, REPLIES_PER_DUTY) > 0) {
            // what has arrived is still delivered
        }
        ended = true;
        for (int slot = 0; slot < pending.capacity(); slot++) {
            timeOut(pending.abandon(slot));
        }
    }

    @Override
    public String roleName() {
        return "egress";
    }

    /** For a frame that entered while the client closed: if nobody delivers replies any more, its handler hears of a timeout here. */
    void abandonIfEnded(long correlationId) {
        if (ended) {
            timeOut(pending.complete(correlationId));
        }
    }

    private int expire(long nowNs) {
        int expired = 0;
        for (int slot = 0; slot < pending.capacity(); slot++) {
            expired += timeOut(pending.expire(slot, nowNs));
        }
        return expired;
    }

    private int timeOut(@Nullable ReplyHandler handler) {
        if (handler == null) {
            return 0;
        }
        counters.timeouts().increment();
        try {
            handler.onTimeout();
        } catch (RuntimeException e) {
            onHandlerError(e);
        }
        return 1;
    }

    private void onHandlerError(RuntimeException e) {
        counters.handlerErrors().increment();
        errorHandler.onError(e);
    }
}

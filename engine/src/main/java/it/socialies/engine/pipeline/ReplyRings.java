// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.client.EngineClient;
import it.socialies.engine.protocol.ReplyFrameDescriptor;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * The reply rings of the gateways. A reply that finds no room, or no gateway, is dropped and counted: a slow gateway never holds up the others.
 *
 * <p>Threading: any thread connects; the log thread and the answer reader send.
 */
final class ReplyRings {
    private final AtomicReferenceArray<RingBuffer> rings;
    private final AtomicReferenceArray<Doorbell> bells;
    private final LongAdder dropped;

    ReplyRings(int maxGateways, LongAdder dropped) {
        this.rings = new AtomicReferenceArray<>(maxGateways);
        this.bells = new AtomicReferenceArray<>(maxGateways);
        this.dropped = dropped;
    }

    /** Gives a gateway its ring. */
    void connect(int gatewayId, RingBuffer ring, Doorbell bell) {
        if (gatewayId < 0 || gatewayId >= rings.length()) {
            throw new IllegalArgumentException("gateway ids are 0 to " + (rings.length() - 1) + ", not " + gatewayId);
        }
        if (!rings.compareAndSet(gatewayId, null, ring)) {
            throw new IllegalArgumentException("gateway " + gatewayId + " is connected already");
        }
        bells.setRelease(gatewayId, bell);
    }

    /** Sends a reply, or drops it. */
    void send(
            int gatewayId,
            long correlationId,
            int kind,
            int code,
            long sequence,
            DirectBuffer body,
            int offset,
            int length) {
        RingBuffer ring = gatewayId < rings.length() ? rings.getAcquire(gatewayId) : null;
        int index = ring == null
                ? RingBuffer.INSUFFICIENT_CAPACITY
                : ring.tryClaim(EngineClient.FRAME_MSG_TYPE_ID, ReplyFrameDescriptor.BODY_OFFSET + length);
        if (ring == null || index == RingBuffer.INSUFFICIENT_CAPACITY) {
            dropped.increment();
            return;
        }
        AtomicBuffer out = ring.buffer();
        out.putLong(index + ReplyFrameDescriptor.CORRELATION_ID_OFFSET, correlationId, LITTLE_ENDIAN);
        out.putLong(index + ReplyFrameDescriptor.KIND_OFFSET, 0, LITTLE_ENDIAN);
        out.putByte(index + ReplyFrameDescriptor.KIND_OFFSET, (byte) kind);
        out.putShort(index + ReplyFrameDescriptor.CODE_OFFSET, (short) code, LITTLE_ENDIAN);
        out.putLong(index + ReplyFrameDescriptor.SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        out.putBytes(index + ReplyFrameDescriptor.BODY_OFFSET, body, offset, length);
        ring.commit(index);
        Doorbell bell = bells.getAcquire(gatewayId);
        if (bell != null) {
            bell.ring();
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.core.CoreOutput;
import it.socialies.engine.protocol.CommandFrameDescriptor;
import it.socialies.engine.protocol.sbe.ResultCode;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Writes what the core decides to the output ring, together with who waits for it.
 *
 * <p>Threading: the core thread. {@link #hasRoom} is asked before the core decides; afterwards a full ring or log is a failure that halts.
 */
final class CoreOutputPublisher implements CoreOutput {
    // Twice: the ring may have to pad up to its end before a frame of the greatest length.
    private static final int WORST_CASE_BYTES =
            2 * (OutputFrameDescriptor.MAX_LENGTH + RecordDescriptor.HEADER_LENGTH + RecordDescriptor.ALIGNMENT);

    private final OneToOneRingBuffer ring;
    private final LogSpace logSpace;
    private final EngineCounters counters;

    private long correlationId;
    private long keyHi;
    private long keyLo;
    private long fingerprintHi;
    private long fingerprintLo;
    private int gatewayId;
    private int calls;

    CoreOutputPublisher(OneToOneRingBuffer ring, LogSpace logSpace, EngineCounters counters) {
        if (ring.maxMsgLength() < OutputFrameDescriptor.MAX_LENGTH) {
            throw new IllegalArgumentException("the output ring is too small: " + ring.capacity());
        }
        this.ring = ring;
        this.logSpace = logSpace;
        this.counters = counters;
    }

    /** True when any one result of the core finds room in the ring and in the commit log. */
    boolean hasRoom() {
        return ring.capacity() - ring.size() >= WORST_CASE_BYTES && logSpace.hasRoom();
    }

    /** The next call answers this command frame. */
    void beginCommand(DirectBuffer frame, int offset) {
        correlationId = frame.getLong(offset + CommandFrameDescriptor.CORRELATION_ID_OFFSET, LITTLE_ENDIAN);
        keyHi = frame.getLong(offset + CommandFrameDescriptor.KEY_HI_OFFSET, LITTLE_ENDIAN);
        keyLo = frame.getLong(offset + CommandFrameDescriptor.KEY_LO_OFFSET, LITTLE_ENDIAN);
        fingerprintHi = frame.getLong(offset + CommandFrameDescriptor.FINGERPRINT_HI_OFFSET, LITTLE_ENDIAN);
        fingerprintLo = frame.getLong(offset + CommandFrameDescriptor.FINGERPRINT_LO_OFFSET, LITTLE_ENDIAN);
        gatewayId = frame.getShort(offset + CommandFrameDescriptor.GATEWAY_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        calls = 0;
    }

    /** The next call, if any, comes from time alone: nobody waits for it. */
    void beginTick() {
        correlationId = 0;
        keyHi = 0;
        keyLo = 0;
        fingerprintHi = 0;
        fingerprintLo = 0;
        gatewayId = OutputFrameDescriptor.NO_GATEWAY;
        calls = 0;
    }

    /** How often the core called since the last begin. */
    int calls() {
        return calls;
    }

    @Override
    public void onRecord(long sequence, ResultCode outcome, DirectBuffer buffer, int offset, int length) {
        logSpace.claim(length);
        counters.records().increment();
        publish(OutputFrameDescriptor.RECORD, sequence, outcome, buffer, offset, length);
    }

    @Override
    public void onAnswer(long sequence, ResultCode code, DirectBuffer buffer, int offset, int length) {
        publish(OutputFrameDescriptor.ANSWER, sequence, code, buffer, offset, length);
    }

    @Override
    public void onDuplicate(long sequence) {
        counters.duplicates().increment();
        publish(OutputFrameDescriptor.DUPLICATE, sequence, ResultCode.OK, ring.buffer(), 0, 0);
    }

    private void publish(int type, long sequence, ResultCode code, DirectBuffer body, int offset, int length) {
        calls++;
        int index = ring.tryClaim(type, OutputFrameDescriptor.BODY_OFFSET + length);
        if (index == RingBuffer.INSUFFICIENT_CAPACITY) {
            throw new IllegalStateException("the output ring is full at sequence " + sequence);
        }
        AtomicBuffer out = ring.buffer();
        out.putLong(index + OutputFrameDescriptor.CORRELATION_ID_OFFSET, correlationId, LITTLE_ENDIAN);
        out.putLong(index + OutputFrameDescriptor.KEY_HI_OFFSET, keyHi, LITTLE_ENDIAN);
        out.putLong(index + OutputFrameDescriptor.KEY_LO_OFFSET, keyLo, LITTLE_ENDIAN);
        out.putLong(index + OutputFrameDescriptor.FINGERPRINT_HI_OFFSET, fingerprintHi, LITTLE_ENDIAN);
        out.putLong(index + OutputFrameDescriptor.FINGERPRINT_LO_OFFSET, fingerprintLo, LITTLE_ENDIAN);
        out.putLong(index + OutputFrameDescriptor.SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        out.putShort(index + OutputFrameDescriptor.GATEWAY_ID_OFFSET, (short) gatewayId, LITTLE_ENDIAN);
        out.putShort(index + OutputFrameDescriptor.CODE_OFFSET, (short) code.value(), LITTLE_ENDIAN);
        out.putInt(index + OutputFrameDescriptor.CODE_OFFSET + 2, 0, LITTLE_ENDIAN);
        out.putBytes(index + OutputFrameDescriptor.BODY_OFFSET, body, offset, length);
        ring.commit(index);
    }
}

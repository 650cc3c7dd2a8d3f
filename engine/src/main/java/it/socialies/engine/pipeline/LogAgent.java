// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchBuilder;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.commitlog.CommitLog;
import it.socialies.engine.protocol.ReplyFrameDescriptor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * Makes records durable and only then lets replies out. One duty: take what the core has decided so far, up to a batch, without waiting for more;
 * write and synchronise it once; publish the durable sequence; release the replies that waited for it; hand the batch to the journal.
 *
 * <p>An answer that changes nothing waits in the same order, so it never tells of a record that is not durable. When idle, a bare mark says how far
 * the log is complete.
 *
 * <p>Threading: the log thread. A failed write or sync throws, and halts.
 */
final class LogAgent implements Agent, ControlledMessageHandler {
    private final OneToOneRingBuffer outputRing;
    private final CommitLog log;
    private final BatchBuilder batch;
    private final LogSpace logSpace;
    private final HeldReplies held;
    private final ReplyRings replyRings;
    private final OneToOneRingBuffer duplicateRing;
    private final OneToOneRingBuffer journalRing;
    private final EnginePositions positions;
    private final EngineCounters counters;
    private final Doorbell coreBell;
    private final Doorbell journalBell;
    private final NanoClock nanoClock;
    private final int journalRoomBytes;
    private final long idleMarkNs;
    private final HeldReplies.FrameHandler release = this::release;

    private final AtomicLong heldBytes = new AtomicLong();

    private long claimBytes;
    private long durableSequence;
    private long markedSequence;
    private long lastBatchNs;

    /**
     * @param chain the chain behind the last durable record
     * @param maxBatchBytes no batch is longer
     * @param idleMarkMs milliseconds without a record after which a bare mark is written
     */
    LogAgent(
            OneToOneRingBuffer outputRing,
            CommitLog log,
            Chain chain,
            int maxBatchBytes,
            LogSpace logSpace,
            ReplyRings replyRings,
            OneToOneRingBuffer duplicateRing,
            OneToOneRingBuffer journalRing,
            EnginePositions positions,
            EngineCounters counters,
            Doorbell coreBell,
            Doorbell journalBell,
            NanoClock nanoClock,
            long idleMarkMs) {
        this.outputRing = outputRing;
        this.log = log;
        this.batch = new BatchBuilder(maxBatchBytes);
        this.logSpace = logSpace;
        this.held = new HeldReplies(2 * maxBatchBytes);
        this.replyRings = replyRings;
        this.duplicateRing = duplicateRing;
        this.journalRing = journalRing;
        this.positions = positions;
        this.counters = counters;
        this.coreBell = coreBell;
        this.journalBell = journalBell;
        this.nanoClock = nanoClock;
        this.idleMarkNs = TimeUnit.MILLISECONDS.toNanos(idleMarkMs);
        // Twice: the ring may have to pad up to its end first.
        this.journalRoomBytes = 2 * (maxBatchBytes + 16);
        if (journalRing.maxMsgLength() < maxBatchBytes || journalRing.capacity() < journalRoomBytes) {
            throw new IllegalArgumentException("the journal ring is too small: " + journalRing.capacity());
        }
        durableSequence = chain.sequence();
        lastBatchNs = nanoClock.nanoTime();
        batch.reset(chain);
    }

    @Override
    public int doWork() {
        if (journalRing.capacity() - journalRing.size() < journalRoomBytes) {
            return 0;
        }
        int frames = outputRing.controlledRead(this);
        heldBytes.lazySet(held.bytes());
        if (batch.count() > 0) {
            commit();
        }
        held.release(release);
        heldBytes.lazySet(0);
        if (frames == 0) {
            return markWhenIdle();
        }
        journalBell.ring();
        coreBell.ring(); // it may wait for room
        return frames;
    }

    @Override
    public Action onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
        if (!held.hasRoomFor(length)) {
            return Action.ABORT;
        }
        if (type == OutputFrameDescriptor.RECORD) {
            int recordLength = length - OutputFrameDescriptor.BODY_OFFSET;
            if (!batch.tryAppend(buffer, index + OutputFrameDescriptor.BODY_OFFSET, recordLength)) {
                return Action.ABORT;
            }
            claimBytes += LogSpace.claimOf(recordLength);
        }
        int gatewayId = buffer.getShort(index + OutputFrameDescriptor.GATEWAY_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
        if (gatewayId != OutputFrameDescriptor.NO_GATEWAY) {
            held.hold(type, buffer, index, length);
        }
        return Action.CONTINUE;
    }

    /** Clean stop: what the core decided becomes durable and is answered, then the log says that nothing is missing behind it. */
    @Override
    public void onClose() {
        while (doWork() > 0) {
            // until nothing is left
        }
        if (outputRing.size() == 0) {
            log.writeMark(true);
        }
    }

    @Override
    public String roleName() {
        return "log";
    }

    /** Replies that wait for the sync under way, in bytes; any thread may ask. */
    long heldBytes() {
        return heldBytes.get();
    }

    private void commit() {
        batch.seal(durableSequence, log.positionFor(batch.batchLength()), 0);
        log.append(batch);
        markedSequence = durableSequence;
        durableSequence = batch.lastSequence();
        positions.durable(durableSequence);
        logSpace.settle(claimBytes);
        claimBytes = 0;
        counters.batches().increment();
        counters.batchRecords().record(batch.count());
        if (!journalRing.write(1, batch.buffer(), 0, batch.batchLength())) {
            throw new IllegalStateException("no room on the journal ring, which had room");
        }
        batch.reset(batch.chain());
        lastBatchNs = nanoClock.nanoTime();
    }

    private void release(int type, DirectBuffer frame, int offset, int length) {
        long sequence = frame.getLong(offset + OutputFrameDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
        if (sequence > durableSequence) {
            throw new IllegalStateException("a reply at " + sequence + " would leave above durable " + durableSequence);
        }
        if (type == OutputFrameDescriptor.DUPLICATE) {
            if (!duplicateRing.write(type, frame, offset, length)) {
                counters.droppedReplies().increment();
            }
            return;
        }
        replyRings.send(
                frame.getShort(offset + OutputFrameDescriptor.GATEWAY_ID_OFFSET, LITTLE_ENDIAN) & 0xFFFF,
                frame.getLong(offset + OutputFrameDescriptor.CORRELATION_ID_OFFSET, LITTLE_ENDIAN),
                type == OutputFrameDescriptor.RECORD
                        ? ReplyFrameDescriptor.KIND_RECORD
                        : ReplyFrameDescriptor.KIND_ANSWER,
                frame.getShort(offset + OutputFrameDescriptor.CODE_OFFSET, LITTLE_ENDIAN) & 0xFFFF,
                sequence,
                frame,
                offset + OutputFrameDescriptor.BODY_OFFSET,
                length - OutputFrameDescriptor.BODY_OFFSET);
    }

    private int markWhenIdle() {
        if (markedSequence >= durableSequence
                || nanoClock.nanoTime() - lastBatchNs < idleMarkNs
                || !log.writeMark(false)) {
            return 0;
        }
        markedSequence = durableSequence;
        counters.marks().increment();
        return 1;
    }
}

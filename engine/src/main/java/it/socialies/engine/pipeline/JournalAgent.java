// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.commitlog.CommitLog;
import it.socialies.engine.journal.queue.JournalQueue;
import it.socialies.engine.measures.Distribution;
import it.socialies.engine.protocol.BatchDescriptor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/**
 * Appends durable batches to the journal, forces it at intervals and whenever half of the commit log waits for it, and then lets the log overwrite
 * what the journal holds. It also watches the free space of the disk.
 *
 * <p>Threading: the journal thread; {@link #isStorageLow} any thread. A failed append or force throws, and halts.
 */
final class JournalAgent implements Agent, MessageHandler {
    private static final int BATCHES_PER_DUTY = 16;

    private final OneToOneRingBuffer journalRing;
    private final JournalQueue queue;
    private final CommitLog log;
    private final EnginePositions positions;
    private final JournalSettings settings;
    private final Doorbell coreBell;
    private final Doorbell logBell;
    private final NanoClock nanoClock;
    private final LongSupplier usableBytes;
    private final Distribution forceNs;
    private final long lowLogBytes;

    private long unforcedBytes;
    private long unforcedSinceNs;
    private long endPosition;
    private long nextStorageCheckNs;
    private volatile long storageFreeBytes;
    private volatile boolean storageLow;

    /**
     * @param usableBytes free space of the disk under the data folder
     * @param forceNs hears how long each force of the journal took
     */
    JournalAgent(
            OneToOneRingBuffer journalRing,
            JournalQueue queue,
            CommitLog log,
            EnginePositions positions,
            JournalSettings settings,
            Doorbell coreBell,
            Doorbell logBell,
            NanoClock nanoClock,
            LongSupplier usableBytes,
            Distribution forceNs) {
        this.journalRing = journalRing;
        this.queue = queue;
        this.log = log;
        this.positions = positions;
        this.settings = settings;
        this.coreBell = coreBell;
        this.logBell = logBell;
        this.nanoClock = nanoClock;
        this.usableBytes = usableBytes;
        this.forceNs = forceNs;
        this.lowLogBytes = log.freeBytes() / 2;
        this.nextStorageCheckNs = nanoClock.nanoTime();
        this.storageFreeBytes = usableBytes.getAsLong();
    }

    @Override
    public int doWork() {
        long nowNs = nanoClock.nanoTime();
        if (nowNs - nextStorageCheckNs >= 0) {
            nextStorageCheckNs = nowNs + TimeUnit.MILLISECONDS.toNanos(settings.storageCheckMs());
            storageFreeBytes = usableBytes.getAsLong();
            storageLow = storageFreeBytes < settings.storageReserveBytes();
        }
        int batches = journalRing.read(this, BATCHES_PER_DUTY);
        if (batches > 0) {
            logBell.ring(); // it may wait for room
        }
        if (isForceDue(nowNs)) {
            force();
        }
        return batches;
    }

    @Override
    public void onMessage(int msgTypeId, MutableDirectBuffer buffer, int index, int length) {
        queue.append(buffer, index, length);
        positions.journaled(BatchView.lastSequence(buffer, index));
        endPosition = BatchView.endPosition(buffer, index);
        if (unforcedBytes == 0) {
            unforcedSinceNs = nanoClock.nanoTime();
        }
        unforcedBytes += BatchDescriptor.blocksLength(length);
    }

    /** Everything durable is in the journal, and forced. */
    @Override
    public void onClose() {
        while (journalRing.read(this, BATCHES_PER_DUTY) > 0) {
            // until nothing is left
        }
        if (unforcedBytes > 0) {
            force();
        }
    }

    @Override
    public String roleName() {
        return "journal";
    }

    /** True while the disk has less free space than the reserve. */
    boolean isStorageLow() {
        return storageLow;
    }

    /** Free space of the disk, as last looked at; any thread may ask. */
    long storageFreeBytes() {
        return storageFreeBytes;
    }

    private boolean isForceDue(long nowNs) {
        return unforcedBytes > 0
                && (unforcedBytes >= settings.forceBytes()
                        || nowNs - unforcedSinceNs >= TimeUnit.MILLISECONDS.toNanos(settings.forceIntervalMs())
                        || log.freeBytes() < lowLogBytes);
    }

    private void force() {
        long startNs = nanoClock.nanoTime();
        queue.force();
        forceNs.record(nanoClock.nanoTime() - startNs);
        log.releaseUpTo(endPosition);
        unforcedBytes = 0;
        coreBell.ring(); // it may wait for room
    }
}

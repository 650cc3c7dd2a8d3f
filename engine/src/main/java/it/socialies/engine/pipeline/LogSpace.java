// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.pipeline;

import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The claims of the core on space in the commit log. Before it takes a command, the core makes sure that even a record of the greatest length, alone
 * in its batch, finds room; so whatever was executed can be made durable without waiting for the journal.
 *
 * <p>A claim counts the blocks of a batch with this record only. Batches hold many records, so claims are never too small.
 *
 * <p>Threading: {@link #hasRoom} and {@link #claim} the core thread, {@link #settle} the log thread, {@link #inFlightBytes} any.
 */
final class LogSpace {
    private static final long MAX_CLAIM = claimOf(RecordDescriptor.MAX_RECORD_LENGTH);

    private final LongSupplier freeBytes;
    private final long keptAsideBytes;
    private final AtomicLong settledBytes = new AtomicLong();
    private final AtomicLong claimedBytes = new AtomicLong();

    /**
     * @param freeBytes what the commit log can still take before something must be released; read from the core thread
     * @param maxBatchBytes what a lap may leave unused at its end
     */
    LogSpace(LongSupplier freeBytes, int maxBatchBytes) {
        this.freeBytes = freeBytes;
        // The unused end of a lap, the file header, bare marks and the clean stop.
        keptAsideBytes = BatchDescriptor.blocksLength(maxBatchBytes) + 4L * BatchDescriptor.BLOCK_LENGTH;
    }

    static long claimOf(int recordLength) {
        return BatchDescriptor.blocksLength(
                BatchDescriptor.HEADER_LENGTH + BatchDescriptor.alignedLength(recordLength));
    }

    /** True when any one record still finds room. */
    boolean hasRoom() {
        // Settled first: a batch takes its space before it settles its claims, so this never counts a record as
        // neither.
        long inFlightBytes = claimedBytes.getPlain() - settledBytes.getAcquire();
        return inFlightBytes + MAX_CLAIM + keptAsideBytes <= freeBytes.getAsLong();
    }

    void claim(int recordLength) {
        claimedBytes.lazySet(claimedBytes.getPlain() + claimOf(recordLength));
    }

    /** Claimed and not yet settled; any thread may ask. */
    long inFlightBytes() {
        long settled = settledBytes.getAcquire(); // first, so that the difference is never negative
        return claimedBytes.getAcquire() - settled;
    }

    /** The records of a batch that was written claimed this much together. */
    void settle(long claimBytes) {
        settledBytes.setRelease(settledBytes.getPlain() + claimBytes);
    }
}

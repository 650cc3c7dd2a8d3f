// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.examination.BatchInspector;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import org.agrona.DirectBuffer;

/** The batches of a history that were looked at and handed on, in order, and what they come to. One thread. */
final class AuditedBatches {
    private static final int STAMP_OFFSET = BatchDescriptor.HEADER_LENGTH + RecordDescriptor.TIMESTAMP_OFFSET;

    private final HistoryAudit.Handler handler;
    private final BatchInspector inspector = new BatchInspector();
    private long count;
    private long bytes;
    private long firstTimestampMs;
    private Chain end = new Chain();

    AuditedBatches(HistoryAudit.Handler handler) {
        this.handler = handler;
    }

    /** Looks at the next batch of the history as closely as can be. */
    void inspect(DirectBuffer buffer, int offset, int length, BatchInspector.Faults faults) {
        inspector.inspect(buffer, offset, length, faults);
    }

    /** Hands a good batch on. {@code chain} is the one behind it. */
    void hand(DirectBuffer buffer, int offset, int length, Chain chain) {
        if (firstTimestampMs == 0) {
            firstTimestampMs = buffer.getLong(offset + STAMP_OFFSET, LITTLE_ENDIAN);
        }
        count++;
        bytes += length;
        end = chain.copy();
        handler.onBatch(buffer, offset, length, end);
    }

    long count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    /** Stamp of the first record handed on; 0 when there is none. */
    long firstTimestampMs() {
        return firstTimestampMs;
    }

    /** Stamp of the last record looked at. */
    long lastTimestampMs() {
        return inspector.lastStampMs();
    }

    /** The chain behind the last batch handed on. */
    Chain end() {
        return end;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.core.ClearingCore;
import it.socialies.engine.core.CoreLimits;
import it.socialies.engine.journal.BatchHandler;
import it.socialies.engine.journal.BatchView;
import it.socialies.engine.journal.JournalTailer;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.ops.data.DataFolder;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** A core of its own, fed with the journal from the first record: what the history says the state must be. One thread. */
final class Replay implements AutoCloseable, BatchHandler {
    private static final int BATCHES_PER_POLL = 1_000;

    private final ClearingCore core = new ClearingCore(CoreLimits.defaults());
    private final JournalTailer tailer;
    private long watchedSequence = -1;
    private @Nullable StateHash watched;

    Replay(DataFolder folder) {
        tailer = JournalTailer.open(folder.engine());
    }

    /** Applies all that is there now. */
    void toEnd() {
        while (tailer.poll(this, BATCHES_PER_POLL) > 0) {
            // On to the next batches.
        }
    }

    /** From now on remembers the state at this sequence, if the replay comes by it. */
    void watch(long sequence) {
        watchedSequence = sequence;
        watched = core.lastSequence() == sequence ? state() : null;
    }

    /** The state at the watched sequence, or null when the replay has not come by it. */
    @Nullable
    StateHash watched() {
        return watched;
    }

    StateHash state() {
        return new StateHash(core.lastSequence(), core.coreHash(), core.ledgerHash());
    }

    @Override
    public void onBatch(DirectBuffer buffer, int offset, int length) {
        int position = offset + BatchDescriptor.HEADER_LENGTH;
        for (int i = 0; i < BatchView.count(buffer, offset); i++) {
            int recordLength = buffer.getInt(position + RecordDescriptor.LENGTH_OFFSET, LITTLE_ENDIAN);
            core.onRecord(buffer, position, recordLength);
            if (core.lastSequence() == watchedSequence) {
                watched = state();
            }
            position += BatchDescriptor.alignedLength(recordLength);
        }
    }

    @Override
    public void close() {
        tailer.close();
    }
}

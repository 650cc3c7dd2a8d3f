// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.journal.batch.BatchBuilder;
import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal in memory, with true batches and a true chain. One thread appends, others read, each with a reader of its own. */
final class FakeJournal {
    private final BatchBuilder builder = new BatchBuilder();
    private final List<byte[]> batches = new CopyOnWriteArrayList<>();
    private final List<Chain> chains = new CopyOnWriteArrayList<>(List.of(new Chain()));

    /** Appends the records as one batch, or more when they do not fit. */
    void append(final List<byte[]> records) {
        if (records.isEmpty()) {
            return;
        }
        builder.reset(chains.getLast());
        for (final byte[] record : records) {
            if (!builder.tryAppend(new UnsafeBuffer(record), 0, record.length)) {
                seal();
                builder.reset(chains.getLast());
                builder.tryAppend(new UnsafeBuffer(record), 0, record.length);
            }
        }
        seal();
    }

    private void seal() {
        builder.seal(builder.firstSequence() - 1, 0, 0);
        final byte[] batch = new byte[builder.batchLength()];
        builder.buffer().getBytes(0, batch);
        chains.add(builder.chain().copy());
        batches.add(batch);
    }

    long lastSequence() {
        return chains.getLast().sequence();
    }

    BatchSource reader() {
        return new Reader();
    }

    private final class Reader implements BatchSource {
        private int next;

        @Override
        public void moveAfter(final Chain known) {
            next = chains.indexOf(known);
            if (next < 0) {
                throw new JournalDamaged(
                        known.sequence(), "the journal has another chain hash at record " + known.sequence());
            }
        }

        @Override
        public int poll(final BatchHandler handler, final int batchLimit) {
            int handed = 0;
            while (handed < batchLimit && next < batches.size()) {
                final byte[] batch = batches.get(next++);
                handler.onBatch(new UnsafeBuffer(batch), 0, batch.length);
                handed++;
            }
            return handed;
        }

        @Override
        public Chain chain() {
            return chains.get(next);
        }

        @Override
        public void close() {}
    }
}

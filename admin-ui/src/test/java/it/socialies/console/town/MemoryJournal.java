// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.town;

import it.socialies.engine.journal.batch.BatchBuilder;
import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.projection.BatchSource;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The records of a core as batches with their chain, for the projector to follow. One thread. */
final class MemoryJournal {
    private final BatchBuilder builder = new BatchBuilder();
    private final List<byte[]> batches = new ArrayList<>();
    private final List<Chain> chains = new ArrayList<>(List.of(new Chain()));

    void append(List<byte[]> records) {
        for (int next = 0; next < records.size(); ) {
            builder.reset(chains.getLast());
            while (next < records.size() && append(records.get(next))) {
                next++;
            }
            builder.seal(builder.firstSequence() - 1, 0, 0);
            byte[] batch = new byte[builder.batchLength()];
            builder.buffer().getBytes(0, batch);
            batches.add(batch);
            chains.add(builder.chain().copy());
        }
    }

    private boolean append(byte[] record) {
        return builder.tryAppend(new UnsafeBuffer(record), 0, record.length);
    }

    long lastSequence() {
        return chains.getLast().sequence();
    }

    BatchSource reader() {
        return new BatchSource() {
            private int next;

            @Override
            public void moveAfter(Chain known) {
                next = chains.indexOf(known);
            }

            @Override
            public int poll(BatchHandler handler, int batchLimit) {
                int handed = 0;
                while (handed < batchLimit && next < batches.size()) {
                    byte[] batch = batches.get(next++);
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
        };
    }
}

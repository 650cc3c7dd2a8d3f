// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A data folder with an engine reduced to its journal: appends to the log, and to the queue when told; starts and stops. */
final class Installation implements AutoCloseable {
    static final JournalConfig CONFIG = new JournalConfig(1L << 20, 64 * 1024, false);

    final DataFolder folder;
    final LogFiles files;
    final List<Long> replayed = new ArrayList<>();
    final BatchBuilder batch = new BatchBuilder(CONFIG.maxBatchBytes());
    /** In the log, not yet in the queue. */
    final List<UnsafeBuffer> waiting = new ArrayList<>();

    RecoveryResult state;

    Installation(Path root, LogFiles files) throws IOException {
        folder = DataFolder.create(root);
        this.files = files;
    }

    Installation(Path root) throws IOException {
        this(root, LogFiles.REAL);
    }

    Installation start() {
        return start(CONFIG);
    }

    Installation start(JournalConfig config) {
        replayed.clear();
        state = Recovery.recover(folder, config, files, new Chain(), (buffer, offset, length) -> {
            long sequence = buffer.getLong(offset + 8);
            UnsafeBuffer expected = new UnsafeBuffer(Records.record(sequence));
            assertThat(new UnsafeBuffer(buffer, offset, length)).isEqualTo(expected);
            replayed.add(sequence);
        });
        for (int i = 0; i < replayed.size(); i++) {
            assertThat(replayed.get(i)).isEqualTo(i + 1L);
        }
        assertThat(state.chain().sequence()).isEqualTo(replayed.size());
        return this;
    }

    /** Appends durable batches of a few records. */
    Installation log(int batches) {
        for (int i = 0; i < batches; i++) {
            Records.fill(batch, state.log(), 1 + (int) (state.log().chain().sequence() % 5));
            state.log().append(batch);
            byte[] copy = new byte[batch.batchLength()];
            batch.buffer().getBytes(0, copy);
            waiting.add(new UnsafeBuffer(copy));
        }
        return this;
    }

    /** Appends to the queue what waits for it. */
    Installation journal() {
        for (UnsafeBuffer document : waiting) {
            state.queue().append(document, 0, document.capacity());
        }
        waiting.clear();
        return this;
    }

    Installation forceAndRelease() {
        journal();
        state.queue().force();
        state.log().releaseUpTo(state.log().position());
        return this;
    }

    long lastSequence() {
        return state.log().chain().sequence();
    }

    /** Stops without a word, as a killed process does. */
    Installation kill() throws IOException {
        waiting.clear();
        state.queue().close();
        state.log().close();
        return this;
    }

    @Override
    public void close() throws IOException {
        kill();
    }
}

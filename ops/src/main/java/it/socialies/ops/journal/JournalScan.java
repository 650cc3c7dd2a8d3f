// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchHandler;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.RecordHandler;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.engine.protocol.sbe.MessageHeaderDecoder;
import it.socialies.ops.data.DataFolder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** Reads a journal from its first record, verified and read-only, also while a node appends to it. */
public final class JournalScan {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final long POLL_PAUSE_MS = 20;
    private static final int BATCHES_PER_POLL = 1_000;

    /** Receives the events of records one by one; the buffers are valid only during the call. */
    @FunctionalInterface
    public interface EventHandler {
        /**
         * Takes one event.
         *
         * @param header of the message, wrapped
         * @param offset of the message's body in {@code buffer}
         */
        void onEvent(RecordView record, MessageHeaderDecoder header, DirectBuffer buffer, int offset);
    }

    private final it.socialies.engine.journal.files.DataFolder folder;

    private JournalScan(it.socialies.engine.journal.files.DataFolder folder) {
        this.folder = folder;
    }

    public static JournalScan of(DataFolder folder) {
        return new JournalScan(folder.engine());
    }

    /**
     * Hands over the records from 1 to {@code lastSequence}, waiting for those that a running node has yet to append.
     *
     * @throws IllegalStateException when they do not come in time
     */
    public void records(long lastSequence, RecordHandler handler) {
        Upto upto = new Upto(lastSequence, handler);
        long endNs = System.nanoTime() + WAIT.toNanos();
        try (JournalTailer tailer = JournalTailer.open(folder)) {
            while (upto.reached < lastSequence) {
                int batches = tailer.poll(upto, BATCHES_PER_POLL);
                if (batches > 0) {
                    endNs = System.nanoTime() + WAIT.toNanos();
                } else if (System.nanoTime() > endNs) {
                    throw new IllegalStateException(
                            "The journal ends at record " + upto.reached + " and should hold " + lastSequence);
                } else {
                    pause();
                }
            }
        }
    }

    /** Hands over whatever is there now; returns the last sequence. */
    public long recordsUntilEnd(RecordHandler handler) {
        Upto upto = new Upto(Long.MAX_VALUE, handler);
        try (JournalTailer tailer = JournalTailer.open(folder)) {
            while (tailer.poll(upto, BATCHES_PER_POLL) > 0) {
                // On to the next batches.
            }
        }
        return upto.reached;
    }

    /** The same, event by event. */
    public void events(long lastSequence, EventHandler handler) {
        records(lastSequence, new EventReader(handler));
    }

    /** Takes the records out of batches, up to one. */
    private static final class Upto implements BatchHandler {
        private final long last;
        private final RecordHandler handler;
        private long reached;

        private Upto(long last, RecordHandler handler) {
            this.last = last;
            this.handler = handler;
        }

        @Override
        public void onBatch(DirectBuffer buffer, int offset, int length) {
            int position = offset + BatchDescriptor.HEADER_LENGTH;
            for (int i = 0; i < BatchView.count(buffer, offset) && reached < last; i++) {
                int recordLength = buffer.getInt(position + RecordDescriptor.LENGTH_OFFSET, LITTLE_ENDIAN);
                reached = buffer.getLong(position + RecordDescriptor.SEQUENCE_OFFSET, LITTLE_ENDIAN);
                handler.onRecord(buffer, position, recordLength);
                position += BatchDescriptor.alignedLength(recordLength);
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

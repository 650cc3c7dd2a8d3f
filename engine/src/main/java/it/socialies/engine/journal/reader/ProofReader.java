// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.reader;

import static java.nio.ByteOrder.BIG_ENDIAN;

import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.batch.BatchVerifier;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.batch.MerklePath;
import it.socialies.engine.journal.files.DataFolder;
import it.socialies.engine.protocol.BatchDescriptor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes proofs from journal and archive, in the engine's process or another one. What it reads it verifies, Merkle roots included, so that no proof is given of what is
 * damaged. Read-only; one thread at a time, off the core.
 */
public final class ProofReader implements AutoCloseable {
    private static final int STEP_LENGTH = BatchDescriptor.HASH_LENGTH + Integer.BYTES;

    private final HistoryCursor cursor;

    private ProofReader(HistoryCursor cursor) {
        this.cursor = cursor;
    }

    /** Opens read-only; the journal need not exist yet. */
    public static ProofReader open(DataFolder folder) {
        return new ProofReader(new HistoryCursor(folder));
    }

    /**
     * Proves a record up to the end of a batch.
     *
     * @param upTo last record of a batch, at or behind {@code sequence}; 0 for the end of the record's own batch
     * @param batchesMax how many batches may lie behind the record's
     * @return null when the history does not hold the record, or does not go as far (yet)
     * @throws ProofTooLong when there are more batches
     * @throws JournalDamaged when what was read is not what was written
     */
    public @Nullable RecordProof prove(long sequence, long upTo, int batchesMax) {
        int length = sequence < 1 ? HistoryCursor.NOTHING : cursor.find(sequence);
        if (length == HistoryCursor.NOTHING) {
            return null;
        }
        BatchFrame frame = cursor.frame();
        if (!frame.hasIntactHeader()) {
            throw new JournalDamaged(sequence, "the journal is damaged at record " + sequence + ": bad batch header");
        }
        Chain before = BatchView.chainBefore(frame.buffer(), 0);
        BatchVerifier verifier = new BatchVerifier("journal", before).withMerkleRoots();
        cursor.verify(verifier, length);
        int count = BatchView.count(frame.buffer(), 0);
        byte[] record = recordOf(frame.buffer(), sequence);
        List<byte[]> path = pathOf(frame.buffer(), sequence);
        byte[] behind = walk(verifier, upTo, batchesMax);
        return behind == null
                ? null
                : new RecordProof(
                        record, before, count, path, behind, verifier.chain().copy());
    }

    private static byte[] recordOf(UnsafeBuffer batch, long sequence) {
        List<byte[]> found = new ArrayList<>(1);
        BatchRecords.forEach(batch, 0, sequence - 1, (buffer, offset, length) -> {
            if (found.isEmpty()) {
                byte[] record = new byte[length];
                buffer.getBytes(offset, record);
                found.add(record);
            }
        });
        return found.getFirst();
    }

    private static List<byte[]> pathOf(UnsafeBuffer batch, long sequence) {
        MerklePath path = new MerklePath();
        BatchRecords.forEach(batch, 0, 0, path::add);
        return path.of((int) (sequence - BatchView.firstSequence(batch, 0)));
    }

    private byte @Nullable [] walk(BatchVerifier verifier, long upTo, int batchesMax) {
        ByteBuffer steps = ByteBuffer.allocate(STEP_LENGTH * 16).order(BIG_ENDIAN);
        for (int batches = 0; verifier.chain().sequence() < upTo; batches++) {
            if (batches == batchesMax) {
                throw new ProofTooLong(batchesMax);
            }
            int length = cursor.next();
            if (length == HistoryCursor.NOTHING) {
                return null;
            }
            cursor.verify(verifier, length);
            if (steps.remaining() < STEP_LENGTH) {
                steps = ByteBuffer.allocate(2 * steps.capacity())
                        .order(BIG_ENDIAN)
                        .put(steps.flip());
            }
            UnsafeBuffer batch = cursor.frame().buffer();
            batch.getBytes(BatchDescriptor.MERKLE_ROOT_OFFSET, steps, BatchDescriptor.HASH_LENGTH);
            steps.putInt(BatchView.count(batch, 0));
        }
        byte[] bytes = new byte[steps.position()];
        steps.flip().get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        cursor.close();
    }
}

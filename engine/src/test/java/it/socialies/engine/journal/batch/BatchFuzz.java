// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.examination.BatchInspector;
import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import it.socialies.fuzzing.Edits;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.verifier.history.Batch;
import it.socialies.verifier.history.HistoryCheck;
import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.history.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Bytes where a batch should lie: edits of a good one, and then, by the first byte, made to fit again: nothing (0), the checksums (1), checksums and Merkle root (2).
 * Where the root was not mended, no other record is taken for what was written, nor other padding by an auditor, and the record that is named lies in the batch.
 * The engine's two readers and the standalone verifier are of one mind.
 */
public final class BatchFuzz implements FuzzTarget {
    private static final long BEFORE = 41;
    private static final int RECORDS = 6;
    private static final int MENDINGS = 3;

    private final Chain begin = new Chain(BEFORE, new byte[BatchDescriptor.HASH_LENGTH]);
    private final BatchFrame frame = new BatchFrame(BatchDescriptor.MAX_BATCH_LENGTH);
    private final UnsafeBuffer buffer = frame.buffer();
    private final byte[] good;

    public BatchFuzz() {
        BatchBuilder builder = new BatchBuilder();
        builder.reset(begin);
        for (int i = 1; i <= RECORDS; i++) {
            MutableDirectBuffer record = Records.record(BEFORE + i);
            builder.tryAppend(record, 0, record.capacity());
        }
        builder.seal(BEFORE, 8_192, 0);
        good = new byte[builder.batchLength()];
        builder.buffer().getBytes(0, good);
    }

    @Override
    public void test(byte[] input) {
        int mending = input.length == 0 ? 0 : (input[0] & 0xFF) % MENDINGS;
        byte[] edited = Edits.apply(good, input, Math.min(1, input.length));
        if (edited.length > BatchDescriptor.MAX_BATCH_LENGTH) {
            return;
        }
        buffer.setMemory(0, frame.capacity(), (byte) 0);
        buffer.putBytes(0, edited);
        mend(mending, edited.length);
        byte[] batch = new byte[edited.length];
        buffer.getBytes(0, batch);

        boolean isTaken = isTakenByReader(edited.length);
        if (isTaken && !hasSameRecords(batch) && mending < 2) {
            throw new AssertionError("other records are taken for what was written");
        }
        boolean isTakenByAuditor = isTaken && isTakenByInspector(edited.length);
        if (isTakenByAuditor && !isSameBody(batch) && mending < 2) {
            throw new AssertionError("another body is taken for what was written");
        }
        boolean isTakenByVerifier = isTakenByVerifier(batch);
        if (isTakenByAuditor != isTakenByVerifier) {
            throw new AssertionError(
                    "taken by the engine's auditor: " + isTakenByAuditor + ", by the verifier: " + isTakenByVerifier);
        }
        if (!isTaken && mending == 0 && Arrays.equals(batch, good)) {
            throw new AssertionError("the good batch is refused");
        }
    }

    private boolean isSameBody(byte[] batch) {
        int from = BatchDescriptor.HEADER_LENGTH;
        return batch.length == good.length && Arrays.mismatch(batch, from, batch.length, good, from, good.length) < 0;
    }

    /** A start recomputes what vouches for the records; what lies in the padding between them it leaves to the auditors. */
    private boolean hasSameRecords(byte[] batch) {
        boolean isSame = batch.length == good.length;
        UnsafeBuffer written = new UnsafeBuffer(good);
        for (int i = 0, at = BatchDescriptor.HEADER_LENGTH; i < RECORDS && isSame; i++) {
            int length = written.getInt(at, LITTLE_ENDIAN);
            isSame = Arrays.equals(batch, at, at + length, good, at, at + length);
            at += BatchDescriptor.alignedLength(length);
        }
        return isSame;
    }

    private boolean isTakenByReader(int length) {
        try {
            new BatchVerifier("journal", begin).withMerkleRoots().accept(frame, length);
            return true;
        } catch (JournalDamaged damage) {
            if (damage.sequence() <= BEFORE) {
                throw new AssertionError("names record " + damage.sequence() + ", which was good before", damage);
            }
            return false;
        }
    }

    private boolean isTakenByInspector(int length) {
        List<Object> faults = new ArrayList<>();
        new BatchInspector().inspect(buffer, 0, length, (kind, offset, first, last, detail) -> faults.add(kind));
        return faults.isEmpty();
    }

    private static boolean isTakenByVerifier(byte[] batch) {
        it.socialies.verifier.history.Chain before =
                new it.socialies.verifier.history.Chain(BEFORE, new byte[BatchDescriptor.HASH_LENGTH]);
        try {
            Batch read = new Batch(batch, new Place("batch", 0));
            if (read.hasIntactHeader() && read.length() != batch.length) {
                return false;
            }
            new HistoryCheck(before, (record, place) -> {}).accept(read);
            return true;
        } catch (NotAsWritten e) {
            return false;
        }
    }

    private void mend(int mending, int length) {
        if (mending == 0 || length < BatchDescriptor.HEADER_LENGTH) {
            return;
        }
        MerkleTree merkle = new MerkleTree();
        int count = BatchView.count(buffer, 0);
        int at = BatchDescriptor.HEADER_LENGTH;
        boolean whole = count > 0;
        for (int i = 0; i < count; i++) {
            int recordLength = at + RecordDescriptor.HEADER_LENGTH <= length ? buffer.getInt(at, LITTLE_ENDIAN) : -1;
            whole = recordLength >= RecordDescriptor.HEADER_LENGTH && recordLength <= length - at;
            if (!whole) {
                break;
            }
            buffer.putInt(
                    at + RecordDescriptor.CRC_OFFSET,
                    frame.crcOf(at + RecordDescriptor.SEQUENCE_OFFSET, at + recordLength),
                    LITTLE_ENDIAN);
            merkle.add(buffer, at, recordLength);
            at += BatchDescriptor.alignedLength(recordLength);
        }
        if (mending == 2 && whole) {
            byte[] root = new byte[BatchDescriptor.HASH_LENGTH];
            merkle.root(root);
            buffer.putBytes(BatchDescriptor.MERKLE_ROOT_OFFSET, root);
        }
        buffer.putInt(
                BatchDescriptor.BODY_CRC_OFFSET, frame.crcOf(BatchDescriptor.HEADER_LENGTH, length), LITTLE_ENDIAN);
        buffer.putInt(BatchDescriptor.HEADER_CRC_OFFSET, frame.headerCrc(), LITTLE_ENDIAN);
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int mending = 0; mending < MENDINGS; mending++) {
            for (int offset :
                    new int[] {0, 12, 14, 16, 24, 32, 36, 40, 48, 60, 64, 96, 128, 132, 136, 144, 160, 208, 212}) {
                byte[] edit = Edits.script(offset % 2, offset, 1, 0);
                byte[] seed = new byte[1 + edit.length];
                seed[0] = (byte) mending;
                System.arraycopy(edit, 0, seed, 1, edit.length);
                seeds.add(seed);
            }
        }
        return seeds;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import it.socialies.engine.journal.batch.BatchCursor;
import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.batch.BatchVerifier;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.fuzzing.Edits;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Edits of a good segment of the archive. First byte: 0 nothing more; 1 checksums made to fit; 2 the digest too; 3 edits of what the last block holds, compressed again into a
 * sound file. Read to its end under a digest that was not made to fit, a file gives what was written or is refused as damaged. A look-up gives a batch with the record in
 * it, or refuses. A batch that the chain vouches for is the one that was written.
 */
public final class ArchiveFuzz implements FuzzTarget {
    private static final int LENGTH_MAX = 1 << 20;

    private final ArchiveBytes good = new ArchiveBytes();
    private final BatchFrame frame = new BatchFrame(BatchDescriptor.MAX_BATCH_LENGTH);
    private final Path folder = Files.createTempDirectory("ies-fuzz-archive");
    private final ArchiveName name = ArchiveName.of(folder, 1, good.lastSequence());

    public ArchiveFuzz() throws IOException {
        folder.toFile().deleteOnExit();
    }

    @Override
    public void test(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        int kind = input[0] & 3;
        byte[] file = edited(kind, input);
        if (file.length > LENGTH_MAX) {
            return;
        }
        Files.write(name.path(), file);
        try {
            judge(file, kind < 2);
        } finally {
            Files.delete(name.path());
        }
    }

    private byte[] edited(int kind, byte[] input) {
        if (kind == 3) {
            byte[] raw = Edits.apply(good.lastBlock(), input, 1);
            return raw.length > ArchiveFormat.BLOCK_BYTES_MAX ? new byte[0] : good.withLastBlock(raw);
        }
        byte[] file = Edits.apply(good.file(), input, 1).clone();
        if (kind > 0) {
            ArchiveBytes.mend(file, kind == 2);
        }
        return file;
    }

    private void judge(byte[] file, boolean isUnderItsDigest) {
        List<byte[]> read = readAll();
        boolean isWritten = read != null && sameAsWritten(read);
        if (read == null ? Arrays.equals(file, good.file()) : isUnderItsDigest && !isWritten) {
            throw new AssertionError(
                    read == null ? "a good file is refused" : "something else is read than was written");
        }
        find(1 + Math.floorMod(Arrays.hashCode(file), good.lastSequence()));
        find(good.lastSequence());
    }

    private boolean sameAsWritten(List<byte[]> read) {
        return Arrays.deepEquals(read.toArray(), good.batches().toArray());
    }

    /** Null when it is refused. */
    private @Nullable List<byte[]> readAll() {
        List<byte[]> read = new ArrayList<>();
        BatchVerifier verifier = new BatchVerifier("archive", new Chain()).withMerkleRoots();
        try (ArchiveCursor cursor = cursor()) {
            cursor.open(name);
            boolean isVouchedFor = true;
            for (int length = cursor.next(); length != BatchCursor.NOTHING; length = cursor.next()) {
                byte[] batch = new byte[length];
                frame.buffer().getBytes(0, batch);
                read.add(batch);
                isVouchedFor = isVouchedFor && isTaken(verifier, length);
            }
            isVouchedFor = isVouchedFor && verifier.chain().equals(good.end());
            if (isVouchedFor && !records(read).equals(records(good.batches()))) {
                throw new AssertionError("the chain vouches for what was not written");
            }
            return read;
        } catch (ArchiveDamaged refusal) {
            return null;
        }
    }

    private boolean isTaken(BatchVerifier verifier, int length) {
        try {
            verifier.accept(frame, length);
            return true;
        } catch (JournalDamaged damage) {
            return false;
        }
    }

    private static List<UnsafeBuffer> records(List<byte[]> batches) {
        List<UnsafeBuffer> records = new ArrayList<>();
        for (byte[] batch : batches) {
            BatchRecords.forEach(
                    new UnsafeBuffer(batch),
                    0,
                    0,
                    (buffer, offset, length) -> records.add(new UnsafeBuffer(buffer, offset, length)));
        }
        return records;
    }

    private void find(long sequence) {
        try (ArchiveCursor cursor = cursor()) {
            int length = cursor.find(sequence);
            if (length == BatchCursor.NOTHING || BatchView.lastSequence(frame.buffer(), 0) < sequence) {
                throw new AssertionError("record " + sequence + " is looked up, and another batch is given");
            }
        } catch (ArchiveDamaged refusal) {
            // As documented.
        }
    }

    private ArchiveCursor cursor() {
        return new ArchiveCursor(new ArchiveFolder(folder), frame);
    }

    @Override
    public int shortRun() {
        return 200;
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        int length = good.file().length;
        for (int kind = 0; kind < 3; kind++) {
            seeds.add(Seeds.joined(kind));
            seeds.add(Seeds.joined(kind, Edits.script(4, length / 2)));
            seeds.add(Seeds.joined(kind, Edits.script(2, length - 1, 0)));
            for (int field : new int[] {8, 20, 24, 28, 32, 40, 64, 72, 80, 88, 96, 128, 260, 300}) {
                seeds.add(Seeds.joined(kind, Edits.script(1, field, 1)));
                seeds.add(Seeds.joined(kind, Edits.script(0, field, 0xFF, 0xFF, 0xFF, 0xFF)));
            }
            for (int fromEnd : new int[] {200, 150, 110, 100, 90, 85, 80, 76, 72, 68, 64, 60, 56, 52, 48, 44, 36, 4}) {
                seeds.add(Seeds.joined(kind, Edits.script(1, length - fromEnd, 1)));
                seeds.add(Seeds.joined(kind, Edits.script(0, length - fromEnd, 0xFF, 0xFF, 0xFF, 0xFF)));
            }
        }
        for (int blocks : new int[] {-1, 0, 60_000_000}) {
            long index = length
                    - ArchiveFormat.TRAILER_LENGTH
                    - ArchiveFormat.INDEX_HEADER_LENGTH
                    - (long) blocks * ArchiveFormat.ENTRY_LENGTH;
            seeds.add(Seeds.joined(2, field(28, Integer.BYTES, blocks), field(80, Long.BYTES, index)));
        }
        seeds.add(withoutBlocks());
        seeds.add(Seeds.joined(3));
        for (int field : new int[] {0, 12, 16, 24, 32, 36, 40, 64, 96, 128, 136, 144, 208}) {
            seeds.add(Seeds.joined(3, Edits.script(1, field, 1)));
            seeds.add(Seeds.joined(3, Edits.script(0, field, 0xFF, 0xFF, 0xFF, 0x7F)));
        }
        return seeds;
    }

    /** Header, an empty index and a trailer. */
    private byte[] withoutBlocks() {
        int kept = ArchiveFormat.HEADER_LENGTH;
        int length = kept + ArchiveFormat.INDEX_HEADER_LENGTH + ArchiveFormat.TRAILER_LENGTH;
        return Seeds.joined(
                2,
                field(28, Integer.BYTES, 0),
                field(80, Long.BYTES, kept),
                field(88, Long.BYTES, length),
                Edits.script(4, length),
                field(kept, Integer.BYTES, 0x184D_2A53),
                field(kept + 4, Integer.BYTES, ArchiveFormat.INDEX_HEADER_LENGTH - 8));
    }

    private static byte[] field(int offset, int width, long value) {
        int[] values = new int[width];
        for (int i = 0; i < width; i++) {
            values[i] = (int) (value >>> (8 * i)) & 0xFF;
        }
        return Edits.script(0, offset, values);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.journal.batch.BatchBuilder;
import it.socialies.engine.journal.batch.BatchCursor;
import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.files.ChannelLogFile;
import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of the archive: what is written is read, and what is not what was written is found. */
class ArchiveFileTest {
    private static final int BATCHES = 40;

    @TempDir
    Path root;

    private final List<byte[]> batches = new ArrayList<>();
    private final Chain end = new Chain();
    private final BatchFrame frame = new BatchFrame(BatchDescriptor.MAX_BATCH_LENGTH);
    private ArchiveName name;

    /** Batches of about 35 kB, so that there are several blocks, and one that is longer than a block. */
    @BeforeEach
    void write() throws IOException {
        BatchBuilder batch = new BatchBuilder();
        Path file = root.resolve("file");
        try (ArchiveWriter writer = new ArchiveWriter(ChannelLogFile.create(file), 20_000, end)) {
            for (int i = 0; i < BATCHES; i++) {
                int records = i == 20 ? 2_500 : 300 + i;
                batch.reset(end);
                for (int r = 1; r <= records; r++) {
                    byte[] bytes = new byte[RecordDescriptor.HEADER_LENGTH + 40];
                    Records.record(end.sequence() + r, bytes.length).getBytes(0, bytes);
                    batch.tryAppend(new UnsafeBuffer(bytes), 0, bytes.length);
                }
                batch.seal(end.sequence(), i * (long) (1 << 20), 0);
                byte[] copy = new byte[batch.batchLength()];
                batch.buffer().getBytes(0, copy);
                batches.add(copy);
                writer.add(batch.buffer(), batch.batchLength());
                end.copyFrom(batch.chain());
            }
            writer.finish(end);
        }
        name = ArchiveName.of(root, 1, end.sequence());
        Files.move(file, name.path());
    }

    @Test
    void shouldSayWhatItHolds() {
        ArchiveHeader header = ArchiveFile.readHeader(name);
        assertThat(header.before()).isEqualTo(new Chain());
        assertThat(header.after()).isEqualTo(end);
        assertThat(header.batches()).isEqualTo(BATCHES);
        assertThat(header.blocks()).isGreaterThan(5);
        assertThat(header.day()).isEqualTo(20_000);
        assertThat(header.rawBytes())
                .isEqualTo(batches.stream().mapToLong(batch -> batch.length).sum());
        assertThat(header.firstTimestampMs()).isEqualTo(20_000 * Records.DAY_MS);
        assertThat(header.lastTimestampMs()).isGreaterThan(header.firstTimestampMs());
    }

    @Test
    void shouldGiveBackEveryBatch() {
        try (ArchiveCursor cursor = cursor()) {
            cursor.open(name);
            for (byte[] batch : batches) {
                assertThat(cursor.next()).isEqualTo(batch.length);
                assertThat(new UnsafeBuffer(frame.buffer(), 0, batch.length)).isEqualTo(new UnsafeBuffer(batch));
            }
            assertThat(cursor.next()).isEqualTo(BatchCursor.NOTHING);
        }
    }

    @Test
    void shouldFindTheBatchOfAnySequence() {
        try (ArchiveCursor cursor = cursor()) {
            for (long sequence = end.sequence(); sequence > 0; sequence -= 7) {
                assertThat(cursor.find(sequence)).isPositive();
                assertThat(BatchView.firstSequence(frame.buffer(), 0)).isLessThanOrEqualTo(sequence);
                assertThat(BatchView.lastSequence(frame.buffer(), 0)).isGreaterThanOrEqualTo(sequence);
            }
            assertThat(cursor.find(end.sequence() + 1)).isEqualTo(BatchCursor.NOTHING);
            assertThat(cursor.find(0)).isEqualTo(BatchCursor.NOTHING);
        }
    }

    @Test
    void shouldFindAFlippedBitInAnyByte() throws IOException {
        byte[] bytes = Files.readAllBytes(name.path());
        int step = 1 + bytes.length / 2_000;
        for (int i = 0; i < bytes.length; i += isFraming(i, bytes.length) ? 1 : step) {
            bytes[i] ^= 4;
            Files.write(name.path(), bytes);
            assertThatThrownBy(this::readAll)
                    .as("byte %s", i)
                    .isInstanceOf(ArchiveDamaged.class)
                    .hasMessageContaining(name.path().toString());
            bytes[i] ^= 4;
        }
        Files.write(name.path(), bytes);
        readAll();
    }

    /** Header, index and trailer. */
    private boolean isFraming(int offset, int length) {
        return offset < ArchiveFormat.HEADER_LENGTH || offset > length - 700;
    }

    @Test
    void shouldFindACutAnywhereAndBytesBehindTheEnd() throws IOException {
        byte[] bytes = Files.readAllBytes(name.path());
        for (int length = 0; length < bytes.length; length += 1 + bytes.length / 100) {
            Files.write(name.path(), java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(this::readAll).as("length %s", length).isInstanceOf(ArchiveDamaged.class);
        }
        Files.write(name.path(), java.util.Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(this::readAll).isInstanceOf(ArchiveDamaged.class);
    }

    @Test
    void shouldNameTheBlockAndItsFirstRecord() throws IOException {
        long first;
        long offset;
        try (ArchiveFile file = ArchiveFile.open(name)) {
            first = file.firstSequence(3);
            offset = file.position(3);
        }
        ArchiverTest.flip(name.path(), offset + 9);
        try (ArchiveCursor cursor = cursor()) {
            assertThat(cursor.find(first - 1)).isPositive();
            assertThatThrownBy(() -> cursor.find(first))
                    .isInstanceOfSatisfying(
                            ArchiveDamaged.class,
                            damage -> assertThat(damage.sequence()).isEqualTo(first))
                    .hasMessageContaining(
                            "damaged at record " + first + ", " + name.path() + ": block 3 at byte " + offset);
        }
    }

    @Test
    void shouldRefuseAFileUnderAnotherName() throws IOException {
        ArchiveName other = ArchiveName.of(root, 5, end.sequence());
        Files.move(name.path(), other.path());
        assertThatThrownBy(() -> ArchiveFile.open(other).close())
                .isInstanceOf(ArchiveDamaged.class)
                .hasMessageContaining("it holds records 1 to " + end.sequence());
    }

    private void readAll() {
        try (ArchiveCursor cursor = cursor()) {
            cursor.open(name);
            while (cursor.next() != BatchCursor.NOTHING) {
                // The reading is all.
            }
        }
    }

    private ArchiveCursor cursor() {
        return new ArchiveCursor(new ArchiveFolder(root), frame);
    }
}

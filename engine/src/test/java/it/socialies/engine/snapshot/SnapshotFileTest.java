// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.files.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFileTest {
    private static final SnapshotHeader HEADER =
            new SnapshotHeader(new Chain(77, sequenceOfBytes(32)), 1_772_442_904_120L, 0x1234_5678_9ABC_DEF0L, -2);
    private static final Path PATH = Path.of("/data/snapshots/77");

    private final SimulatedSnapshotFiles files = new SimulatedSnapshotFiles();

    @Test
    void shouldGiveBackEveryKindOfField() throws IOException {
        byte[] bytes = sequenceOfBytes(5);
        write(files, PATH, writer -> {
            writer.putLong("a", Long.MIN_VALUE);
            writer.putLongs("b.longs", new long[] {1, -2, 3, 99}, 3);
            writer.putInts("c", new int[] {Integer.MAX_VALUE, -7}, 2);
            writer.putBytes("d", bytes, 4);
            writer.putLongs("none", new long[0], 0);
        });
        try (SnapshotFileReader reader = new SnapshotFileReader(files.openToRead(PATH))) {
            assertThat(reader.header()).isEqualTo(HEADER);
            assertThat(reader.lacks("b.longs"))
                    .as("of this release: nothing is missing, only out of order")
                    .isFalse();
            assertThat(reader.getLong("a")).isEqualTo(Long.MIN_VALUE);
            assertThat(reader.length("b.longs")).isEqualTo(3);
            long[] longs = new long[5];
            reader.getLongs("b.longs", longs);
            assertThat(longs).containsExactly(1, -2, 3, 0, 0);
            int[] ints = new int[2];
            reader.getInts("c", ints);
            assertThat(ints).containsExactly(Integer.MAX_VALUE, -7);
            byte[] read = new byte[4];
            reader.getBytes("d", read);
            assertThat(read).containsExactly(Arrays.copyOf(bytes, 4));
            reader.getLongs("none", new long[0]);
            reader.finish();
        }
    }

    /** Arrays longer than a block, names and numbers that meet a block's end at every distance. */
    @Test
    void shouldGiveBackWhatSpansBlocks(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("long.snapshot");
        SplittableRandom random = new SplittableRandom(11);
        long[] longs = LongStream.generate(random::nextLong).limit(400_001).toArray();
        int[] ints = IntStream.generate(random::nextInt).limit(700_003).toArray();
        byte[] bytes = new byte[2_500_000];
        random.nextBytes(bytes);
        int pads = 150;
        write(SnapshotFiles.REAL, path, writer -> {
            writer.putLongs("longs", longs, longs.length);
            writer.putInts("ints", ints, ints.length);
            writer.putBytes("bytes", bytes, bytes.length);
            for (int pad = 0; pad < pads; pad++) {
                writer.putBytes("pad", bytes, SnapshotFormat.MAX_PAYLOAD_LENGTH - 300 + pad);
                writer.putLong("after", pad);
            }
        });
        try (SnapshotFileReader reader = new SnapshotFileReader(SnapshotFiles.REAL.openToRead(path))) {
            long[] longsRead = new long[reader.length("longs")];
            reader.getLongs("longs", longsRead);
            assertThat(longsRead).isEqualTo(longs);
            int[] intsRead = new int[reader.length("ints")];
            reader.getInts("ints", intsRead);
            assertThat(intsRead).isEqualTo(ints);
            byte[] bytesRead = new byte[reader.length("bytes")];
            reader.getBytes("bytes", bytesRead);
            assertThat(bytesRead).isEqualTo(bytes);
            for (int pad = 0; pad < pads; pad++) {
                byte[] padRead = new byte[reader.length("pad")];
                reader.getBytes("pad", padRead);
                assertThat(padRead).isEqualTo(Arrays.copyOf(bytes, padRead.length));
                assertThat(reader.getLong("after")).isEqualTo(pad);
            }
            reader.finish();
        }
    }

    @Test
    void shouldDetectAnyFlippedBit() throws IOException {
        write(files, PATH, SnapshotFileTest::writeSmall);
        byte[] whole = files.bytes(PATH).clone();
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) (1 << (i % 8));
            assertThatThrownBy(() -> readSmall(damaged))
                    .as("bit of byte %d flipped", i)
                    .isInstanceOf(SnapshotUnusable.class);
        }
        readSmall(whole);
    }

    @Test
    void shouldDetectAFileCutAnywhereOrContinued() throws IOException {
        write(files, PATH, SnapshotFileTest::writeSmall);
        byte[] whole = files.bytes(PATH).clone();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> readSmall(cut))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(SnapshotUnusable.class);
        }
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);
        assertThatThrownBy(() -> readSmall(longer)).hasMessageContaining("behind its end");
    }

    @Test
    void shouldDetectBlocksThatChangedPlaces() throws IOException {
        byte[] payload = sequenceOfBytes(3 * SnapshotFormat.MAX_PAYLOAD_LENGTH);
        write(files, PATH, writer -> writer.putBytes("x", payload, payload.length));
        byte[] bytes = files.bytes(PATH);
        int block = SnapshotFormat.BLOCK_HEADER_LENGTH + SnapshotFormat.MAX_PAYLOAD_LENGTH;
        byte[] second = Arrays.copyOfRange(
                bytes, SnapshotFormat.HEADER_LENGTH + block, SnapshotFormat.HEADER_LENGTH + 2 * block);
        System.arraycopy(bytes, SnapshotFormat.HEADER_LENGTH, bytes, SnapshotFormat.HEADER_LENGTH + block, block);
        System.arraycopy(second, 0, bytes, SnapshotFormat.HEADER_LENGTH, block);
        assertThatThrownBy(() -> {
                    try (SnapshotFileReader reader = new SnapshotFileReader(files.openToRead(PATH))) {
                        reader.getBytes("x", new byte[reader.length("x")]);
                    }
                })
                .isInstanceOf(SnapshotUnusable.class)
                .hasMessageContaining("block 0");
    }

    @Test
    void shouldRefuseAFieldNobodyAsksFor() throws IOException {
        write(files, PATH, SnapshotFileTest::writeSmall);
        try (SnapshotFileReader reader = new SnapshotFileReader(files.openToRead(PATH))) {
            assertThatThrownBy(() -> reader.getLong("other"))
                    .isInstanceOf(SnapshotUnusable.class)
                    .hasMessage("it has first where other is looked for");
            assertThatThrownBy(() -> reader.getLongs("first", new long[9])).isInstanceOf(SnapshotUnusable.class);
            reader.getLong("first");
            assertThatThrownBy(reader::finish)
                    .isInstanceOf(SnapshotUnusable.class)
                    .hasMessage("it has second where the end is looked for");
        }
    }

    @Test
    void shouldGiveEqualBytesForEqualStates() throws IOException {
        Path other = PATH.resolveSibling("78");
        write(files, PATH, SnapshotFileTest::writeSmall);
        write(files, other, SnapshotFileTest::writeSmall);
        assertThat(files.bytes(PATH)).isEqualTo(files.bytes(other));
    }

    private interface Body {
        void writeTo(SnapshotFileWriter writer);
    }

    private static void write(SnapshotFiles files, Path path, Body body) throws IOException {
        try (SnapshotFileWriter writer = new SnapshotFileWriter(files.create(path), HEADER)) {
            body.writeTo(writer);
            writer.finish();
        }
    }

    private static void writeSmall(SnapshotFileWriter writer) {
        writer.putLong("first", 1);
        writer.putLongs("second", new long[] {5, 6}, 2);
    }

    private static void readSmall(byte[] bytes) throws IOException {
        SimulatedSnapshotFiles copy = new SimulatedSnapshotFiles();
        try (LogFile file = copy.create(PATH)) {
            file.write(ByteBuffer.wrap(bytes), 0);
        }
        try (SnapshotFileReader reader = new SnapshotFileReader(copy.openToRead(PATH))) {
            assertThat(reader.getLong("first")).isEqualTo(1);
            long[] second = new long[2];
            reader.getLongs("second", second);
            assertThat(second).containsExactly(5, 6);
            reader.finish();
        }
    }

    private static byte[] sequenceOfBytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        return bytes;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.core.CoreService;
import it.socialies.engine.core.collections.SnapshotExceedsLimit;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.fixture.SimulatedLogFile;
import it.socialies.fuzzing.Edits;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Edits of a good snapshot of a small town. First byte: 0 nothing more; 1 all checksums and the digest made to fit; 2 then the hashes of the state too. A snapshot is refused as
 * unusable, or as more than the limits allow, or it gives a state that, written again, is the same file.
 */
public final class SnapshotFuzz implements FuzzTarget {
    private static final int KINDS = 3;

    private final byte[] good;

    public SnapshotFuzz() throws IOException {
        Path root = Files.createTempDirectory("ies-fuzz-snapshot");
        try {
            TownHistory town = new TownHistory(root.resolve("town"));
            good = written(new Chain(town.sequence(), new byte[32]), town.core.core());
        } finally {
            TownHistory.delete(root);
        }
    }

    private static byte[] written(Chain chain, CoreService core) throws IOException {
        SnapshotHeader header = new SnapshotHeader(chain, core.lastTimestampMs(), core.coreHash(), core.ledgerHash());
        SimulatedLogFile file = new SimulatedLogFile();
        try (SnapshotFileWriter writer = new SnapshotFileWriter(file, header)) {
            core.snapshotTo(writer);
            writer.finish();
        }
        return file.bytes();
    }

    @Override
    public void test(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        int kind = Byte.toUnsignedInt(input[0]) % KINDS;
        byte[] file = Edits.apply(good, input, 1).clone();
        if (kind > 0) {
            mend(file);
        }
        if (kind == 2) {
            mendHashes(file);
        }
        CoreService core = restored(file);
        if (core == null && Arrays.equals(file, good)) {
            throw new AssertionError("a good snapshot is refused");
        }
        if (core != null && !Arrays.equals(written(chainOf(file), core), file)) {
            throw new AssertionError("the state is not what the file says");
        }
    }

    private static @Nullable CoreService restored(byte[] file) throws IOException {
        CoreService core = TownHistory.newCore();
        try (SnapshotFileReader reader = new SnapshotFileReader(opened(file))) {
            SnapshotRestore.into(core, reader);
            return core;
        } catch (SnapshotUnusable | SnapshotExceedsLimit refusal) {
            return null;
        }
    }

    private static Chain chainOf(byte[] file) {
        try (SnapshotFileReader reader = new SnapshotFileReader(opened(file))) {
            return reader.header().chain();
        } catch (IOException e) {
            throw new AssertionError("a file in memory", e);
        }
    }

    private static LogFile opened(byte[] bytes) throws IOException {
        SimulatedLogFile file = new SimulatedLogFile();
        file.write(ByteBuffer.wrap(bytes), 0);
        return file;
    }

    /** Block after block, as far as their lengths lead; the digest at the end of the file. */
    private static void mend(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(LITTLE_ENDIAN);
        int end = file.length - SnapshotFormat.DIGEST_LENGTH;
        if (end < SnapshotFormat.HEADER_LENGTH) {
            return;
        }
        bytes.putInt(8, crc(file, 12, SnapshotFormat.HEADER_LENGTH));
        int at = SnapshotFormat.HEADER_LENGTH;
        while (at + SnapshotFormat.BLOCK_HEADER_LENGTH <= end) {
            int length = bytes.getInt(at + SnapshotFormat.BLOCK_LENGTH_OFFSET);
            int next = at + SnapshotFormat.BLOCK_HEADER_LENGTH + length;
            if (length < 0 || next < at || next > end) {
                break;
            }
            bytes.putInt(at, crc(file, at + SnapshotFormat.BLOCK_LENGTH_OFFSET, next));
            at = next;
        }
        bytes.put(end, SnapshotFormat.newDigest().digest(Arrays.copyOf(file, end)));
    }

    /** The header then claims the hashes of the state that the fields give, where they give one. */
    private static void mendHashes(byte[] file) throws IOException {
        CoreService core = TownHistory.newCore();
        try (SnapshotFileReader reader = new SnapshotFileReader(opened(file))) {
            core.restoreFrom(reader);
            ByteBuffer.wrap(file)
                    .order(LITTLE_ENDIAN)
                    .putLong(16, core.lastSequence())
                    .putLong(24, core.lastTimestampMs())
                    .putLong(64, core.coreHash())
                    .putLong(72, core.ledgerHash());
            mend(file);
        } catch (RuntimeException noState) {
            // Then there is nothing to mend.
        }
    }

    private static int crc(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    @Override
    public int shortRun() {
        return 100;
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int kind = 0; kind < KINDS; kind++) {
            seeds.add(Seeds.joined(kind));
            seeds.add(Seeds.joined(kind, Edits.script(4, good.length - 100)));
            seeds.add(Seeds.joined(kind, Edits.script(2, good.length - 1, 0)));
            for (int offset : new int[] {0, 12, 16, 24, 32, 64, 72, 128, 132, 136, 144, 145, 146, 160}) {
                seeds.add(Seeds.joined(kind, Edits.script(1, offset, 1)));
            }
            for (int i = 1; i < 20; i++) {
                seeds.add(Seeds.joined(kind, Edits.script(1, good.length * i / 20, 1)));
                seeds.add(Seeds.joined(kind, Edits.script(0, good.length * i / 20, 0xFF, 0xFF, 0xFF, 0x7F)));
            }
        }
        return seeds;
    }
}

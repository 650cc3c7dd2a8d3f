// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.github.luben.zstd.Zstd;
import it.socialies.engine.journal.batch.BatchBuilder;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.Hasher;
import it.socialies.engine.journal.files.ChannelLogFile;
import it.socialies.engine.journal.fixture.Records;
import it.socialies.engine.protocol.RecordDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A small segment of the archive with several blocks, as {@link ArchiveWriter} makes it, and what somebody does who knows its format. */
final class ArchiveBytes {
    private static final int RECORD_LENGTH = RecordDescriptor.HEADER_LENGTH + 40;
    private static final int[] RECORDS = {1, 1_500, 900, 2};

    private final List<byte[]> batches = new ArrayList<>();
    private final Chain end = new Chain();
    private final byte[] file;

    ArchiveBytes() throws IOException {
        Path path = Files.createTempFile("ies-fuzz", ".archive");
        BatchBuilder batch = new BatchBuilder();
        try (ArchiveWriter writer = new ArchiveWriter(ChannelLogFile.create(path), 20_000, end)) {
            for (int i = 0; i < RECORDS.length; i++) {
                batch.reset(end);
                for (int r = 1; r <= RECORDS[i]; r++) {
                    byte[] record = new byte[RECORD_LENGTH];
                    Records.record(end.sequence() + r, RECORD_LENGTH).getBytes(0, record);
                    batch.tryAppend(new UnsafeBuffer(record), 0, RECORD_LENGTH);
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
        file = Files.readAllBytes(path);
        Files.delete(path);
    }

    /** Not to be changed. */
    byte[] file() {
        return file;
    }

    /** In their order, as they were written. */
    List<byte[]> batches() {
        return batches;
    }

    /** The chain behind its last record. */
    Chain end() {
        return end;
    }

    long lastSequence() {
        return end.sequence();
    }

    /** The file with other bytes compressed in its last block, and all that follows from it. */
    byte[] withLastBlock(byte[] raw) {
        ByteBuffer good = ByteBuffer.wrap(file).order(LITTLE_ENDIAN);
        ArchiveHeader header =
                ArchiveFormat.decode(good.slice(0, ArchiveFormat.HEADER_LENGTH).order(LITTLE_ENDIAN));
        if (header == null) {
            throw new AssertionError("its own header is not good");
        }
        byte[] compressed = Zstd.compress(raw);
        int index = (int) header.indexOffset();
        int indexLength = file.length - ArchiveFormat.TRAILER_LENGTH - index;
        int entry = indexLength - ArchiveFormat.ENTRY_LENGTH;
        int at = (int) good.getLong(index + entry + ArchiveFormat.ENTRY_POSITION_OFFSET);
        ByteBuffer bytes = ByteBuffer.allocate(at + compressed.length + indexLength + ArchiveFormat.TRAILER_LENGTH)
                .order(LITTLE_ENDIAN);
        bytes.put(file, 0, at).put(compressed).put(file, index, indexLength);
        bytes.putInt(at + compressed.length + entry + ArchiveFormat.ENTRY_LENGTH_OFFSET, compressed.length);
        bytes.putInt(at + compressed.length + entry + ArchiveFormat.ENTRY_RAW_LENGTH_OFFSET, raw.length);
        bytes.put(file, file.length - ArchiveFormat.TRAILER_LENGTH, ArchiveFormat.TRAILER_LENGTH);
        ArchiveHeader longer = new ArchiveHeader(
                header.day(),
                header.before(),
                header.after(),
                header.firstTimestampMs(),
                header.lastTimestampMs(),
                header.batches(),
                header.rawBytes(),
                header.blocks(),
                at + (long) compressed.length,
                bytes.capacity());
        bytes.put(0, ArchiveFormat.encode(longer).array());
        mend(bytes.array(), true);
        return bytes.array();
    }

    /** The batches of the last block, one behind the other. */
    byte[] lastBlock() {
        byte[] last = batches.get(batches.size() - 1);
        byte[] before = batches.get(batches.size() - 2);
        ByteBuffer both = ByteBuffer.allocate(before.length + last.length);
        return both.put(before).put(last).array();
    }

    /** Makes the checksums of header, index and blocks fit, as far as they lie where the header says; by choice the digest too. */
    static void mend(byte[] file, boolean withDigest) {
        if (file.length < ArchiveFormat.HEADER_LENGTH + ArchiveFormat.TRAILER_LENGTH) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).order(LITTLE_ENDIAN);
        bytes.putInt(16, ArchiveFormat.crcOf(bytes, 20, ArchiveFormat.HEADER_LENGTH));
        long index = bytes.getLong(80);
        int end = file.length - ArchiveFormat.TRAILER_LENGTH;
        if (index >= ArchiveFormat.HEADER_LENGTH && index <= end - ArchiveFormat.INDEX_HEADER_LENGTH) {
            mendBlocks(bytes, (int) index, end);
        }
        if (withDigest) {
            int at = file.length - ArchiveFormat.DIGEST_LENGTH;
            MessageDigest digest = Hasher.sha256();
            digest.update(file, 0, at);
            bytes.put(at, digest.digest());
        }
    }

    private static void mendBlocks(ByteBuffer bytes, int index, int end) {
        int entry = index + ArchiveFormat.INDEX_HEADER_LENGTH;
        for (; entry + ArchiveFormat.ENTRY_LENGTH <= end; entry += ArchiveFormat.ENTRY_LENGTH) {
            long at = bytes.getLong(entry + ArchiveFormat.ENTRY_POSITION_OFFSET);
            int length = bytes.getInt(entry + ArchiveFormat.ENTRY_LENGTH_OFFSET);
            if (at >= 0 && length >= 0 && at <= end - length) {
                bytes.putInt(
                        entry + ArchiveFormat.ENTRY_CRC_OFFSET,
                        ArchiveFormat.crcOf(bytes, (int) at, (int) at + length));
            }
        }
        bytes.putInt(
                index + ArchiveFormat.INDEX_CRC_OFFSET,
                ArchiveFormat.crcOf(bytes, index + ArchiveFormat.INDEX_CRC_FROM, end));
    }
}

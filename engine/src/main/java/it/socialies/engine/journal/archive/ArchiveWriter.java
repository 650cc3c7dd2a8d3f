// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.github.luben.zstd.ZstdCompressCtx;
import it.socialies.engine.journal.batch.BatchRecords;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.Hasher;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.protocol.RecordDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes an archived segment: batches in order, then {@link #finish}. Keeps one block and the index in memory, and synchronises every few MiB, so that
 * it never floods the disk that payments wait for. One thread; a failed write leaves a file of no use.
 */
final class ArchiveWriter implements AutoCloseable {
    private static final long SYNC_INTERVAL_BYTES = 8L << 20;
    private static final int DIGEST_CHUNK_LENGTH = 1 << 20;

    /** Most of a journal is random: keys, fingerprints, hashes. A demo town's shrinks 3.05 times at level 3, 3.10 times at level 9. */
    private static final int LEVEL = 3;

    private final LogFile file;
    private final int day;
    private final Chain before;
    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
    private final ByteBuffer raw =
            ByteBuffer.allocateDirect(ArchiveFormat.BLOCK_BYTES_MAX).order(LITTLE_ENDIAN);
    private final UnsafeBuffer rawView = new UnsafeBuffer(raw);
    private final ByteBuffer compressed = ByteBuffer.allocateDirect(ArchiveFormat.COMPRESSED_BYTES_MAX);
    private final ExpandableArrayBuffer index = new ExpandableArrayBuffer();
    private int blocks;
    private int rawLength;
    private long blockFirstSequence;
    private long position = ArchiveFormat.HEADER_LENGTH;
    private long syncedPosition;
    private long firstTimestampMs;
    private long lastTimestampMs;
    private long batches;
    private long rawBytes;

    /**
     * Begins a file.
     *
     * @param file empty; the writer closes it
     * @param day of the journal's file
     * @param before the chain its first batch continues; copied
     */
    ArchiveWriter(LogFile file, int day, Chain before) {
        this.file = file;
        this.day = day;
        this.before = before.copy();
    }

    /** Takes a verified batch with records. */
    void add(DirectBuffer batch, int length) throws IOException {
        if (rawLength > 0 && rawLength + length > ArchiveFormat.BLOCK_TARGET_BYTES) {
            writeBlock();
        }
        if (rawLength == 0) {
            blockFirstSequence = BatchView.firstSequence(batch, 0);
        }
        rawView.putBytes(rawLength, batch, 0, length);
        rawLength += length;
        rawBytes += length;
        BatchRecords.forEach(batch, 0, 0, this::takeStamp);
        batches++;
    }

    private void takeStamp(DirectBuffer record, int offset, int length) {
        lastTimestampMs = record.getLong(offset + RecordDescriptor.TIMESTAMP_OFFSET, LITTLE_ENDIAN);
        if (firstTimestampMs == 0) {
            firstTimestampMs = lastTimestampMs;
        }
    }

    private void writeBlock() throws IOException {
        int length = zstd.compressDirectByteBuffer(compressed.clear(), 0, compressed.capacity(), raw, 0, rawLength);
        int entry = blocks * ArchiveFormat.ENTRY_LENGTH;
        index.putLong(entry + ArchiveFormat.ENTRY_FIRST_SEQUENCE_OFFSET, blockFirstSequence, LITTLE_ENDIAN);
        index.putLong(entry + ArchiveFormat.ENTRY_POSITION_OFFSET, position, LITTLE_ENDIAN);
        index.putInt(entry + ArchiveFormat.ENTRY_LENGTH_OFFSET, length, LITTLE_ENDIAN);
        index.putInt(entry + ArchiveFormat.ENTRY_RAW_LENGTH_OFFSET, rawLength, LITTLE_ENDIAN);
        index.putInt(entry + ArchiveFormat.ENTRY_CRC_OFFSET, ArchiveFormat.crcOf(compressed, 0, length), LITTLE_ENDIAN);
        blocks++;
        rawLength = 0;
        write(compressed.clear().limit(length));
    }

    private void write(ByteBuffer bytes) throws IOException {
        position += file.write(bytes, position);
        if (position - syncedPosition >= SYNC_INTERVAL_BYTES) {
            file.sync();
            syncedPosition = position;
        }
    }

    /**
     * Completes the file and synchronises it.
     *
     * @param after the chain behind the last batch
     */
    void finish(Chain after) throws IOException {
        if (rawLength > 0) {
            writeBlock();
        }
        long indexOffset = position;
        write(indexFrame());
        ArchiveHeader header = new ArchiveHeader(
                day,
                before,
                after,
                firstTimestampMs,
                lastTimestampMs,
                batches,
                rawBytes,
                blocks,
                indexOffset,
                position + ArchiveFormat.TRAILER_LENGTH);
        file.write(ArchiveFormat.encode(header), 0);
        ByteBuffer trailer = ArchiveFormat.skippableFrame(ArchiveFormat.TRAILER_LENGTH);
        write(trailer.put(ArchiveFormat.FRAME_HEADER_LENGTH, digest(trailer)));
        file.sync();
    }

    private ByteBuffer indexFrame() {
        int entries = blocks * ArchiveFormat.ENTRY_LENGTH;
        ByteBuffer frame = ArchiveFormat.skippableFrame(ArchiveFormat.INDEX_HEADER_LENGTH + entries);
        index.getBytes(0, frame, ArchiveFormat.INDEX_HEADER_LENGTH, entries);
        return frame.putInt(
                ArchiveFormat.INDEX_CRC_OFFSET,
                ArchiveFormat.crcOf(frame, ArchiveFormat.INDEX_CRC_FROM, frame.capacity()));
    }

    /** Over everything before the digest, as the file has it: the header came last. */
    private byte[] digest(ByteBuffer trailer) throws IOException {
        MessageDigest digest = Hasher.sha256();
        ByteBuffer chunk = ByteBuffer.allocate(DIGEST_CHUNK_LENGTH);
        for (long at = 0; at < position; at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), position - at));
            if (file.read(chunk, at) < chunk.limit()) {
                throw new IOException("the file ends at byte " + (at + chunk.position()) + " of " + position);
            }
            digest.update(chunk.flip());
        }
        digest.update(trailer.duplicate().clear().limit(ArchiveFormat.FRAME_HEADER_LENGTH));
        return digest.digest();
    }

    @Override
    public void close() throws IOException {
        zstd.close();
        file.close();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import it.socialies.engine.journal.batch.Hasher;
import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.ChannelLogFile;
import it.socialies.engine.journal.files.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Reads an archived segment: header and index when it is opened, blocks in any order. No byte of a block is handed out before its CRC was good.
 * Whatever is wrong is an {@link ArchiveDamaged}. Whoever reads all blocks in order has the digest of the whole file checked behind the last one.
 * One thread.
 */
public final class ArchiveFile implements AutoCloseable {
    private final Path path;
    private final LogFile file;
    private final ArchiveHeader header;
    private final ByteBuffer index;
    private final ZstdDecompressCtx zstd;
    private final MessageDigest digest = Hasher.sha256();
    private ByteBuffer compressed = ByteBuffer.allocateDirect(0);
    private int digestedBlocks;

    /** Opens a file of the archive; its header and index must be good and be those that its name promises. */
    static ArchiveFile open(ArchiveName name) {
        try {
            LogFile file = ChannelLogFile.openToRead(name.path());
            try {
                return new ArchiveFile(name, file);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw unreadable(name.path(), name.firstSequence(), e);
        }
    }

    /** Reads only what a file says of itself; a file that was cut or grew is not taken. */
    public static ArchiveHeader readHeader(ArchiveName name) {
        try (LogFile file = ChannelLogFile.openToRead(name.path())) {
            return readHeader(name, file, ByteBuffer.allocate(ArchiveFormat.HEADER_LENGTH));
        } catch (IOException e) {
            throw unreadable(name.path(), name.firstSequence(), e);
        }
    }

    private ArchiveFile(ArchiveName name, LogFile file) throws IOException {
        path = name.path();
        this.file = file;
        ByteBuffer headerBytes = ByteBuffer.allocate(ArchiveFormat.HEADER_LENGTH);
        header = readHeader(name, file, headerBytes);
        digest.update(headerBytes.array());
        index = readIndex();
        zstd = new ZstdDecompressCtx();
    }

    private static ArchiveHeader readHeader(ArchiveName name, LogFile file, ByteBuffer bytes) throws IOException {
        int length = file.read(bytes.order(LITTLE_ENDIAN), 0);
        ArchiveHeader header = length == ArchiveFormat.HEADER_LENGTH ? ArchiveFormat.decode(bytes) : null;
        if (header == null) {
            throw damaged(name.path(), name.firstSequence(), "its header is not what was written");
        }
        if (header.firstSequence() != name.firstSequence() || header.lastSequence() != name.lastSequence()) {
            throw damaged(
                    name.path(),
                    name.firstSequence(),
                    "it holds records " + header.firstSequence() + " to " + header.lastSequence());
        }
        if (header.fileBytes() != file.size()) {
            throw damaged(
                    name.path(),
                    name.firstSequence(),
                    "it has " + file.size() + " bytes instead of " + header.fileBytes());
        }
        return header;
    }

    private ByteBuffer readIndex() throws IOException {
        long length = ArchiveFormat.INDEX_HEADER_LENGTH + (long) header.blocks() * ArchiveFormat.ENTRY_LENGTH;
        if (header.blocks() < 1
                || header.indexOffset() < ArchiveFormat.HEADER_LENGTH
                || length != header.fileBytes() - ArchiveFormat.TRAILER_LENGTH - header.indexOffset()
                || length > Integer.MAX_VALUE) {
            throw damaged(header.firstSequence(), "its index is not where its header says");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(LITTLE_ENDIAN);
        file.read(bytes, header.indexOffset());
        int crc = bytes.getInt(ArchiveFormat.INDEX_CRC_OFFSET);
        if (!ArchiveFormat.isSkippableFrame(bytes, (int) length)
                || crc != ArchiveFormat.crcOf(bytes, ArchiveFormat.INDEX_CRC_FROM, (int) length)
                || !hasBlocksWithoutGaps(bytes)) {
            throw damaged(header.firstSequence(), "its index is not what was written");
        }
        return bytes;
    }

    private boolean hasBlocksWithoutGaps(ByteBuffer entries) {
        long position = ArchiveFormat.HEADER_LENGTH;
        for (int block = 0; block < header.blocks(); block++) {
            int length = entries.getInt(entry(block) + ArchiveFormat.ENTRY_LENGTH_OFFSET);
            if (entries.getLong(entry(block) + ArchiveFormat.ENTRY_POSITION_OFFSET) != position
                    || length <= 0
                    || length > ArchiveFormat.COMPRESSED_BYTES_MAX) {
                return false;
            }
            position += length;
        }
        return position == header.indexOffset();
    }

    ArchiveHeader header() {
        return header;
    }

    Path path() {
        return path;
    }

    int blocks() {
        return header.blocks();
    }

    /** The block that holds a sequence of this file. */
    int blockOf(long sequence) {
        int low = 0;
        int high = header.blocks() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firstSequence(middle) <= sequence) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    long firstSequence(int block) {
        return index.getLong(entry(block) + ArchiveFormat.ENTRY_FIRST_SEQUENCE_OFFSET);
    }

    /** Where a block lies in the file, in bytes. */
    long position(int block) {
        return index.getLong(entry(block) + ArchiveFormat.ENTRY_POSITION_OFFSET);
    }

    private static int entry(int block) {
        return ArchiveFormat.INDEX_HEADER_LENGTH + block * ArchiveFormat.ENTRY_LENGTH;
    }

    /**
     * Decompresses a block.
     *
     * @param into direct, with room for the longest block
     * @return its length in bytes
     */
    int readBlock(int block, ByteBuffer into) {
        int entry = entry(block);
        int length = index.getInt(entry + ArchiveFormat.ENTRY_LENGTH_OFFSET);
        int rawLength = index.getInt(entry + ArchiveFormat.ENTRY_RAW_LENGTH_OFFSET);
        try {
            if (length > compressed.capacity()) {
                compressed = ByteBuffer.allocateDirect(length);
            }
            int read = file.read(compressed.clear().limit(length), position(block));
            int crc = index.getInt(entry + ArchiveFormat.ENTRY_CRC_OFFSET);
            if (read != length || crc != ArchiveFormat.crcOf(compressed, 0, length)) {
                throw damaged(block, "its checksum is wrong");
            }
            if (zstd.decompressDirectByteBuffer(into.clear(), 0, into.capacity(), compressed, 0, length) != rawLength) {
                throw damaged(block, "it has another length than was compressed");
            }
        } catch (ZstdException e) {
            ArchiveDamaged damaged = damaged(block, "it cannot be decompressed: " + e.getMessage());
            damaged.initCause(e);
            throw damaged;
        } catch (IOException e) {
            throw unreadable(path, firstSequence(block), e);
        }
        digest(block, length);
        return rawLength;
    }

    private void digest(int block, int length) {
        if (block != digestedBlocks) {
            return;
        }
        digest.update(compressed.clear().limit(length));
        digestedBlocks++;
        if (digestedBlocks == header.blocks()) {
            checkDigest();
        }
    }

    /** Behind the last of all blocks. */
    private void checkDigest() {
        digest.update(index.clear());
        ByteBuffer trailer = ByteBuffer.allocate(ArchiveFormat.TRAILER_LENGTH).order(LITTLE_ENDIAN);
        try {
            file.read(trailer, header.fileBytes() - ArchiveFormat.TRAILER_LENGTH);
        } catch (IOException e) {
            throw unreadable(path, header.firstSequence(), e);
        }
        digest.update(trailer.array(), 0, ArchiveFormat.FRAME_HEADER_LENGTH);
        byte[] written = new byte[ArchiveFormat.DIGEST_LENGTH];
        trailer.get(ArchiveFormat.FRAME_HEADER_LENGTH, written);
        if (!MessageDigest.isEqual(digest.digest(), written)) {
            throw damaged(header.firstSequence(), "its digest is not that of its bytes");
        }
    }

    /** The refusal of a block. */
    ArchiveDamaged damaged(int block, String what) {
        return damaged(
                firstSequence(block),
                "block " + block + " at byte " + index.getLong(entry(block) + ArchiveFormat.ENTRY_POSITION_OFFSET)
                        + ": " + what);
    }

    private ArchiveDamaged damaged(long sequence, String what) {
        return damaged(path, sequence, what);
    }

    private static ArchiveDamaged damaged(Path path, long sequence, String what) {
        return new ArchiveDamaged(sequence, "the archive is damaged at record " + sequence + ", " + path + ": " + what);
    }

    private static ArchiveDamaged unreadable(Path path, long sequence, IOException cause) {
        ArchiveDamaged damaged = damaged(path, sequence, "it cannot be read: " + cause.getMessage());
        damaged.initCause(cause);
        return damaged;
    }

    @Override
    public void close() {
        zstd.close();
        try {
            file.close();
        } catch (IOException e) {
            throw new JournalFailure(path + " cannot be closed", e);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.archive;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchCursor;
import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.protocol.BatchDescriptor;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A place in the archive: inside one file, which stays open, and one of its blocks, which stays decompressed. {@link #next} ends with the file; the
 * next one may as well lie in the journal. One thread.
 */
public final class ArchiveCursor implements BatchCursor {
    private final ArchiveFolder folder;
    private final BatchFrame frame;
    private final UnsafeBuffer block = new UnsafeBuffer(0, 0);
    private @Nullable ByteBuffer blockBytes;
    private @Nullable ArchiveFile file;
    private int blockNumber;
    private int blockLength;
    private int offset;

    public ArchiveCursor(ArchiveFolder folder, BatchFrame frame) {
        this.folder = folder;
        this.frame = frame;
    }

    @Override
    public int next() {
        ArchiveFile opened = file;
        if (opened == null) {
            return NOTHING;
        }
        if (offset == blockLength) {
            if (blockNumber + 1 == opened.blocks()) {
                return NOTHING;
            }
            toBlock(opened, blockNumber + 1);
        }
        return read(opened);
    }

    @Override
    public int find(long sequence) {
        ArchiveFile opened = openHolding(sequence);
        if (opened == null) {
            return NOTHING;
        }
        int wanted = opened.blockOf(sequence);
        if (wanted == blockNumber && blockLength > 0) {
            offset = 0;
        } else {
            toBlock(opened, wanted);
        }
        while (offset < blockLength) {
            int length = read(opened);
            if (sequence <= BatchView.lastSequence(frame.buffer(), 0)) {
                return length;
            }
        }
        throw opened.damaged(blockNumber, "it does not hold record " + sequence);
    }

    private @Nullable ArchiveFile openHolding(long sequence) {
        ArchiveFile opened = file;
        if (opened != null
                && sequence >= opened.header().firstSequence()
                && sequence <= opened.header().lastSequence()) {
            return opened;
        }
        ArchiveName name = folder.holding(sequence);
        if (name == null) {
            return null;
        }
        open(name);
        return file;
    }

    /** Goes before the first batch of a file. */
    public ArchiveHeader open(ArchiveName name) {
        close();
        ArchiveFile opened = ArchiveFile.open(name);
        file = opened;
        blockNumber = -1;
        offset = 0;
        return opened.header();
    }

    private void toBlock(ArchiveFile opened, int number) {
        ByteBuffer bytes = blockBytes;
        if (bytes == null) {
            bytes = ByteBuffer.allocateDirect(ArchiveFormat.BLOCK_BYTES_MAX).order(LITTLE_ENDIAN);
            blockBytes = bytes;
            block.wrap(bytes);
        }
        blockLength = 0;
        blockLength = opened.readBlock(number, bytes);
        blockNumber = number;
        offset = 0;
    }

    /** Copies the batch at the offset into the frame. */
    private int read(ArchiveFile opened) {
        int left = blockLength - offset;
        int length = left < BatchDescriptor.HEADER_LENGTH ? -1 : BatchView.length(block, offset);
        if (length < BatchDescriptor.HEADER_LENGTH || length > left) {
            throw opened.damaged(blockNumber, "no batch begins at byte " + offset + " of its " + blockLength);
        }
        frame.buffer().putBytes(0, block, offset, length);
        offset += length;
        return length;
    }

    /** The file and the block it reads, for messages. */
    public String place() {
        ArchiveFile opened = file;
        return opened == null ? folder.path().toString() : opened.path() + ", block " + blockNumber;
    }

    @Override
    public void close() {
        ArchiveFile opened = file;
        if (opened != null) {
            file = null;
            blockLength = 0;
            opened.close();
        }
    }
}

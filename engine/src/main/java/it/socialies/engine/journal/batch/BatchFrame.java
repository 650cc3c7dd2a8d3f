// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.batch;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.protocol.BatchDescriptor;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Room for one batch at index 0, seen as bytes and as a buffer, with its CRCs. Allocated once; one thread at a time. */
public final class BatchFrame {
    private final ByteBuffer bytes;
    private final ByteBuffer crcView;
    private final UnsafeBuffer buffer;
    private final CRC32C crc = new CRC32C();

    public BatchFrame(int maxBatchLength) {
        bytes = ByteBuffer.allocateDirect((int) BatchDescriptor.blocksLength(maxBatchLength))
                .order(LITTLE_ENDIAN);
        crcView = bytes.duplicate();
        buffer = new UnsafeBuffer(bytes);
    }

    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** The bytes, position 0, limit {@code length}. */
    public ByteBuffer bytes(int length) {
        return bytes.clear().limit(length);
    }

    public int capacity() {
        return bytes.capacity();
    }

    public int crcOf(int from, int to) {
        crc.reset();
        crc.update(crcView.clear().position(from).limit(to));
        return (int) crc.getValue();
    }

    int headerCrc() {
        return crcOf(BatchDescriptor.HEADER_CRC_FROM, BatchDescriptor.HEADER_LENGTH);
    }

    /** True when a batch header of this version lies at index 0, its CRC is good and its length is possible. */
    public boolean hasIntactHeader() {
        int bodyLength = BatchView.bodyLength(buffer, 0);
        return buffer.getLong(BatchDescriptor.MAGIC_OFFSET, LITTLE_ENDIAN) == BatchDescriptor.MAGIC
                && buffer.getInt(BatchDescriptor.HEADER_CRC_OFFSET, LITTLE_ENDIAN) == headerCrc()
                && buffer.getShort(BatchDescriptor.FORMAT_VERSION_OFFSET, LITTLE_ENDIAN)
                        == BatchDescriptor.FORMAT_VERSION
                && bodyLength >= 0
                && bodyLength <= BatchDescriptor.MAX_BATCH_LENGTH - BatchDescriptor.HEADER_LENGTH;
    }
}

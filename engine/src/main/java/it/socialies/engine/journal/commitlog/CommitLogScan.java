// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.commitlog;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchFrame;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.protocol.BatchDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/** One pass over every block of the commit log at the start: where intact batch headers lie, and how far they say the log went. */
public final class CommitLogScan {
    private static final int CHUNK_LENGTH = 1024 * 1024;

    private final Set<Long> positions = new HashSet<>();
    private long highestPosition = -1;
    private long highestMark;

    private CommitLogScan() {}

    public static CommitLogScan of(LogFile file, long capacity) throws IOException {
        CommitLogScan scan = new CommitLogScan();
        ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(CHUNK_LENGTH, capacity))
                .order(LITTLE_ENDIAN);
        UnsafeBuffer view = new UnsafeBuffer(chunk);
        BatchFrame frame = new BatchFrame(BatchDescriptor.HEADER_LENGTH);
        for (long at = 0; at < capacity; at += CHUNK_LENGTH) {
            int length = file.read(chunk.clear(), at);
            for (int i = 0; i + BatchDescriptor.HEADER_LENGTH <= length; i += BatchDescriptor.BLOCK_LENGTH) {
                if (chunk.getLong(i) == BatchDescriptor.MAGIC) {
                    frame.buffer().putBytes(0, view, i, BatchDescriptor.HEADER_LENGTH);
                    scan.add(frame, at + i, capacity);
                }
            }
        }
        return scan;
    }

    private void add(BatchFrame frame, long fileOffset, long capacity) {
        long position = BatchView.logPosition(frame.buffer(), 0);
        if (frame.hasIntactHeader() && position >= 0 && position % capacity == fileOffset) {
            positions.add(position);
            highestPosition = Math.max(highestPosition, position);
            highestMark = Math.max(highestMark, BatchView.mark(frame.buffer(), 0));
        }
    }

    /** True when an intact header says it lies at this position; its body may be damaged. */
    public boolean hasHeaderAt(long position) {
        return positions.contains(position);
    }

    /** Where intact headers lie, oldest first. */
    public List<Long> positions() {
        return positions.stream().sorted().toList();
    }

    /** Position of the newest intact header, -1 when there is none. */
    public long highestPosition() {
        return highestPosition;
    }

    /** The highest sequence that any intact header calls durable. */
    public long highestMark() {
        return highestMark;
    }
}

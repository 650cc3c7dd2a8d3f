// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.journal;

import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.reader.JournalTailer;
import it.socialies.ops.data.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * Writes the whole batches that hold a range of records into one file, which can be verified alone; the layout is in {@code ops/docs/format.md}. The history is verified from
 * its first record as it is read. Used once, by one thread.
 */
public final class RangeExport {
    private static final long MAGIC = 0x474E_4152_2D53_4549L; // "IES-RANG" in file order
    private static final int HEADER_LENGTH = 128;
    private static final int CRC_FROM = 12;
    private static final int BATCHES_PER_POLL = 64;

    /**
     * What was written.
     *
     * @param firstSequence of the first batch, at most the one asked for
     * @param lastSequence of the last batch
     */
    public record Exported(long firstSequence, long lastSequence, long batches, long bytes) {}

    private final long from;
    private final long to;
    private final FileChannel file;
    private final Chain before = new Chain();
    private final Chain after = new Chain();
    private long firstSequence;
    private long batches;
    private long bytes;

    private RangeExport(long from, long to, FileChannel file) {
        this.from = from;
        this.to = to;
        this.file = file;
    }

    /**
     * Exports.
     *
     * @param to the last record, or more than there are
     * @throws IOException when the file is there already, cannot be written, or the range holds no record
     */
    public static Exported run(DataFolder folder, long from, long to, Path target) throws IOException {
        try (FileChannel file = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return new RangeExport(from, to, file).run(folder);
        } catch (UncheckedIOException e) {
            Files.deleteIfExists(target);
            throw e.getCause();
        } catch (RuntimeException e) {
            Files.deleteIfExists(target);
            throw e;
        }
    }

    private Exported run(DataFolder folder) throws IOException {
        try (JournalTailer tailer = JournalTailer.openForAudit(folder.engine())) {
            while (tailer.chain().sequence() < to
                    && tailer.poll((buffer, offset, length) -> take(buffer, offset, length, tailer), BATCHES_PER_POLL)
                            > 0) {
                // Until the range is over, or the journal.
            }
        }
        if (batches == 0) {
            throw new UncheckedIOException(
                    new IOException("no record of " + from + " to " + to + " is in the journal"));
        }
        write(header(), 0);
        file.force(true);
        return new Exported(firstSequence, after.sequence(), batches, bytes);
    }

    private void take(DirectBuffer buffer, int offset, int length, JournalTailer tailer) {
        long first = BatchView.firstSequence(buffer, offset);
        if (BatchView.lastSequence(buffer, offset) < from || first > to) {
            return;
        }
        if (batches == 0) {
            firstSequence = first;
            before.copyFrom(BatchView.chainBefore(buffer, offset));
        }
        ByteBuffer batch = ByteBuffer.allocate(length);
        buffer.getBytes(offset, batch, length);
        write(batch.flip(), HEADER_LENGTH + bytes);
        batches++;
        bytes += length;
        after.copyFrom(tailer.chain());
    }

    private ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(0, MAGIC).putShort(12, (short) 1);
        header.putLong(16, firstSequence).putLong(24, after.sequence());
        header.putLong(32, batches).putLong(40, bytes);
        header.put(48, before.hash()).put(80, after.hash());
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().position(CRC_FROM).limit(HEADER_LENGTH));
        return header.putInt(8, (int) crc.getValue());
    }

    private void write(ByteBuffer from, long at) {
        try {
            long place = at;
            while (from.hasRemaining()) {
                place += file.write(from, place);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

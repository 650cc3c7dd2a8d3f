// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.Hasher;
import it.socialies.engine.journal.reader.JournalEnd;
import it.socialies.engine.journal.recovery.TornTail;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** The rules of {@code ops/docs/format.md} for a start from the commit log, written once more, from the whole file in memory. */
final class StartRules {
    private static final long FILE_MAGIC = 0x474F_4C43_2D53_4549L;
    private static final int BLOCK = BatchDescriptor.BLOCK_LENGTH;

    private final byte[] file;
    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private final NavigableMap<Long, Integer> headers = new TreeMap<>();
    private final List<byte[]> read = new ArrayList<>();
    private Chain chain = new Chain();
    private long position;
    private boolean refused;

    StartRules(byte[] file, JournalEnd journal) {
        this.file = file;
        bytes = ByteBuffer.wrap(file).order(LITTLE_ENDIAN);
        buffer = new UnsafeBuffer(file);
        refused = !isLog();
        if (!refused) {
            judge(journal);
        }
    }

    /** The start refuses: something durable is missing or damaged, or it is another history. */
    boolean refused() {
        return refused;
    }

    /** The chain behind the last batch read. */
    Chain chain() {
        return chain;
    }

    /** What was read behind the journal's end, marks included. */
    List<byte[]> batchesRead() {
        return read;
    }

    /** The end of a journal that took over what was read. */
    JournalEnd journalEnd(JournalEnd before) {
        JournalEnd end = before;
        for (byte[] batch : read) {
            UnsafeBuffer header = new UnsafeBuffer(batch);
            if (BatchView.count(header, 0) > 0) {
                end = new JournalEnd(
                        chain, 0, 0, BatchView.logPosition(header, 0), BatchView.endPosition(header, 0), null);
            }
        }
        return end;
    }

    /** Whether an intact header lies at or behind a position, a torn batch's own left out: else the log counts as older than the journal. */
    boolean hasHeaderFrom(long from, @Nullable TornTail tail) {
        return headers.tailMap(from, true).keySet().stream().anyMatch(at -> tail == null || at != tail.position());
    }

    /** The intact header that lies at a position, if there is one. */
    @Nullable
    UnsafeBuffer headerAt(long at) {
        Integer offset = headers.get(at);
        return offset == null ? null : new UnsafeBuffer(file, offset, BatchDescriptor.HEADER_LENGTH);
    }

    private boolean isLog() {
        return file.length >= 3 * BLOCK
                && bytes.getLong(0) == FILE_MAGIC
                && bytes.getInt(8) == crc(12, 32)
                && bytes.getInt(12) == 1
                && bytes.getLong(16) == file.length
                && file.length % BLOCK == 0;
    }

    private int crc(int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(file, from, to - from);
        return (int) crc.getValue();
    }

    private void judge(JournalEnd journal) {
        long highestMark = 0;
        for (int at = 0; at < file.length; at += BLOCK) {
            if (isHeader(at)) {
                headers.put(BatchView.logPosition(buffer, at), at);
                highestMark = Math.max(highestMark, BatchView.mark(buffer, at));
            }
        }
        long highest = headers.isEmpty() ? -1 : headers.lastKey();
        chain = journal.chain().copy();
        position = journal.endPosition();
        refused = highest < journal.lastPosition() || isAnotherThan(journal);
        while (!refused && takeNext()) {
            // One batch after the other.
        }
        long at = candidate();
        long next = chain.sequence() + 1;
        refused |= highest > at || highestMark >= next || (headers.containsKey(at) && isWhole(headers.get(at)));
    }

    private boolean isHeader(int at) {
        int body = BatchView.bodyLength(buffer, at);
        return bytes.getLong(at) == BatchDescriptor.MAGIC
                && bytes.getInt(at + 8) == crc(at + 12, at + 128)
                && bytes.getShort(at + 12) == 1
                && body >= 0
                && body <= BatchDescriptor.MAX_BATCH_LENGTH - BatchDescriptor.HEADER_LENGTH
                && BatchView.logPosition(buffer, at) >= 0
                && BatchView.logPosition(buffer, at) % file.length == at;
    }

    /** Journal and log hold another batch at the same place. */
    private boolean isAnotherThan(JournalEnd journal) {
        Integer at = headers.get(journal.lastPosition());
        if (at == null) {
            return false;
        }
        Chain found = new Chain();
        BatchView.chain(buffer, at, new Hasher(), found);
        return !found.equals(journal.chain());
    }

    private long candidate() {
        long here = position % file.length == 0 ? position + BLOCK : position;
        long nextLap = (here / file.length + 1) * file.length + BLOCK;
        Integer wrapped = headers.get(nextLap);
        boolean hadNoRoomHere = wrapped != null
                && BatchDescriptor.blocksLength(BatchView.length(buffer, wrapped)) > file.length - here % file.length;
        return !headers.containsKey(here) && hadNoRoomHere ? nextLap : here;
    }

    private boolean takeNext() {
        Integer at = headers.get(candidate());
        if (at == null) {
            return false;
        }
        if (BatchView.length(buffer, at) > file.length - at) {
            refused = true;
            return false;
        }
        if (!isWhole(at) || !BatchView.chainBefore(buffer, at).equals(chain) || !hasRecords(at)) {
            return false;
        }
        read.add(Arrays.copyOfRange(file, at, at + BatchView.length(buffer, at)));
        BatchView.chain(buffer, at, new Hasher(), chain);
        position = BatchView.endPosition(buffer, at);
        return true;
    }

    private boolean isWhole(int at) {
        int end = at + BatchView.length(buffer, at);
        return end <= file.length && bytes.getInt(at + 48) == crc(at + 128, end);
    }

    private boolean hasRecords(int batch) {
        int end = batch + BatchView.length(buffer, batch);
        int at = batch + BatchDescriptor.HEADER_LENGTH;
        for (int i = 0; i < BatchView.count(buffer, batch); i++) {
            int length = end - at < RecordDescriptor.HEADER_LENGTH ? -1 : bytes.getInt(at);
            if (length < RecordDescriptor.HEADER_LENGTH
                    || length > RecordDescriptor.MAX_RECORD_LENGTH
                    || BatchDescriptor.alignedLength(length) > end - at
                    || bytes.getLong(at + RecordDescriptor.SEQUENCE_OFFSET)
                            != BatchView.firstSequence(buffer, batch) + i) {
                return false;
            }
            at += BatchDescriptor.alignedLength(length);
        }
        return at == end;
    }
}

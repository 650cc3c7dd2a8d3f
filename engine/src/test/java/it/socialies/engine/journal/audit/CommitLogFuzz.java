// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.audit;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.audit.WrittenLog.Written;
import it.socialies.engine.journal.batch.BatchView;
import it.socialies.engine.journal.batch.Chain;
import it.socialies.engine.journal.batch.JournalDamaged;
import it.socialies.engine.journal.commitlog.CommitLog;
import it.socialies.engine.journal.commitlog.CommitLogFormat;
import it.socialies.engine.journal.commitlog.CommitLogScan;
import it.socialies.engine.journal.files.LogFile;
import it.socialies.engine.journal.reader.JournalEnd;
import it.socialies.engine.journal.recovery.CommitLogWalk;
import it.socialies.engine.journal.recovery.JoinPlan;
import it.socialies.engine.journal.recovery.TornTail;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.fuzzing.Edits;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Edits of a good commit log. First byte: bit 0 which log (one in its first lap, one in its third), bit 1 whether all checksums are then made to fit; second byte: how many
 * batches the journal holds. The start refuses, reads and stops exactly as the rules say, written once more ({@link StartRules}); a torn tail lies in the file, and when it
 * was cut and the log continued, the same is read again; what the audit passes over is what was written.
 */
public final class CommitLogFuzz implements FuzzTarget {
    private static final long CAPACITY = WrittenLog.CAPACITY;
    private static final int BLOCK = BatchDescriptor.BLOCK_LENGTH;
    private static final int MEND = 2;

    private final List<WrittenLog> logs;

    public CommitLogFuzz() throws IOException {
        logs = List.of(
                new WrittenLog(new int[] {2, 60, 0, 1, 3, 0, 1}, 0),
                new WrittenLog(new int[] {2, 60, 0, 1, 30, 70, 5, 2, 90, 0, 30, 1, 50, 60, 2, 2, 40, 3}, 13));
    }

    @Override
    public void test(byte[] input) throws IOException {
        if (input.length < 2) {
            return;
        }
        WrittenLog log = logs.get(input[0] & 1);
        byte[] edited = Edits.apply(log.file(), input, 2).clone();
        if (edited.length > 2 * CAPACITY) {
            return;
        }
        if ((input[0] & MEND) != 0) {
            mend(edited);
        }
        int journaled = log.journaled(Byte.toUnsignedInt(input[1]));
        JournalEnd journal = log.journalEnd(journaled);
        StartRules rules = new StartRules(edited, journal);
        MemoryFile file = new MemoryFile(edited);
        List<byte[]> read = new ArrayList<>();
        CommitLogWalk walk = walk(file, journal, read);
        if ((walk == null) != rules.refused()) {
            throw new AssertionError("refused: " + (walk == null) + ", by the rules: " + rules.refused());
        }
        if (walk != null) {
            requireSame(rules, walk.chain(), read);
            startAgain(file, journal, rules, walk);
        }
        if (CommitLogFormat.readCapacity(new MemoryFile(edited)) > 0) {
            audit(log, journaled, journal, rules, new MemoryFile(edited));
        }
    }

    private static void requireSame(StartRules rules, Chain chain, List<byte[]> read) {
        if (!chain.equals(rules.chain())) {
            throw new AssertionError("read up to " + chain + ", by the rules up to " + rules.chain());
        }
        if (!Arrays.deepEquals(read.toArray(), rules.batchesRead().toArray())) {
            throw new AssertionError("other batches were read than by the rules");
        }
    }

    /** As a start does; null when it refuses. */
    private static @Nullable CommitLogWalk walk(MemoryFile file, JournalEnd journal, List<byte[]> read)
            throws IOException {
        long capacity = CommitLogFormat.readCapacity(file);
        if (capacity < 0) {
            return null;
        }
        CommitLogScan scan = CommitLogScan.of(file, capacity);
        if (scan.highestPosition() < journal.lastPosition()) {
            return null;
        }
        CommitLogWalk walk = new CommitLogWalk(file, capacity, scan, journal.chain(), journal.endPosition());
        try {
            JoinPlan.of(
                    journal, new CommitLogWalk(file, capacity, scan, journal.chain(), journal.endPosition()), false);
        } catch (JournalDamaged damage) {
            if (damage.sequence() < journal.chain().sequence()) {
                throw new AssertionError("names a record that the journal holds", damage);
            }
            return null;
        }
        while (walk.next()) {
            byte[] batch = new byte[BatchView.length(walk.batch().buffer(), 0)];
            walk.batch().buffer().getBytes(0, batch);
            read.add(batch);
        }
        return walk;
    }

    /** By then the journal has what was read. Cuts the torn tail, goes on with a mark: a start from either place reads the same. */
    private static void startAgain(MemoryFile file, JournalEnd before, StartRules rules, CommitLogWalk walk)
            throws IOException {
        JournalEnd journal = rules.journalEnd(before);
        long capacity = file.size();
        TornTail tail = walk.tornTail();
        if (tail != null) {
            long offset = tail.position() % capacity;
            if (offset < BLOCK || tail.length() <= 0 || offset + tail.length() > capacity) {
                throw new AssertionError("a torn tail outside the file: " + tail);
            }
            file.write(ByteBuffer.allocate(tail.length()), offset);
        }
        CommitLogWalk cut = walk(file, journal, new ArrayList<>());
        if (cut != null || rules.hasHeaderFrom(journal.lastPosition(), tail)) {
            requireSameEnd(walk, cut);
        }
        CommitLog log = new CommitLog(file, capacity, walk.position(), walk.chain());
        if (!log.writeMark(true)) {
            throw new AssertionError("no room for a mark behind what was read");
        }
        CommitLogWalk again = walk(file, journal, new ArrayList<>());
        requireSameEnd(walk, again);
        if (again != null && !again.cleanStop()) {
            throw new AssertionError("the mark was not found");
        }
    }

    private static void requireSameEnd(CommitLogWalk first, @Nullable CommitLogWalk again) {
        if (again == null || !again.chain().equals(first.chain())) {
            throw new AssertionError("the next start reads up to " + (again == null ? "nothing" : again.chain())
                    + " instead of " + first.chain());
        }
    }

    private static void audit(WrittenLog log, int journaled, JournalEnd journal, StartRules rules, MemoryFile file)
            throws IOException {
        CommitLogAudit audit = CommitLogAudit.of(file, file.size(), false);
        audit.compareMarks(new Chain());
        List<Written> held = log.batches().subList(0, journaled).stream()
                .filter(each -> each.bytes().capacity() > BatchDescriptor.HEADER_LENGTH)
                .toList();
        held.forEach(each -> audit.onJournalBatch(each.bytes(), 0, each.chain()));
        boolean isSound =
                audit.finish(journal.chain().sequence(), journal.endPosition()).isEmpty();
        for (Written each : held) {
            UnsafeBuffer header = rules.headerAt(each.position());
            if (isSound
                    && header != null
                    && BatchView.count(header, 0) > 0
                    && !header.equals(new UnsafeBuffer(each.bytes(), 0, BatchDescriptor.HEADER_LENGTH))) {
                throw new AssertionError("the audit passes over another batch at log position " + each.position());
            }
        }
        if (!isSound && Arrays.equals(file.bytes, log.file())) {
            throw new AssertionError("the audit finds fault with a good log: " + audit.faults());
        }
    }

    /** Whoever knows how to compute a CRC. */
    private static void mend(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(LITTLE_ENDIAN);
        for (int at = 0; at + BLOCK <= file.length; at += BLOCK) {
            if (bytes.getLong(at) == BatchDescriptor.MAGIC) {
                int body = bytes.getInt(at + BatchDescriptor.BODY_LENGTH_OFFSET);
                int from = at + BatchDescriptor.HEADER_LENGTH;
                if (body >= 0 && body <= file.length - from) {
                    bytes.putInt(at + BatchDescriptor.BODY_CRC_OFFSET, crc(file, from, from + body));
                }
                bytes.putInt(
                        at + BatchDescriptor.HEADER_CRC_OFFSET, crc(file, at + BatchDescriptor.HEADER_CRC_FROM, from));
            }
        }
        if (file.length >= BLOCK) {
            bytes.putInt(8, crc(file, 12, 32));
        }
    }

    private static int crc(byte[] bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    @Override
    public int shortRun() {
        return 500;
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int kind = 0; kind < 4; kind++) {
            byte[] file = logs.get(kind & 1).file();
            for (int field : new int[] {0, 8, 12, 14, 16, 24, 32, 36, 40, 48, 64, 96, 128, 136, 200}) {
                for (int block : new int[] {1, 2, 5, 8}) {
                    seeds.add(Seeds.joined(
                            kind, new byte[] {(byte) (block + field)}, Edits.script(1, block * BLOCK + field, 1)));
                }
            }
            for (int journaled = 0; journaled < 8; journaled++) {
                seeds.add(Seeds.joined(kind, new byte[] {(byte) journaled}));
            }
            seeds.add(Seeds.joined(kind, new byte[] {0}, Edits.script(0, 16, 0, 0, 1)));
            seeds.add(Seeds.joined(kind, new byte[] {0}, Edits.script(4, file.length - BLOCK)));
            seeds.add(Seeds.joined(kind, new byte[] {0}, Edits.script(0, 11 * BLOCK, 'I', 'E', 'S')));
            seeds.add(Seeds.joined(
                    kind, new byte[] {0}, Edits.script(0, 5 * BLOCK, 0), Edits.script(1, 6 * BLOCK + 300, 9)));
        }
        return seeds;
    }

    /** A file that nobody reads or writes outside its bytes. */
    private static final class MemoryFile implements LogFile {
        private final byte[] bytes;

        MemoryFile(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int write(ByteBuffer src, long position) {
            int length = src.remaining();
            requireInside(position, length);
            src.get(bytes, (int) position, length);
            return length;
        }

        /** The header block of a file that was cut may be asked for; nothing else behind the end. */
        @Override
        public int read(ByteBuffer dst, long position) {
            int length = position == 0 ? Math.min(bytes.length, dst.remaining()) : dst.remaining();
            requireInside(position, length);
            dst.put(bytes, (int) position, length);
            return length;
        }

        private void requireInside(long position, int length) {
            if (position < 0 || position > bytes.length - length) {
                throw new AssertionError("bytes " + position + " to " + (position + length) + " of " + bytes.length);
            }
        }

        @Override
        public void sync() {}

        @Override
        public void close() {}
    }
}

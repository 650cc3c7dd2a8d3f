// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import it.socialies.engine.journal.batch.MerkleTree;
import it.socialies.engine.protocol.BatchDescriptor;
import it.socialies.engine.protocol.RecordDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Somebody who knows the format and writes into the journal's days, and into the commit log's copy of them: in place, so lengths stay. */
final class Forger {
    /** One batch of a day. */
    static final class Placed {
        final Path day;
        final int offset;
        final ByteBuffer bytes;

        Placed(Path day, int offset, ByteBuffer bytes) {
            this.day = day;
            this.offset = offset;
            this.bytes = bytes;
        }

        long firstSequence() {
            return bytes.getLong(BatchDescriptor.FIRST_SEQUENCE_OFFSET);
        }

        int count() {
            return bytes.getInt(BatchDescriptor.COUNT_OFFSET);
        }

        /** Where in the batch the record of a sequence begins. */
        int record(long sequence) {
            int at = BatchDescriptor.HEADER_LENGTH;
            for (long s = firstSequence(); s < sequence; s++) {
                at += BatchDescriptor.alignedLength(bytes.getInt(at));
            }
            return at;
        }

        /** Where in the batch the fields of a record's first event of this template begin; -1 when it has none. */
        int event(long sequence, int template) {
            int record = record(sequence);
            int end = record + bytes.getInt(record);
            int at = record + RecordDescriptor.HEADER_LENGTH;
            while (at < end) {
                if (bytes.getShort(at + 2) == template) {
                    return at + 8;
                }
                at += 8 + Short.toUnsignedInt(bytes.getShort(at));
            }
            return -1;
        }

        void sealRecord(long sequence) {
            int at = record(sequence);
            bytes.putInt(at + RecordDescriptor.CRC_OFFSET, crc(bytes, at + 8, at + bytes.getInt(at)));
        }

        void sealBody() {
            bytes.putInt(BatchDescriptor.BODY_CRC_OFFSET, crc(bytes, BatchDescriptor.HEADER_LENGTH, bytes.capacity()));
            sealHeader();
        }

        void sealRoot() {
            MerkleTree tree = new MerkleTree();
            for (long s = firstSequence(); s < firstSequence() + count(); s++) {
                tree.add(new UnsafeBuffer(bytes), record(s), bytes.getInt(record(s)));
            }
            byte[] root = new byte[BatchDescriptor.HASH_LENGTH];
            tree.root(root);
            bytes.put(BatchDescriptor.MERKLE_ROOT_OFFSET, root);
            sealHeader();
        }

        void continueChain(byte[] before) {
            bytes.put(BatchDescriptor.PREVIOUS_CHAIN_OFFSET, before);
            sealHeader();
        }

        byte[] chainBehind() throws Exception {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] hashes = new byte[2 * BatchDescriptor.HASH_LENGTH];
            bytes.get(BatchDescriptor.PREVIOUS_CHAIN_OFFSET, hashes);
            sha.update(hashes);
            sha.update(ByteBuffer.allocate(12)
                    .putLong(firstSequence())
                    .putInt(count())
                    .array());
            return sha.digest();
        }

        private void sealHeader() {
            bytes.putInt(
                    BatchDescriptor.HEADER_CRC_OFFSET,
                    crc(bytes, BatchDescriptor.HEADER_CRC_FROM, BatchDescriptor.HEADER_LENGTH));
        }

        private static int crc(ByteBuffer bytes, int from, int to) {
            CRC32C crc = new CRC32C();
            crc.update(bytes.duplicate().position(from).limit(to));
            return (int) crc.getValue();
        }
    }

    private final Path data;

    Forger(Path data) {
        this.data = data;
    }

    /** The batches in the journal's days, in order. */
    List<Placed> batches() throws IOException {
        List<Placed> batches = new ArrayList<>();
        try (Stream<Path> files = Files.list(data.resolve("journal"))) {
            for (Path day : files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList()) {
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(day)).order(LITTLE_ENDIAN);
                for (int at = 0; at + Long.BYTES <= bytes.capacity(); at += Integer.BYTES) {
                    if (bytes.getLong(at) == BatchDescriptor.MAGIC) {
                        int length =
                                BatchDescriptor.HEADER_LENGTH + bytes.getInt(at + BatchDescriptor.BODY_LENGTH_OFFSET);
                        ByteBuffer batch = ByteBuffer.allocate(length).order(LITTLE_ENDIAN);
                        batch.put(0, bytes, at, length);
                        batches.add(new Placed(day, at, batch));
                    }
                }
            }
        }
        return batches;
    }

    /** Writes a batch where it was found. */
    void write(Placed batch) throws IOException {
        write(batch.day, batch.offset, batch.bytes);
    }

    /** Writes it over the commit log's copy, if that is still there. */
    void writeIntoLog(Placed batch) throws IOException {
        Path log = data.resolve("commit-log/log.dat");
        long offset = batch.bytes.getLong(BatchDescriptor.LOG_POSITION_OFFSET) % Files.size(log);
        ByteBuffer there = ByteBuffer.allocate(32).order(LITTLE_ENDIAN);
        try (FileChannel file = FileChannel.open(log)) {
            file.read(there, offset);
        }
        if (there.getLong(BatchDescriptor.LOG_POSITION_OFFSET)
                == batch.bytes.getLong(BatchDescriptor.LOG_POSITION_OFFSET)) {
            write(log, offset, batch.bytes);
        }
    }

    /** Makes the bare marks of the commit log stand behind another chain. */
    void rechainMarks(Set<Long> behind, byte[] chain) throws IOException {
        Path log = data.resolve("commit-log/log.dat");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(log)).order(LITTLE_ENDIAN);
        for (int at = 0; at < bytes.capacity(); at += BatchDescriptor.BLOCK_LENGTH) {
            boolean isMark = bytes.getLong(at) == BatchDescriptor.MAGIC
                    && bytes.getInt(at + BatchDescriptor.COUNT_OFFSET) == 0
                    && behind.contains(bytes.getLong(at + BatchDescriptor.FIRST_SEQUENCE_OFFSET) - 1);
            if (isMark) {
                ByteBuffer header =
                        ByteBuffer.allocate(BatchDescriptor.HEADER_LENGTH).order(LITTLE_ENDIAN);
                header.put(0, bytes, at, BatchDescriptor.HEADER_LENGTH);
                Placed mark = new Placed(log, at, header);
                mark.continueChain(chain);
                write(mark);
            }
        }
    }

    private static void write(Path path, long offset, ByteBuffer bytes) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.write(bytes.duplicate().clear(), offset);
        }
    }
}

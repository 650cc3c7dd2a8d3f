// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.files;

import static it.socialies.verifier.bytes.LittleEndian.i32;
import static it.socialies.verifier.bytes.LittleEndian.i64;

import it.socialies.verifier.bytes.Crc;
import it.socialies.verifier.bytes.LittleEndian;
import it.socialies.verifier.bytes.Sha256;
import it.socialies.verifier.history.Batch;
import it.socialies.verifier.history.Chain;
import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.history.Place;
import it.socialies.verifier.history.Why;
import it.socialies.verifier.zstd.ZstdFrame;
import it.socialies.verifier.zstd.ZstdMalformed;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/** One file of the archive: header, compressed blocks of whole batches, index, digest. One thread. */
final class ArchiveDay implements Closeable {
    /** Takes the batches, in order. */
    interface Consumer {
        void onBatch(Batch batch) throws NotAsWritten, IOException;
    }

    private static final long MAGIC = 0x5643_5241_2D53_4549L; // "IES-ARCV"
    private static final int SKIPPABLE = 0x184D_2A53;
    private static final int HEADER_LENGTH = 256;
    private static final int INDEX_HEADER_LENGTH = 16;
    private static final int ENTRY_LENGTH = 32;
    private static final int TRAILER_LENGTH = 40;
    private static final int BLOCK_LENGTH_MAX = 4 * 1024 * 1024;
    private static final int CHUNK_LENGTH = 1024 * 1024;

    private final FileChannel file;
    private final String name;
    private final String fileName;

    ArchiveDay(Path path) throws IOException {
        file = FileChannel.open(path);
        fileName = String.valueOf(path.getFileName());
        name = "journal-archive/" + fileName;
    }

    /**
     * Reads it from its first byte to its last.
     *
     * @param before the chain that it must continue
     */
    void read(Chain before, Consumer consumer) throws NotAsWritten, IOException {
        long next = before.sequence() + 1;
        byte[] header = Bytes.read(file, 0, HEADER_LENGTH);
        boolean isHeader = i32(header, 0) == SKIPPABLE
                && i32(header, 4) == HEADER_LENGTH - 8
                && i64(header, 8) == MAGIC
                && i32(header, 16) == Crc.of(header, 20, HEADER_LENGTH)
                && LittleEndian.u16(header, 20) == 1;
        if (!isHeader || i64(header, 88) != file.size()) {
            throw wrong(
                    next,
                    next,
                    0,
                    "l'intestazione del file non è quella scritta",
                    "the file's header is not what was written");
        }
        long first = i64(header, 32);
        long last = i64(header, 40);
        if (!fileName.equals(String.format(Locale.ROOT, "%020d-%020d.archive", first, last))) {
            throw wrong(first, last, 0, "il nome del file non è il suo", "the file bears another name");
        }
        if (first > next) {
            throw wrong(
                    next,
                    first - 1,
                    0,
                    "mancano le registrazioni " + next + "–" + (first - 1),
                    "records " + next + "–" + (first - 1) + " are in none of the files");
        }
        if (first < next || !before.hashEquals(header, 96)) {
            throw wrong(
                    first,
                    last,
                    96,
                    "il file non continua la catena della registrazione " + before.sequence(),
                    "the file does not continue the chain of record " + before.sequence());
        }
        readBlocks(header, first, last, consumer);
        requireDigest(first, last);
    }

    private void readBlocks(byte[] header, long first, long last, Consumer consumer) throws NotAsWritten, IOException {
        int blocks = i32(header, 28);
        long indexOffset = i64(header, 80);
        long expectedEnd = indexOffset + INDEX_HEADER_LENGTH + (long) blocks * ENTRY_LENGTH + TRAILER_LENGTH;
        if (blocks < 1 || indexOffset < HEADER_LENGTH || expectedEnd != file.size()) {
            throw wrong(
                    first,
                    last,
                    28,
                    "l'indice del file non è quello scritto",
                    "the file's index is not what was written");
        }
        byte[] index = Bytes.read(file, indexOffset, INDEX_HEADER_LENGTH + blocks * ENTRY_LENGTH);
        boolean isIndex = i32(index, 0) == SKIPPABLE
                && i32(index, 4) == index.length - 8
                && i32(index, 8) == Crc.of(index, 12, index.length);
        long offset = HEADER_LENGTH;
        for (int i = 0; i < blocks; i++) {
            int entry = INDEX_HEADER_LENGTH + i * ENTRY_LENGTH;
            long blockFirst = isIndex ? i64(index, entry) : first;
            long blockLast = i + 1 < blocks && isIndex ? i64(index, entry + ENTRY_LENGTH) - 1 : last;
            if (!isIndex || i64(index, entry + 8) != offset) {
                throw wrong(
                        blockFirst,
                        last,
                        indexOffset,
                        "l'indice del file non è quello scritto",
                        "the file's index is not what was written");
            }
            offset += readBlock(index, entry, blockFirst, blockLast, indexOffset, consumer);
        }
        if (offset != indexOffset) {
            throw wrong(
                    first,
                    last,
                    offset,
                    "tra i blocchi e l'indice c'è altro",
                    "something lies between the blocks and the index");
        }
    }

    private int readBlock(byte[] index, int entry, long first, long last, long limit, Consumer consumer)
            throws NotAsWritten, IOException {
        long offset = i64(index, entry + 8);
        int length = i32(index, entry + 16);
        int rawLength = i32(index, entry + 20);
        boolean isPossible = length > 0 && offset + length <= limit && rawLength > 0 && rawLength <= BLOCK_LENGTH_MAX;
        byte[] compressed = isPossible ? Bytes.read(file, offset, length) : new byte[0];
        if (!isPossible || i32(index, entry + 24) != Crc.of(compressed, 0, length)) {
            throw wrong(
                    first,
                    last,
                    offset,
                    "i byte compressi non sono quelli scritti",
                    "the compressed bytes are not what was written");
        }
        try {
            split(ZstdFrame.decompress(compressed, rawLength), new Place(name, offset), first, last, consumer);
        } catch (ZstdMalformed e) {
            throw wrong(
                    first,
                    last,
                    offset,
                    "i byte compressi non si decomprimono: " + e.getMessage(),
                    "the compressed bytes cannot be decompressed: " + e.getMessage());
        }
        return length;
    }

    /** A batch inside a compressed block has no byte of its own in the file: the block's is named. */
    private void split(byte[] raw, Place block, long first, long last, Consumer consumer)
            throws NotAsWritten, IOException {
        for (int at = 0; at < raw.length; ) {
            byte[] rest = Arrays.copyOfRange(raw, at, Math.min(raw.length, at + Batch.HEADER_LENGTH));
            Batch header = new Batch(rest, block);
            if (!header.hasIntactHeader() || header.length() > raw.length - at) {
                throw wrong(
                        first,
                        last,
                        block.offset(),
                        "un blocco compresso non contiene blocchi interi",
                        "a compressed block does not hold whole batches");
            }
            consumer.onBatch(new Batch(
                    Arrays.copyOfRange(raw, at, at + header.length()),
                    new Place(name + " (block at " + block.offset() + ")", -1)));
            at += header.length();
        }
    }

    private void requireDigest(long first, long last) throws NotAsWritten, IOException {
        MessageDigest digest = Sha256.newDigest();
        long end = file.size() - Sha256.LENGTH;
        byte[] chunk = new byte[CHUNK_LENGTH];
        for (long at = 0; at < end; at += chunk.length) {
            int length = (int) Math.min(chunk.length, end - at);
            Bytes.read(file, at, chunk, length);
            digest.update(chunk, 0, length);
        }
        if (!Arrays.equals(digest.digest(), Bytes.read(file, end, Sha256.LENGTH))) {
            throw wrong(
                    first, last, end, "l'impronta del file non è la sua", "the file has another digest than its own");
        }
    }

    private NotAsWritten wrong(long first, long last, long offset, String italian, String english) {
        return new NotAsWritten(first, Math.max(first, last), new Place(name, offset), new Why(italian, english));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

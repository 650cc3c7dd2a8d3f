// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.files;

import static it.socialies.verifier.bytes.LittleEndian.i32;
import static it.socialies.verifier.bytes.LittleEndian.i64;

import it.socialies.verifier.bytes.Crc;
import it.socialies.verifier.bytes.LittleEndian;
import it.socialies.verifier.bytes.Sha256;
import it.socialies.verifier.checkpoint.Malformed;
import it.socialies.verifier.history.Batch;
import it.socialies.verifier.history.Chain;
import it.socialies.verifier.history.NotAsWritten;
import it.socialies.verifier.history.Place;
import it.socialies.verifier.history.Why;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/** An exported range: a header, and whole batches one behind the other. One thread. */
public final class RangeFile implements Closeable {
    private static final long MAGIC = 0x474E_4152_2D53_4549L; // "IES-RANG"
    private static final int HEADER_LENGTH = 128;

    private final FileChannel file;
    private final String name;
    private final byte[] header;

    private RangeFile(FileChannel file, String name, byte[] header) {
        this.file = file;
        this.name = name;
        this.header = header;
    }

    /** @throws Malformed when it is no range at all */
    public static RangeFile open(Path path) throws IOException, Malformed {
        FileChannel file = FileChannel.open(path);
        byte[] header = Bytes.read(file, 0, HEADER_LENGTH);
        if (i64(header, 0) != MAGIC || LittleEndian.u16(header, 12) != 1) {
            file.close();
            throw new Malformed("not an exported range: " + path);
        }
        return new RangeFile(file, String.valueOf(path.getFileName()), header);
    }

    /** The chain that its first batch is said to continue. */
    public Chain before() throws NotAsWritten {
        if (i32(header, 8) != Crc.of(header, 12, HEADER_LENGTH)) {
            throw wrong(
                    Math.max(1, i64(header, 16)),
                    0,
                    "l'intestazione del file non è quella scritta",
                    "the file's header is not what was written");
        }
        return new Chain(firstSequence() - 1, Arrays.copyOfRange(header, 48, 48 + Sha256.LENGTH));
    }

    public long firstSequence() {
        return i64(header, 16);
    }

    public long lastSequence() {
        return i64(header, 24);
    }

    /** Gives its batches to a reader, and then compares where they lead to. */
    public void read(BatchReader reader) throws NotAsWritten, IOException {
        long at = HEADER_LENGTH;
        long next = firstSequence();
        long end = file.size();
        long batches = 0;
        while (at < end) {
            Batch head = new Batch(Bytes.read(file, at, Batch.HEADER_LENGTH), new Place(name, at));
            Batch batch = head.hasIntactHeader() ? new Batch(Bytes.read(file, at, head.length()), head.place()) : head;
            if (batch.hasIntactHeader() && at + batch.length() > end) {
                throw wrong(next, at, "il file finisce dentro un blocco", "the file ends inside a batch");
            }
            next = reader.onBatch(batch).sequence() + 1;
            at += batch.length();
            batches++;
        }
        if (next != lastSequence() + 1 || batches != i64(header, 32) || end - HEADER_LENGTH != i64(header, 40)) {
            throw wrong(
                    next,
                    at,
                    "mancano le registrazioni fino alla " + lastSequence(),
                    "records up to " + lastSequence() + " are missing");
        }
        if (!reader.chain().hashEquals(header, 80)) {
            throw wrong(
                    next - 1,
                    80,
                    "il file dichiara un'altra catena finale",
                    "the file claims another chain at its end");
        }
    }

    private NotAsWritten wrong(long sequence, long offset, String italian, String english) {
        return new NotAsWritten(sequence, new Place(name, offset), new Why(italian, english));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

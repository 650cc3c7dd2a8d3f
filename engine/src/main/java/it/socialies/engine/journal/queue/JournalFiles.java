// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.queue;

import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/** The files of the journal's folder: one a day, and Chronicle's metadata. Stateless. */
public final class JournalFiles {
    private static final int CHUNK_BYTES = 1 << 18;
    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(CHUNK_BYTES).asReadOnlyBuffer();

    private JournalFiles() {}

    /** The files of the days, oldest first: their names begin with the date. */
    public static List<Path> days(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            ChronicleQueues.isFileName(file.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    /** The same as Chronicle's cycles: days since 1970-01-01. */
    public static int[] cycles(Path folder) throws IOException {
        return days(folder).stream()
                .mapToInt(file -> ChronicleQueues.cycle(file.getFileName().toString()))
                .toArray();
    }

    /**
     * Days whose file is shorter than it was made: somebody cut it, or a power cut took the length of a new file back. Nobody may map them. A file
     * without a byte is not one of them: it was made a moment ago, and Chronicle waits for its beginning.
     */
    public static List<Path> cutDays(Path folder) throws IOException {
        List<Path> cut = new ArrayList<>();
        for (Path day : days(folder)) {
            long bytes = Files.size(day);
            if (bytes > 0 && !ChronicleQueues.isWholeFile(bytes)) {
                cut.add(day);
            }
        }
        return cut;
    }

    /** Gives a cut file its length again; what was cut off reads as zeros. */
    public static void makeWhole(Path day) throws IOException {
        try (FileChannel channel = FileChannel.open(day, StandardOpenOption.WRITE)) {
            long length = ChronicleQueues.wholeFileLength(channel.size());
            channel.write(ByteBuffer.allocate(1), length - 1);
            channel.force(true);
        }
    }

    static boolean hasDays(Path folder) {
        try {
            return !days(folder).isEmpty();
        } catch (IOException e) {
            throw new JournalFailure("the journal's folder " + folder + " cannot be read", e);
        }
    }

    public static Path metadata(Path folder) {
        return folder.resolve(SingleChronicleQueue.QUEUE_METADATA_FILE);
    }

    static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }

    /**
     * Deletes Chronicle's metadata, before anybody opens the queue: it only lists the days, no checksum guards it, and one that a cut of power tore
     * would keep every reader waiting for a lock that nobody holds. Without it readers list the days themselves; the next appender writes it anew.
     */
    public static void forgetMetadata(Path folder) throws IOException {
        Files.deleteIfExists(metadata(folder));
    }

    /**
     * Writes the ends of the newest two days again, byte for byte, and their heads with Chronicle's own bytes, so that the next force brings them to the
     * disk even where an earlier one failed. Nobody writes to them meanwhile; readers see no change.
     *
     * @param bytes of journal, at least, that are written again
     */
    public static void writeNewestAgain(Path folder, long bytes) throws IOException {
        List<Path> days = days(folder);
        for (Path day : days.subList(Math.max(0, days.size() - 2), days.size())) {
            try (FileChannel file = FileChannel.open(day, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                long tail = Math.max(0, file.size() - bytes - ChronicleQueues.wholeFileLength(0));
                writeAgain(file, 0, Math.min(tail, CHUNK_BYTES));
                writeAgain(file, tail, file.size());
            }
        }
    }

    private static void writeAgain(FileChannel file, long from, long to) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        for (long at = from; at < to; at += CHUNK_BYTES) {
            readFully(file, chunk.clear().limit((int) Math.min(CHUNK_BYTES, to - at)), at);
            // What was never written stays a hole.
            if (chunk.flip().mismatch(ZEROS.duplicate().limit(chunk.limit())) >= 0) {
                for (long end = at; chunk.hasRemaining(); ) {
                    end += file.write(chunk, end);
                }
            }
        }
    }

    private static void readFully(FileChannel file, ByteBuffer dst, long position) throws IOException {
        long at = position;
        int read = 0;
        while (dst.hasRemaining() && read >= 0) {
            read = file.read(dst, at);
            at += read;
        }
    }

    /** Forces whatever an earlier process may have left in memory: a day's file is forced when it is left, so at most two are not. */
    public static void forceNewest(Path folder) throws IOException {
        List<Path> days = days(folder);
        for (Path day : days.subList(Math.max(0, days.size() - 2), days.size())) {
            force(day);
        }
        if (Files.exists(metadata(folder))) {
            force(metadata(folder));
        }
        Folders.force(folder);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What somebody with a disk editor does to the files of a history. */
final class Tampering {
    private static final int PAGE_LENGTH = 65_536;

    private Tampering() {}

    /** A batch as it lies in a file of the journal. */
    record Placed(Path file, long offset, int length, long firstSequence, long lastSequence) {
        /** Where the next document begins, unless Chronicle wrote an index between. */
        long end() {
            return (offset + length + 3) / 4 * 4;
        }

        boolean isDirectlyBefore(Placed next) {
            return file.equals(next.file) && end() + 4 == next.offset;
        }

        /** Bytes of the file that are records, padding left out, with the record they belong to. */
        List<long[]> recordBytes() throws IOException {
            byte[] bytes = Files.readAllBytes(file);
            List<long[]> places = new ArrayList<>();
            long at = offset + 128;
            for (long sequence = firstSequence; sequence <= lastSequence; sequence++) {
                int recordLength = intAt(bytes, (int) at);
                for (int i = 0; i < recordLength; i++) {
                    places.add(new long[] {at + i, sequence});
                }
                at += (recordLength + 7) / 8 * 8;
            }
            return places;
        }
    }

    /** The batches of the journal, in the order of the files. */
    static List<Placed> batches(Path journal) throws IOException {
        List<Placed> batches = new ArrayList<>();
        for (Path day : JournalFiles.days(journal)) {
            try (RawBatchScan scan = RawBatchScan.open(day)) {
                while (scan.next()) {
                    assertThat(scan.hasIntactHeader()).isTrue();
                    batches.add(new Placed(
                            day,
                            scan.offset(),
                            scan.length(),
                            BatchView.firstSequence(scan.frame().buffer(), 0),
                            BatchView.lastSequence(scan.frame().buffer(), 0)));
                }
            }
        }
        return batches;
    }

    static void flip(Path file, long offset) throws IOException {
        change(file, bytes -> bytes[(int) offset] ^= 0x20);
    }

    static void zero(Path file, long offset, int length) throws IOException {
        change(file, bytes -> Arrays.fill(bytes, (int) offset, (int) offset + length, (byte) 0));
    }

    static void cut(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    /** The first batch from {@code i} on behind whose document the next one begins at once. */
    static int neighboursFrom(List<Placed> batches, int i) {
        int found = i;
        while (!batches.get(found).isDirectlyBefore(batches.get(found + 1))) {
            found++;
        }
        return found;
    }

    /** Exchanges two documents that lie side by side, with the four bytes that Chronicle writes before each. */
    static void swapNeighbours(Placed one, Placed other) throws IOException {
        change(one.file, bytes -> {
            int begin = (int) one.offset - 4;
            byte[] first = Arrays.copyOfRange(bytes, begin, (int) other.offset - 4);
            byte[] second = Arrays.copyOfRange(bytes, (int) other.offset - 4, (int) other.end());
            System.arraycopy(second, 0, bytes, begin, second.length);
            System.arraycopy(first, 0, bytes, begin + second.length, first.length);
        });
    }

    /** Writes one batch over another one of the same length. */
    static void copy(Placed from, Placed to) throws IOException {
        byte[] source = Files.readAllBytes(from.file);
        change(to.file, bytes -> System.arraycopy(source, (int) from.offset, bytes, (int) to.offset, from.length));
    }

    interface Change {
        void on(byte[] bytes);
    }

    /** Writes only what differs, so that the holes of a sparse file stay holes. */
    static void change(Path file, Change change) throws IOException {
        byte[] before = Files.readAllBytes(file);
        byte[] after = before.clone();
        change.on(after);
        int from = Arrays.mismatch(before, after);
        if (from >= 0) {
            int to = after.length;
            while (before[to - 1] == after[to - 1]) {
                to--;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(after, from, to - from), from);
            }
        }
    }

    /** Copies a folder with everything in it over another one that may exist. */
    static void copyFolder(Path from, Path to) throws IOException {
        delete(to);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(dir)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                copySparse(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void copySparse(Path from, Path to) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(PAGE_LENGTH);
        ByteBuffer zeros = ByteBuffer.allocate(PAGE_LENGTH);
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long length = source.size();
            for (long at = 0; at < length; at += PAGE_LENGTH) {
                source.read(page.clear(), at);
                page.flip();
                boolean last = at + PAGE_LENGTH >= length;
                if (last || page.mismatch(zeros.clear().limit(page.limit())) >= 0) {
                    target.write(page, at);
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static int intAt(byte[] bytes, int at) {
        return (bytes[at] & 0xFF)
                | (bytes[at + 1] & 0xFF) << 8
                | (bytes[at + 2] & 0xFF) << 16
                | (bytes[at + 3] & 0xFF) << 24;
    }
}

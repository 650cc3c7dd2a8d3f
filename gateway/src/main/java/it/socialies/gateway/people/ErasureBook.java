// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.people;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tombstones outside the databases, so that both restored from before an erasure do not undo it: a file of lines {@code record circuit request operator epochMs}, numbers all of them,
 * only ever appended to and forced before the key is destroyed. All methods block; may be called from any thread.
 */
final class ErasureBook {
    private static final int FIELDS = 5;

    private final Path file;

    /** @param file in a folder that is there */
    ErasureBook(Path file) {
        this.file = file;
    }

    /** Everybody in it; a last line without its end was never forced, and is not in it. */
    synchronized List<Tombstone> read() {
        try {
            if (!Files.exists(file)) {
                return List.of();
            }
            String text = Files.readString(file, StandardCharsets.US_ASCII);
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(ErasureBook::parse)
                    .collect(Collectors.toCollection(ArrayList::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " is damaged: restore it from the backup", e);
        }
    }

    private static Tombstone parse(String line) {
        long[] fields =
                Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong).toArray();
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("a line has five numbers");
        }
        return new Tombstone(fields[0], Math.toIntExact(fields[1]), fields[2], fields[3], fields[4]);
    }

    /** Appends; durable when it returns. */
    synchronized void add(List<Tombstone> tombstones) {
        if (tombstones.isEmpty()) {
            return;
        }
        String lines = tombstones.stream()
                .map(each -> each.recordId() + " " + each.circuitId() + " " + each.requestId() + " " + each.operatorId()
                        + " " + each.erasedMs() + "\n")
                .collect(Collectors.joining());
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.position(endOfLastLine(channel));
            ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.truncate(channel.position());
            channel.force(true);
            forceFolder();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Behind it there may be the torn rest of an interrupted line. */
    private static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            one.clear();
            channel.read(one, end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }

    private void forceFolder() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }
}

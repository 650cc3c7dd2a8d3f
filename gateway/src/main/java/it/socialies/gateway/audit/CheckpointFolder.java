// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.audit;

import it.socialies.gateway.security.SecretFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The signed checkpoints of an installation: {@code <sequence>.jws}, the sequence with 20 digits, written whole or not at all, never overwritten, all kept.
 * Beside them the public key in {@code keys.json}, a JWK set, so that files alone can be verified.
 *
 * <p>Threading: one writer; readers from any thread. What touches a file blocks.
 */
public final class CheckpointFolder {
    /** The public key, as a JWK set. */
    public static final String KEYS_FILE = "keys.json";

    private static final Logger LOG = LogManager.getLogger(CheckpointFolder.class);
    private static final Pattern NAME = Pattern.compile("(\\d{20})\\.jws");

    private final Path folder;
    /** Ascending; replaced, never changed. */
    private volatile long[] sequences;

    private CheckpointFolder(Path folder, long[] sequences) {
        this.folder = folder;
        this.sequences = sequences;
    }

    /** Looks what is there; the folder need not be, the first write makes it. Files are not read. */
    public static CheckpointFolder open(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new CheckpointFolder(folder, new long[0]);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new CheckpointFolder(
                    folder,
                    files.map(file -> NAME.matcher(file.getFileName().toString()))
                            .filter(Matcher::matches)
                            .mapToLong(name -> Long.parseLong(name.group(1)))
                            .sorted()
                            .toArray());
        }
    }

    /** The sequence of the newest; 0 when there is none. */
    public long newest() {
        long[] known = sequences;
        return known.length == 0 ? 0 : known[known.length - 1];
    }

    /** Whether there is one of this sequence. */
    public boolean contains(long sequence) {
        return Arrays.binarySearch(sequences, sequence) >= 0;
    }

    /** The first one at or behind a record; 0 when there is none yet. */
    public long from(long sequence) {
        long[] known = sequences;
        int place = Arrays.binarySearch(known, sequence);
        int at = place >= 0 ? place : -place - 1;
        return at == known.length ? 0 : known[at];
    }

    /** Sequences below a limit, newest first, at most so many. */
    public long[] below(long limit, int max) {
        long[] known = sequences;
        int place = Arrays.binarySearch(known, limit);
        int end = place >= 0 ? place : -place - 1;
        int count = Math.min(end, max);
        return LongStream.range(0, count).map(i -> known[end - 1 - (int) i]).toArray();
    }

    /**
     * Reads one; null when there is none. A file that holds none is logged, left alone and as good as absent.
     *
     * @throws UncheckedIOException when the disk fails
     */
    public @Nullable SignedCheckpoint read(long sequence) {
        if (!contains(sequence)) {
            return null;
        }
        Path file = path(sequence);
        try {
            SignedCheckpoint read = SignedCheckpoint.parse(Files.readString(file, StandardCharsets.US_ASCII));
            if (read.checkpoint().sequence() == sequence) {
                return read;
            }
            LOG.warn(
                    "{} holds the checkpoint of record {}",
                    file,
                    read.checkpoint().sequence());
        } catch (NoSuchFileException e) {
            LOG.warn("{} is gone", file);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            LOG.warn("{} is damaged: {}", file, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return null;
    }

    /**
     * Keeps one, durably.
     *
     * @throws IOException when it cannot be written, or there is one already; nothing has changed then
     */
    void write(SignedCheckpoint signed) throws IOException {
        long sequence = signed.checkpoint().sequence();
        Path file = path(sequence);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        write(file, signed.jws().getBytes(StandardCharsets.US_ASCII));
        long[] known = Arrays.copyOf(sequences, sequences.length + 1);
        known[known.length - 1] = sequence;
        Arrays.sort(known);
        sequences = known;
    }

    /** Writes the public key beside them, unless it is there. */
    void writeKeys(String jwks) throws IOException {
        Path file = folder.resolve(KEYS_FILE);
        if (!Files.exists(file) || !Files.readString(file).equals(jwks)) {
            write(file, jwks.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void write(Path file, byte[] content) throws IOException {
        try {
            if (!Files.isDirectory(folder)) {
                SecretFiles.createDirectory(folder);
            }
            SecretFiles.write(file, content);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Path path(long sequence) {
        return folder.resolve(String.format(Locale.ROOT, "%020d.jws", sequence));
    }
}

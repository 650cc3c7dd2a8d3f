// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that only their owner may read: directories 0700, files 0600, written whole or not at all (a synced temporary file, renamed).
 * Readable by others, they are refused, as ssh does. All methods block.
 */
public final class SecretFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private SecretFiles() {}

    /** Creates a directory that only its owner may enter. */
    public static void createDirectory(Path directory) {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file durably: after a crash there is the old content or the new one. */
    public static void write(Path file, byte[] content) {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(temporary);
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE))) {
                ByteBuffer buffer = ByteBuffer.wrap(content);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            rename(temporary, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Renames atomically and durably; both lie in the same directory. */
    public static void rename(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            Path parent = to.toAbsolutePath().getParent();
            if (parent != null) {
                try (FileChannel directory = FileChannel.open(parent, StandardOpenOption.READ)) {
                    directory.force(true);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file that must be there and private.
     *
     * @throws SecretsUnusableException with the remedy
     */
    public static byte[] read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new SecretsUnusableException(file + " is missing: restore it from the backup");
        }
        requirePrivate(file);
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Refuses a path that others may read, write or enter. */
    static void requirePrivate(Path path) {
        try {
            boolean directory = Files.isDirectory(path);
            if (!(directory ? OWNER_ONLY_DIRECTORY : OWNER_ONLY_FILE)
                    .containsAll(Files.getPosixFilePermissions(path))) {
                throw new SecretsUnusableException(
                        path + " can be read by others: run chmod " + (directory ? "700 " : "600 ") + path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.journal.files.ChannelLogFile;
import it.socialies.engine.journal.files.Folders;
import it.socialies.engine.journal.files.LogFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** The machine's own files. Stateless. */
final class RealSnapshotFiles implements SnapshotFiles {
    private static final long FREED_AT_ONCE_BYTES = 8L << 20;

    @Override
    public List<String> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    @Override
    public LogFile create(Path path) throws IOException {
        return ChannelLogFile.create(path);
    }

    @Override
    public LogFile openToRead(Path path) throws IOException {
        return ChannelLogFile.openToRead(path);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            shrink(path);
            Files.deleteIfExists(path);
        }
    }

    /** Hundreds of MiB that are freed at once keep the file system busy, and with it the syncs that payments wait for. */
    private static void shrink(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            for (long size = file.size() - FREED_AT_ONCE_BYTES; size > 0; size -= FREED_AT_ONCE_BYTES) {
                file.truncate(size);
                file.force(true);
            }
        }
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        Folders.force(folder);
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }
}

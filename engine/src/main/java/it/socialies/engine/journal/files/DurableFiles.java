// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The steps by which a finished file takes its place: written beside, synchronised, renamed, its folder forced. Passed in, so that a simulator can
 * stop at each of them or fail it. Stateless.
 */
public interface DurableFiles {
    /** Real files. */
    DurableFiles REAL = new DurableFiles() {
        @Override
        public void createFolder(Path folder) throws IOException {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Folders.forceParent(folder);
            }
        }

        @Override
        public LogFile create(Path path) throws IOException {
            return ChannelLogFile.create(path);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void delete(Path path) throws IOException {
            Files.deleteIfExists(path);
        }

        @Override
        public void forceFolder(Path folder) throws IOException {
            Folders.force(folder);
        }

        @Override
        public long usableBytes(Path folder) throws IOException {
            return Files.getFileStore(folder).getUsableSpace();
        }
    };

    /** Makes the folder, for its owner only, unless it is there. */
    void createFolder(Path folder) throws IOException;

    /** Creates an empty file, or empties the one there is. */
    LogFile create(Path path) throws IOException;

    /** Gives a file its name at once; durable only when the folder was forced. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file, if it is there. */
    void delete(Path path) throws IOException;

    /** Makes names durable. */
    void forceFolder(Path folder) throws IOException;

    /** Free space, in bytes, on the disk under a folder. */
    long usableBytes(Path folder) throws IOException;
}

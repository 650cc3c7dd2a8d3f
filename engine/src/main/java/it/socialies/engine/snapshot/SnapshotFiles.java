// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.snapshot;

import it.socialies.engine.journal.files.LogFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The file operations under snapshots, passed in so that a simulator can lose, tear and fail them. */
public interface SnapshotFiles {
    /** Real files. */
    SnapshotFiles REAL = new RealSnapshotFiles();

    /** Names of the files in a folder, in no order; none when there is no folder. */
    List<String> list(Path folder) throws IOException;

    /** Makes the folder, for its owner only, unless it is there. */
    void createFolder(Path folder) throws IOException;

    /** Creates an empty file, or empties the one there is. */
    LogFile create(Path path) throws IOException;

    /** Opens an existing file; it is not written to. */
    LogFile openToRead(Path path) throws IOException;

    /** Gives a file its name at once; durable only when the folder was forced. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file, if it is there; a large one bit by bit, so that readers see it shrink. */
    void delete(Path path) throws IOException;

    /** Makes names durable. */
    void forceFolder(Path folder) throws IOException;

    /** Free space, in bytes, on the disk under a folder. */
    long usableBytes(Path folder) throws IOException;
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The layout of the data folder, all of it mode 0700, and the lock that lets one engine in. */
public final class DataFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path root;

    private DataFolder(Path root) {
        this.root = root;
    }

    /** Names the places below {@code root}; creates nothing. For readers. */
    public static DataFolder at(Path root) {
        return new DataFolder(root.toAbsolutePath());
    }

    /** Creates what is missing, owner only. When it returns, a cut of power takes none of it away: records are no safer than the folders they lie in. */
    public static DataFolder create(Path root) throws IOException {
        DataFolder folder = at(root);
        createPrivate(folder.root);
        createPrivate(folder.commitLog());
        createPrivate(folder.journal());
        createPrivate(folder.snapshots());
        createPrivate(folder.run());
        createPrivate(folder.postgres());
        createPrivate(folder.secrets());
        Folders.force(folder.root);
        forceNameOfRoot(folder.root);
        return folder;
    }

    /** Each time: the process that made it may have died before it forced the name. Where others own the folder above, whoever made this one saw to it. */
    private static void forceNameOfRoot(Path root) throws IOException {
        Path parent = root.getParent();
        if (parent != null && Files.isReadable(parent)) {
            Folders.force(parent);
        }
    }

    private static void createPrivate(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            Files.setPosixFilePermissions(path, OWNER_ONLY);
            return;
        }
        Path parent = path.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            createPrivate(parent);
        }
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Folders.forceParent(path);
    }

    public Path root() {
        return root;
    }

    public Path commitLog() {
        return root.resolve("commit-log");
    }

    public Path commitLogFile() {
        return commitLog().resolve("log.dat");
    }

    public Path journal() {
        return root.resolve("journal");
    }

    /** Sealed days of the journal, compressed; made when the first one is archived. */
    public Path journalArchive() {
        return root.resolve("journal-archive");
    }

    public Path snapshots() {
        return root.resolve("snapshots");
    }

    public Path run() {
        return root.resolve("run");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    /**
     * Takes the lock that one engine holds from before recovery to its end. The system frees it when the process dies.
     *
     * @throws DataFolderInUse when another process, or this one, holds it
     */
    public ProcessLock lock() throws IOException {
        Path file = root.resolve("engine.lock");
        ProcessLock lock = ProcessLock.tryAcquire(file);
        if (lock == null) {
            String pid = ProcessLock.holder(file);
            throw new DataFolderInUse(root + " is in use by process " + (pid.isEmpty() ? "(unknown)" : pid)
                    + ": stop it first, or start with another data folder");
        }
        return lock;
    }

    /** Whether an engine holds the lock at this moment. Takes nothing; whoever cannot ask takes it for held. */
    public boolean isInUse() {
        return ProcessLock.isHeld(root.resolve("engine.lock"));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.journal.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A file that one process at a time holds, with its process id in it. The system frees it when the process dies. Any thread. */
public final class ProcessLock implements AutoCloseable {
    /**
     * Files held by this process. They must not be opened a second time: closing any channel on a file drops the process's lock on it
     * (POSIX record locks).
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final int TRIES = 10;
    private static final long PAUSE_MS = 20;

    private final Path path;
    private final FileChannel channel;

    private ProcessLock(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** The held lock; null when another process, or this one, holds it. */
    public static @Nullable ProcessLock tryAcquire(Path file) throws IOException {
        Path path = real(file);
        if (!HELD.add(path)) {
            return null;
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock != null) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap((ownPid() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
                return new ProcessLock(path, channel);
            }
            channel.close();
            HELD.remove(path);
            return null;
        } catch (IOException | RuntimeException | Error e) {
            HELD.remove(path);
            if (channel != null) {
                channel.close();
            }
            throw e;
        }
    }

    /** Tries for a moment: it may be somebody in {@link #isHeld} who lets go at once. */
    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        for (int i = 0; lock == null && i < TRIES; i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
            lock = channel.tryLock();
        }
        return lock;
    }

    /**
     * Whether somebody holds the lock at this moment. Asks by taking a shared lock and letting go of it at once; whoever cannot ask, because the
     * file belongs to another user, takes it for held.
     */
    public static boolean isHeld(Path file) {
        try {
            Path path = real(file);
            if (HELD.contains(path)) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
                    FileLock free = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return free == null;
            }
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Process id of who holds the lock, or held it last; empty when nobody knows. */
    public static String holder(Path file) throws IOException {
        if (HELD.contains(real(file))) {
            return Long.toString(ownPid());
        }
        return Files.exists(file)
                ? Files.readString(file, StandardCharsets.UTF_8).strip()
                : "";
    }

    private static Path real(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = Objects.requireNonNull(absolute.getParent(), "a file has a folder");
        return folder.toRealPath().resolve(absolute.getFileName());
    }

    private static long ownPid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(path);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process to which something is done. It is looked at through {@code /proc}: whoever had started it may be dead too, and then nobody waits for it.
 *
 * @param pid its number
 */
public record Victim(long pid) {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(2);

    static Victim of(ProcessHandle process) {
        return new Victim(process.pid());
    }

    /** False also for one that ended and that nobody has waited for. */
    public boolean isAlive() {
        try {
            String stat = Files.readString(proc().resolve("stat"), StandardCharsets.ISO_8859_1);
            // The name in parentheses may itself hold some; the state follows the last of them.
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state != 'Z' && state != 'X';
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() throws IOException {
        signal("KILL");
        awaitEnd(Duration.ofSeconds(20));
    }

    /** Sends a signal; one to a process that has ended meanwhile is none. */
    void signal(String name) throws IOException {
        try {
            // The shell's own: a small Debian has no program of this name.
            Shell.run("sh", "-c", "kill -s " + name + " " + pid);
        } catch (IOException e) {
            if (isAlive()) {
                throw e;
            }
        }
    }

    /** @throws IOException when it does not end in time */
    public void awaitEnd(Duration limit) throws IOException {
        long endNs = System.nanoTime() + limit.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > endNs) {
                throw new IOException("process " + pid + " does not end");
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Itself and all that it started, directly or not. */
    List<Victim> family() {
        List<Victim> family = new ArrayList<>(List.of(this));
        ProcessHandle.of(pid)
                .ifPresent(process -> process.descendants().map(Victim::of).forEach(family::add));
        return family;
    }

    /** The thread of this name, if there is one. */
    public OptionalLong thread(String name) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(proc().resolve("task"))) {
            for (Path thread : threads) {
                if (Files.readString(thread.resolve("comm")).strip().equals(name)) {
                    return OptionalLong.of(Long.parseLong(thread.getFileName().toString()));
                }
            }
        }
        return OptionalLong.empty();
    }

    private Path proc() {
        return Path.of("/proc", Long.toString(pid));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** An strace that is attached to threads of a running process, to look at their system calls or to have some of them fail. One thread. */
public final class Strace implements AutoCloseable {
    private static final Duration ATTACH_WAIT = Duration.ofSeconds(20);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long STOP_WAIT_S = 30;

    private final Process process;
    private final Path messages;

    private Strace(Process process, Path messages) {
        this.process = process;
        this.messages = messages;
    }

    /** Why it cannot be used here, Italian and English; empty when it can. */
    public static String hindrance() {
        if (!Shell.has("strace")) {
            return "manca strace: apt-get install strace | strace is missing: apt-get install strace";
        }
        return Shell.isRoot() ? "" : "serve root | needs root";
    }

    /**
     * Attaches to a thread; with {@code -f} among the options, to all threads of its process.
     *
     * @param messages file for what strace itself says
     * @throws IOException when it cannot attach
     */
    public static Strace attach(long thread, Path messages, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of("strace", "-p", Long.toString(thread)));
        command.addAll(options);
        Files.deleteIfExists(messages);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        process.getOutputStream().close();
        Strace strace = new Strace(process, messages);
        long endNs = System.nanoTime() + ATTACH_WAIT.toNanos();
        while (!Files.readString(messages).contains("attached")) {
            if (!process.isAlive() || System.nanoTime() > endNs) {
                strace.close();
                throw new IOException("strace: " + Files.readString(messages).strip());
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return strace;
    }

    /** What strace said; with no file for its trace, the trace too. */
    String messages() throws IOException {
        return Files.readString(messages);
    }

    /** Detaches; whom it looked at goes on. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_WAIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}

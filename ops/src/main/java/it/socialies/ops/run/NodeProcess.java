// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.ProcessFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The JVM that holds engine and gateway, started and stopped as a child of the supervisor. */
final class NodeProcess {
    static final String MAIN_CLASS = "it.socialies.gateway.node.Node";
    private static final Duration STOP_WAIT = Duration.ofSeconds(60);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(10);
    private static final long PROBE_INTERVAL_MS = 100;
    private static final long LOG_BYTES_MAX = 16L << 20;
    /** A stack trace is one long line; who needs all of it opens the file. */
    private static final int LINE_LENGTH_MAX = 400;

    private static final int JDK_WITH_NEW_FLAGS = 24;

    private final DataFolder folder;
    private final Process process;
    private final URI status;

    private NodeProcess(DataFolder folder, Process process, URI status) {
        this.folder = folder;
        this.process = process;
        this.status = status;
    }

    /** The node that a killed supervisor left on this folder, if it still runs. */
    static Optional<ProcessHandle> leftover(DataFolder folder) throws IOException {
        return ProcessFile.running(folder.nodePid(), MAIN_CLASS)
                .filter(node -> node.pid() != ProcessHandle.current().pid());
    }

    /**
     * Starts the node; it is ready when {@link #awaitReady} says so.
     *
     * @param home the checkout, whose {@code ops/jvm} holds the flags
     * @param arguments of the node's main
     */
    static NodeProcess start(DataFolder folder, Path home, URI gateway, List<String> arguments) throws IOException {
        keepLogSmall(folder.nodeLog());
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // Out of the terminal's process group, so that Ctrl-C reaches the supervisor alone and the order of
            // stopping is its own.
            command.add("/usr/bin/setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path flags = home.resolve("ops").resolve("jvm");
        command.add("@" + flags.resolve("flags-21"));
        if (Runtime.version().feature() >= JDK_WITH_NEW_FLAGS) {
            command.add("@" + flags.resolve("flags-24"));
        }
        command.add("@" + flags.resolve("node"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN_CLASS));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.nodeLog().toFile()))
                .start();
        ProcessFile.write(folder.nodePid(), process.pid());
        return new NodeProcess(folder, process, gateway.resolve("/rest/ies/v1/status"));
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the node ends by itself; returns its exit code. */
    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /**
     * Asks for {@code GET /status} until it is 200.
     *
     * @param onStillWaiting called every ten seconds
     * @return false when the node ended or the time is over
     */
    boolean awaitReady(Duration limit, Runnable onStillWaiting) throws InterruptedException {
        HttpRequest probe =
                HttpRequest.newBuilder(status).timeout(PROBE_TIMEOUT).build();
        long endNs = System.nanoTime() + limit.toNanos();
        long nextReportNs = System.nanoTime() + REPORT_INTERVAL.toNanos();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build()) {
            while (System.nanoTime() < endNs) {
                if (process.waitFor(PROBE_INTERVAL_MS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
                if (answersOk(client, probe)) {
                    return true;
                }
                if (System.nanoTime() > nextReportNs) {
                    nextReportNs += REPORT_INTERVAL.toNanos();
                    onStillWaiting.run();
                }
            }
        }
        return false;
    }

    private static boolean answersOk(HttpClient client, HttpRequest probe) throws InterruptedException {
        try {
            return client.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGTERM, and waits; the node writes down what it holds. Returns false when it had to be killed. */
    boolean stop() throws IOException {
        boolean clean = stop(process.toHandle());
        Files.deleteIfExists(folder.nodePid());
        return clean;
    }

    /** Stops any node: SIGTERM, then SIGKILL when it does not end in time (its log recovers whatever it had acknowledged). */
    static boolean stop(ProcessHandle node) {
        node.destroy();
        try {
            node.onExit().get(STOP_WAIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            node.destroyForcibly();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The last lines of the node's log, for the person who must find out what happened. */
    List<String> lastLogLines(int count) throws IOException {
        if (!Files.exists(folder.nodeLog())) {
            return List.of();
        }
        try (RandomAccessFile log = new RandomAccessFile(folder.nodeLog().toFile(), "r")) {
            int tailBytes = (int) Math.min(log.length(), 16 * 1024);
            byte[] tail = new byte[tailBytes];
            log.seek(log.length() - tailBytes);
            log.readFully(tail);
            List<String> lines =
                    new String(tail, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size()).stream()
                    .map(line -> line.length() > LINE_LENGTH_MAX ? line.substring(0, LINE_LENGTH_MAX) + " …" : line)
                    .toList();
        }
    }

    private static void keepLogSmall(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A JVM of the installation, started, watched and stopped as a child of the supervisor. */
final class ChildJvm {
    private static final Duration STOP_WAIT = Duration.ofSeconds(60);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REPORT_INTERVAL = Duration.ofSeconds(10);
    private static final long PROBE_INTERVAL_MS = 100;
    private static final long OUTPUT_BYTES_MAX = 16L << 20;
    /** A stack trace is one long line; who needs all of it opens the file. */
    private static final int LINE_LENGTH_MAX = 400;

    /**
     * What runs and where it leaves its traces.
     *
     * @param mainClass also tells the process from others that got its number later
     * @param flagFiles argument files of the JVM
     * @param properties system properties, as {@code name=value}
     * @param log written by the process itself; none when it only speaks
     * @param output what the process says
     * @param probe answers 200 when the process is ready
     */
    record Program(
            String mainClass,
            List<Path> flagFiles,
            List<String> properties,
            String classPath,
            List<String> arguments,
            Path pidFile,
            @Nullable Path log,
            Path output,
            URI probe) {}

    private final Program program;
    private final Process process;

    private ChildJvm(Program program, Process process) {
        this.program = program;
        this.process = process;
    }

    /** Starts it; it is ready when {@link #awaitReady} says so. */
    static ChildJvm start(Program program) throws IOException {
        keepSmall(program.output);
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            // Out of the terminal's process group, so that Ctrl-C reaches the supervisor alone and the order of
            // stopping is its own.
            command.add("/usr/bin/setsid");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        program.flagFiles.forEach(file -> command.add("@" + file));
        program.properties.forEach(property -> command.add("-D" + property));
        command.addAll(List.of("-cp", program.classPath, program.mainClass));
        command.addAll(program.arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(program.output.toFile()))
                .start();
        try {
            ProcessFile.write(program.pidFile, process.pid());
        } catch (IOException e) {
            // On a full disk: a process that no file names could not be found again.
            process.destroyForcibly();
            throw e;
        }
        return new ChildJvm(program, process);
    }

    /** The process that a killed supervisor left, if it still runs. */
    static Optional<ProcessHandle> leftover(Path pidFile, String mainClass) throws IOException {
        return ProcessFile.running(pidFile, mainClass)
                .filter(process -> process.pid() != ProcessHandle.current().pid());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until the process ends by itself; returns its exit code. */
    int awaitExit() throws InterruptedException {
        return process.waitFor();
    }

    /** Done when the process ends. */
    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /**
     * Asks its probe until that is 200.
     *
     * @param onStillWaiting called every ten seconds
     * @return false when the process ended or the time is over
     */
    boolean awaitReady(Duration limit, Runnable onStillWaiting) throws InterruptedException {
        HttpRequest probe =
                HttpRequest.newBuilder(program.probe).timeout(PROBE_TIMEOUT).build();
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

    /** SIGTERM, and waits; the process writes down what it holds. Returns false when it had to be killed. */
    boolean stop() throws IOException {
        boolean clean = stop(process.toHandle());
        Files.deleteIfExists(program.pidFile);
        return clean;
    }

    /** Stops any process: SIGTERM, then SIGKILL when it does not end in time (a node's log recovers whatever it had acknowledged). */
    static boolean stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_WAIT.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            process.destroyForcibly();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The last lines it left, for the person who must find out what happened. */
    List<String> lastLogLines(int count) throws IOException {
        List<String> lines = new ArrayList<>();
        if (program.log != null) {
            lines.addAll(lastLines(program.log, count));
        }
        lines.addAll(lastLines(program.output, count));
        return lines;
    }

    private static List<String> lastLines(Path file, int count) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
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

    private static void keepSmall(Path output) throws IOException {
        if (Files.exists(output) && Files.size(output) > OUTPUT_BYTES_MAX) {
            Files.move(output, output.resolveSibling(output.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}

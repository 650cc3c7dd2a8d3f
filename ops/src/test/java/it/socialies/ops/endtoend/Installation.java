// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.endtoend;

import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.ProcessFile;
import it.socialies.ops.run.Run;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A whole installation, as {@code ops/run} starts it, in a process of its own. */
final class Installation implements AutoCloseable {
    private static final int READY_WAIT_S = 120;
    private static final int STOP_WAIT_S = 90;
    private static final Pattern READY = Pattern.compile("READY gateway=(\\S+)(?: console=(\\S+))?");

    private final DataFolder folder;
    private final Process supervisor;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Addresses> ready = new CompletableFuture<>();

    private record Addresses(URI gateway, @Nullable URI console) {}

    private Installation(DataFolder folder, Process supervisor) {
        this.folder = folder;
        this.supervisor = supervisor;
    }

    /** Starts node and Postgres, without a demo town, on a free port and waits until they are ready. */
    static Installation start(Path data) throws Exception {
        return start(data, freePort(), "--empty", "--no-console");
    }

    /** Starts all of it, with the demo town and the console. */
    static Installation startWithConsole(Path data) throws Exception {
        return start(data, freePort(), "--console-port", Integer.toString(freePort()));
    }

    /** Starts on a port and waits until it is ready; further options go to {@link Run}. */
    static Installation start(Path data, int port, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dies.home=" + Path.of("..").toAbsolutePath().normalize(),
                "-Dlog4j2.configurationFile=log4j2-tools.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Run.class.getName(),
                "--data",
                data.toString(),
                "--gateway-port",
                Integer.toString(port)));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Installation installation = new Installation(new DataFolder(data), process);
        Thread.ofVirtual().start(installation::readOutput);
        try {
            installation.ready.get(READY_WAIT_S, TimeUnit.SECONDS);
        } catch (Exception e) {
            installation.close();
            throw new IllegalStateException("not ready: " + installation.output, e);
        }
        return installation;
    }

    private void readOutput() {
        try (BufferedReader reader = supervisor.inputReader()) {
            String line;
            while ((line = reader.readLine()) != null) {
                output.add(line);
                Matcher matcher = READY.matcher(line);
                if (matcher.matches()) {
                    String console = matcher.group(2);
                    ready.complete(
                            new Addresses(URI.create(matcher.group(1)), console == null ? null : URI.create(console)));
                }
            }
        } catch (IOException e) {
            output.add(e.toString());
        }
        ready.completeExceptionally(new IllegalStateException("ended before it was ready"));
    }

    URI gateway() {
        return ready.join().gateway;
    }

    /** Where the console is, as the last line of the start says. */
    URI console() {
        return Objects.requireNonNull(ready.join().console, "started without the console");
    }

    DataFolder folder() {
        return folder;
    }

    List<String> output() {
        return output;
    }

    ProcessHandle node() throws IOException {
        return ProcessFile.running(folder.nodePid(), "Node").orElseThrow();
    }

    ProcessHandle consoleProcess() throws IOException {
        return ProcessFile.running(folder.consolePid(), "Console").orElseThrow();
    }

    ProcessHandle postgres() throws IOException {
        return ProcessFile.running(folder.postgresPid(), "postgres").orElseThrow();
    }

    /** Waits until the supervisor has ended by itself; returns its exit code. */
    int awaitEnd() {
        try {
            if (!supervisor.waitFor(STOP_WAIT_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException("still running: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return supervisor.exitValue();
    }

    /** Like Ctrl-C; waits until all has ended. */
    void stop() {
        supervisor.destroy();
        var unused = awaitEnd();
    }

    /** Kills supervisor and node at once, as when the machine's memory is gone; the supervisor first, which would start the node again. */
    void kill() throws IOException {
        ProcessHandle node = node();
        supervisor.destroyForcibly();
        node.destroyForcibly();
    }

    @Override
    public void close() {
        stop();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}

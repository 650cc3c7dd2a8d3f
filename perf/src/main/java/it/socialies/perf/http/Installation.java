// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.http;

import it.socialies.ops.data.DataFolder;
import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.suite.WorkFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A whole installation: one that runs already, or one that starts for this run as {@code ops/run} starts it, and that goes with it. */
final class Installation implements AutoCloseable {
    private static final String READY = "READY gateway=";
    private static final int LINES_KEPT = 20;
    private static final int STOP_WAIT_S = 90;
    private static final int NO_LIMIT = 1_000_000_000;

    private final URI gateway;
    private final DataFolder folder;
    private final @Nullable Process process;

    private Installation(URI gateway, DataFolder folder, @Nullable Process process) {
        this.gateway = gateway;
        this.folder = folder;
        this.process = process;
    }

    /** One that runs already. */
    static Installation at(URI gateway, Path data) {
        return new Installation(gateway, new DataFolder(data), null);
    }

    /**
     * Starts a new one with the demo town, on a free port, without console and without rate limits: one machine stands for all shops here, so a limit for each
     * would be a limit for all.
     */
    static Installation start(WorkFolder work) throws IOException, SuiteFailed {
        Path data = work.path();
        new DataFolder(data).create();
        Files.writeString(data.resolve("node.properties"), """
                ies.rate.address-requests-max=%d
                ies.rate.principal-requests-max=%d
                """.formatted(NO_LIMIT, NO_LIMIT));
        Process process =
                new ProcessBuilder(command(data)).redirectErrorStream(true).start();
        work.endFirst(() -> stop(process));
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Deque<String> lines = new ArrayDeque<>();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(READY)) {
                URI gateway = URI.create(line.substring(READY.length()).split(" ")[0]);
                drain(out);
                return new Installation(gateway, new DataFolder(data), process);
            }
            lines.addLast(line);
            if (lines.size() > LINES_KEPT) {
                lines.removeFirst();
            }
        }
        throw new SuiteFailed("no installation could be started:\n" + String.join("\n", lines));
    }

    /** What {@code ops/run} does, with the jars at hand: nothing is built in the middle of a measurement. */
    private static List<String> command(Path data) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-Dies.home=" + System.getProperty("ies.home", "."),
                "-cp",
                System.getProperty("java.class.path"),
                "it.socialies.ops.run.Run",
                "--data",
                data.toString(),
                "--gateway-port",
                Integer.toString(freePort()),
                "--no-console"));
        return command;
    }

    URI gateway() {
        return gateway;
    }

    DataFolder folder() {
        return folder;
    }

    /** A process whose output nobody reads stops when its pipe is full. */
    private static void drain(BufferedReader out) {
        Thread drain = new Thread(
                () -> {
                    try {
                        while (out.readLine() != null) {
                            // what it says is in its logs
                        }
                    } catch (IOException e) {
                        // it has ended
                    }
                },
                "installation-output");
        drain.setDaemon(true);
        drain.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Stops what this run started; another one stays as it is. */
    @Override
    public void close() {
        if (process != null) {
            stop(process);
        }
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_WAIT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

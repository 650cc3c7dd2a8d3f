// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.ProcessFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An installation as {@code ops/run} starts it, in processes of its own, which this one kills and starts again as a service manager would.
 *
 * <p>Threading: one thread tortures it; {@link #close} on any.
 */
public final class TorturedInstallation implements AutoCloseable {
    private static final Duration STOP_WAIT = Duration.ofSeconds(150);
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(3);
    private static final long POLL_MS = 50;
    /** Postgres may always be a moment behind. */
    private static final long LAG_MAX = 2_000;

    /** Below Linux's range for outgoing connections, one of which could take the port of a dead node. */
    private static final int PORT_MIN = 10_000;

    private static final int PORT_MAX = 20_000;
    private static final int PORT_TRIES = 50;

    private static final int LINES_SHOWN = 40;

    /**
     * How it is started.
     *
     * @param command {@code ops/run}, or what does the same
     * @param hasConsole whether a console is started, and killed
     * @param environment settings of the node
     */
    public record Settings(
            List<String> command, DataFolder folder, boolean hasConsole, Map<String, String> environment) {}

    private final Settings settings;
    private final URI gateway;
    private final @Nullable URI console;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build();
    private final PrintStream log;
    private @Nullable Process supervisor;
    /** Where the output of the {@code ops/run} that runs begins. */
    private int startMark;

    private boolean closed;

    /** @param log what {@code ops/run} says goes there */
    public TorturedInstallation(Settings settings, PrintStream log) throws IOException {
        this.settings = settings;
        this.log = log;
        this.gateway = URI.create("http://127.0.0.1:" + freePort());
        this.console = settings.hasConsole ? URI.create("http://127.0.0.1:" + freePort()) : null;
    }

    public URI gateway() {
        return gateway;
    }

    public DataFolder folder() {
        return settings.folder;
    }

    /** Starts {@code ops/run} and returns at once. */
    public synchronized void start() throws IOException {
        if (closed) {
            throw new IOException("interrotto | interrupted");
        }
        List<String> command = new ArrayList<>();
        if (Shell.has("setsid")) {
            // Out of the terminal's process group: Ctrl-C reaches the torture alone, which ends what it started.
            command.add("setsid");
        }
        command.addAll(settings.command);
        command.addAll(List.of(
                "--data", settings.folder.root().toString(), "--gateway-port", Integer.toString(gateway.getPort())));
        if (console == null) {
            command.add("--no-console");
        } else {
            command.addAll(List.of("--console-port", Integer.toString(console.getPort())));
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(settings.environment);
        Process started = builder.start();
        started.getOutputStream().close();
        supervisor = started;
        startMark = output.size();
        Thread.ofVirtual().start(() -> readOutput(started));
    }

    private void readOutput(Process started) {
        try (BufferedReader reader = started.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                log.println(line);
            }
        } catch (IOException e) {
            log.println(e);
        }
    }

    /**
     * Waits for its first start, the demo town included.
     *
     * @throws IOException when it ends, or the time is over
     */
    public void awaitReady(Duration limit) throws IOException, InterruptedException {
        long endNs = System.nanoTime() + limit.toNanos();
        while (!isReady()) {
            if (!supervisor().isAlive() || System.nanoTime() > endNs) {
                throw new IOException("ops/run:\n" + String.join("\n", lastLines()));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    private synchronized boolean isReady() {
        return said(startMark, "READY gateway=");
    }

    /** Where the output stands now; see {@link #said}. */
    public int outputMark() {
        return output.size();
    }

    /** Whether {@code ops/run} has said this since a mark. */
    public boolean said(int mark, String words) {
        return output.subList(mark, output.size()).stream().anyMatch(line -> line.contains(words));
    }

    List<String> lastLines() {
        return List.copyOf(output.subList(Math.max(0, output.size() - LINES_SHOWN), output.size()));
    }

    /** The process of {@code ops/run}. */
    synchronized Victim supervisor() {
        if (supervisor == null) {
            throw new IllegalStateException("not started");
        }
        return Victim.of(supervisor.toHandle());
    }

    public Optional<Victim> node() throws IOException {
        return ProcessFile.running(folder().nodePid(), "Node").map(Victim::of);
    }

    Optional<Victim> console() throws IOException {
        return ProcessFile.running(folder().consolePid(), "Console").map(Victim::of);
    }

    Optional<Victim> postgres() throws IOException {
        return ProcessFile.running(folder().postgresPid(), "postgres").map(Victim::of);
    }

    /** The process that takes a snapshot beside the node, while it runs. */
    Optional<Victim> snapshotter() throws IOException {
        return node().flatMap(node -> node.family().stream()
                .filter(process -> ProcessFile.commandLine(process.pid()).contains("engine.snapshot.Snapshotter"))
                .findFirst());
    }

    /** SIGTERM, and waits until all of it has ended. */
    public void stop() throws IOException {
        Victim running = supervisor();
        running.signal("TERM");
        running.awaitEnd(STOP_WAIT);
    }

    /**
     * Waits until every part works and Postgres follows. An {@code ops/run} that ended is started again, which is counted against nobody: a service manager
     * does it too.
     *
     * @return what is missing after that time; empty when all is there
     */
    public String awaitWhole(Duration limit) throws IOException, InterruptedException {
        long endNs = System.nanoTime() + limit.toNanos();
        String missing = missing();
        while (!missing.isEmpty() && System.nanoTime() < endNs) {
            if (!supervisor().isAlive()) {
                log.println("torture: ops/run has ended and is started again");
                start();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
            missing = missing();
        }
        return missing;
    }

    private String missing() throws InterruptedException {
        if (!supervisor().isAlive() || !isReady()) {
            return "ops/run";
        }
        JsonObject status = get(gateway.resolve("/rest/ies/v1/status"));
        if (status == null) {
            return "il nodo | the node";
        }
        for (String part : status.getJsonObject("parts").fieldNames()) {
            String state = status.getJsonObject("parts").getString(part);
            if (!state.equals("up")) {
                return part + ": " + state;
            }
        }
        if (status.getLong("projection_lag") > LAG_MAX) {
            return "Postgres, " + status.getLong("projection_lag") + " indietro | behind";
        }
        return console != null && get(console.resolve("/health")) == null ? "la console | the console" : "";
    }

    /** The JSON of a 200, empty when it is something else; null when there is no 200. */
    private @Nullable JsonObject get(URI address) throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(PROBE_TIMEOUT).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                return null;
            }
            return response.body().startsWith("{") ? new JsonObject(response.body()) : new JsonObject();
        } catch (IOException | DecodeException e) {
            return null;
        }
    }

    /** Ends whatever of it still runs, by force where it must, and lets nothing start again. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            if (supervisor == null) {
                return;
            }
        }
        try {
            resume();
            stop();
        } catch (IOException e) {
            log.println("torture: " + e.getMessage());
            supervisor().kill();
        }
        for (Optional<Victim> left : List.of(console(), node(), postgres())) {
            if (left.isPresent()) {
                for (Victim process : left.get().family()) {
                    process.kill();
                }
            }
        }
        http.close();
    }

    /** What was stopped with SIGSTOP could not end. */
    private void resume() throws IOException {
        for (Optional<Victim> stopped : List.of(node(), postgres(), console())) {
            if (stopped.isPresent()) {
                for (Victim process : stopped.get().family()) {
                    process.signal("CONT");
                }
            }
        }
    }

    private static int freePort() throws IOException {
        for (int i = 0; i < PORT_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody has it: the next one.
            }
        }
        throw new IOException("no free port between " + PORT_MIN + " and " + PORT_MAX);
    }
}

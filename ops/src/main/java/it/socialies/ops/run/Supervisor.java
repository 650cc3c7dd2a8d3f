// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import it.socialies.ops.client.NodeGone;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.FolderLock;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.scenario.DemoTown;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs one installation: locks the folder, starts Postgres, then the node and the console, loads the demo town on a first start, says READY, waits, and stops
 * all of it in the opposite order.
 *
 * <p>Threading: {@link #run} on the main thread; {@link #stop} also from the shutdown hook, so both are guarded by this object.
 */
final class Supervisor {
    private static final Duration READY_WAIT = Duration.ofMinutes(10);
    private static final int LOG_LINES = 20;
    private static final int RESTARTS_MAX = 5;
    private static final long RESTART_PAUSE_S = 2;

    /**
     * What {@code ops/run} was asked for.
     *
     * @param consolePort null without the console
     */
    record Settings(
            Path home,
            Path folder,
            int gatewayPort,
            @Nullable Integer consolePort,
            @Nullable PostgresAddress external,
            boolean empty,
            boolean live) {}

    private final Settings settings;
    private final DataFolder folder;
    private final PrintStream out;
    private final EmbeddedPostgresServer postgres;
    private final Thread stopper = new Thread(this::stopFromHook, "stop");
    private @Nullable ChildJvm node;
    private @Nullable ConsoleKeeper console;
    private boolean embeddedRuns;
    private boolean stopping;

    Supervisor(Settings settings, PrintStream out) {
        this.settings = settings;
        this.folder = new DataFolder(settings.folder());
        this.out = out;
        this.postgres = new EmbeddedPostgresServer(folder);
    }

    /** Returns the exit code once the node has ended. */
    int run() throws IOException, InterruptedException {
        createFolder();
        FolderLock lock = FolderLock.tryAcquire(folder).orElseThrow(this::folderInUse);
        try (lock) {
            Runtime.getRuntime().addShutdownHook(stopper);
            say("Cartella dei dati: " + folder.root(), "Data folder: " + folder.root());
            stopLeftovers();
            try {
                return start();
            } catch (RuntimeException | IOException e) {
                if (isStopping()) {
                    return 0; // What fails because it was told to stop is no failure.
                }
                throw e;
            } finally {
                stop();
            }
        }
    }

    private int start() throws IOException, InterruptedException {
        requireFreePort(settings.gatewayPort(), "--gateway-port");
        Integer consolePort = settings.consolePort();
        if (consolePort != null) {
            requireFreePort(consolePort, "--console-port");
            ConsoleKeeper.requireBuilt(settings.home());
        }
        PostgresLogins logins = startPostgres();
        URI gateway = URI.create("http://127.0.0.1:" + settings.gatewayPort());
        ChildJvm started = startNode(gateway, logins);
        if (started == null) {
            return 0;
        }
        if (!started.awaitReady(READY_WAIT, this::sayStillStarting)) {
            return isStopping() ? 0 : reportDeadNode(started);
        }
        Files.writeString(folder.gatewayUrl(), gateway + "\n");
        ConsoleKeeper keeper = consolePort == null ? null : startConsole(gateway, consolePort);
        try {
            new DemoTown(folder, gateway, out).loadOnFirstStart(settings.empty());
        } catch (NodeGone e) {
            return isStopping() ? 0 : reportDeadNode(started);
        }
        String ready = "READY gateway=" + gateway;
        if (keeper != null && keeper.awaitReady()) {
            ready += " console=" + keeper.address();
        }
        if (isStopping()) {
            return 0;
        }
        out.println(ready);
        out.flush();
        int exitCode = started.awaitExit();
        return isStopping() ? 0 : reportDeadNode(started, exitCode);
    }

    private void createFolder() {
        try {
            folder.create();
        } catch (IOException e) {
            throw new RunFailure(
                    "La cartella " + folder.root() + " non si può creare o scrivere: sceglierne un'altra con --data",
                    "The folder " + folder.root() + " cannot be created or written: choose another with --data",
                    e);
        }
    }

    private RunFailure folderInUse() {
        return new RunFailure(
                "La cartella " + folder.root()
                        + " è già in uso da un altro ops/run: fermarlo, o sceglierne un'altra con --data",
                "The folder " + folder.root()
                        + " is in use by another ops/run: stop that one, or choose another with --data");
    }

    private void stopLeftovers() throws IOException {
        stopLeftover(folder.consolePid(), ConsoleKeeper.MAIN_CLASS, "la console rimasta", "the console");
        stopLeftover(folder.nodePid(), NodeProcess.MAIN_CLASS, "il nodo rimasto", "the node");
    }

    private void stopLeftover(Path pidFile, String mainClass, String italian, String english) throws IOException {
        ProcessHandle leftover = ChildJvm.leftover(pidFile, mainClass).orElse(null);
        if (leftover != null) {
            say(
                    "Fermo " + italian + " da un avvio interrotto (processo " + leftover.pid() + ")",
                    "Stopping " + english + " left by a killed run (process " + leftover.pid() + ")");
            ChildJvm.stop(leftover);
        }
        Files.deleteIfExists(pidFile);
    }

    private static void requireFreePort(int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException | IllegalArgumentException e) {
            throw new RunFailure(
                    "La porta " + port + " non è libera: sceglierne un'altra con " + option,
                    "Port " + port + " is not free: choose another with " + option,
                    e);
        }
    }

    private PostgresLogins startPostgres() throws IOException {
        PostgresAddress external = settings.external();
        if (external == null) {
            say("Avvio Postgres …", "Starting Postgres …");
            synchronized (this) {
                embeddedRuns = true;
                PostgresLogins logins = postgres.start();
                watchPostgres();
                if (postgres.isAdopted()) {
                    say("Postgres era già in funzione: ripreso", "Postgres was still running: adopted");
                }
                return logins;
            }
        }
        PostgresLogins logins = Files.exists(folder.postgresSecret())
                ? PostgresLogins.read(folder).at(external.host(), external.port(), external.tls())
                : PostgresLogins.fresh(external.host(), external.port(), external.tls(), false);
        PostgresSetup.prepare(external.jdbcUrl(), external.jdbcProperties(), logins);
        logins.write(folder);
        return logins;
    }

    /** Payments outlast Postgres, but nobody else brings it back. */
    private void watchPostgres() throws IOException {
        ProcessHandle server = postgres.postmaster();
        if (server != null) {
            var unused = server.onExit().thenRun(() -> restartPostgres(RESTARTS_MAX));
        }
    }

    /** Its orphans may hold the cluster for a moment, so one attempt may not be enough. */
    private synchronized void restartPostgres(int attemptsLeft) {
        if (stopping) {
            return;
        }
        say("Postgres si è fermato: lo riavvio …", "Postgres has stopped: starting it again …");
        try {
            PostgresLogins logins = postgres.start();
            say(
                    "Postgres è di nuovo in funzione, porta " + logins.port(),
                    "Postgres runs again, port " + logins.port());
            watchPostgres();
        } catch (IOException | RunFailure e) {
            say(String.valueOf(e.getMessage()));
            if (attemptsLeft > 1) {
                CompletableFuture.delayedExecutor(RESTART_PAUSE_S, TimeUnit.SECONDS)
                        .execute(() -> restartPostgres(attemptsLeft - 1));
            }
        }
    }

    /** Null when somebody asked to stop meanwhile. */
    private synchronized @Nullable ChildJvm startNode(URI gateway, PostgresLogins logins) throws IOException {
        if (stopping) {
            return null;
        }
        say("Avvio il nodo (motore e gateway) …", "Starting the node (engine and gateway) …");
        List<String> arguments = new ArrayList<>(List.of(
                "--data", folder.root().toString(),
                "--port", Integer.toString(settings.gatewayPort()),
                "--postgres", logins.publicUrl()));
        if (settings.live()) {
            arguments.add("--live");
        }
        node = NodeProcess.start(folder, settings.home(), gateway, arguments);
        return node;
    }

    private synchronized ConsoleKeeper startConsole(URI gateway, int port) throws IOException {
        say("Avvio la console …", "Starting the console …");
        ConsoleKeeper keeper = new ConsoleKeeper(folder, settings.home(), gateway, port, this::say);
        if (!stopping) {
            console = keeper;
            keeper.start();
        }
        return keeper;
    }

    private int reportDeadNode(ChildJvm dead) throws IOException {
        if (dead.isAlive()) {
            say(
                    "Il nodo non risponde; ultime righe di " + folder.nodeLog() + ":",
                    "The node does not answer; last lines of its log:");
            dead.lastLogLines(LOG_LINES).forEach(out::println);
            return 1;
        }
        try {
            return reportDeadNode(dead, dead.awaitExit());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int reportDeadNode(ChildJvm dead, int exitCode) throws IOException {
        say(
                "Il nodo è terminato da solo (codice " + exitCode + "); ultime righe di " + folder.nodeLog() + ":",
                "The node ended by itself (code " + exitCode + "); last lines of its log:");
        dead.lastLogLines(LOG_LINES).forEach(out::println);
        return 1;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    private void stopFromHook() {
        try {
            stop();
        } catch (IOException | RunFailure e) {
            System.err.println(e.getMessage());
        }
    }

    /** Stops what runs, the node first; a second call finds nothing to do. */
    private synchronized void stop() throws IOException {
        stopping = true;
        if (console != null) {
            say("Fermo la console …", "Stopping the console …");
            console.stop();
            console = null;
        }
        ChildJvm running = node;
        node = null;
        if (running != null) {
            if (running.isAlive()) {
                say("Fermo il nodo …", "Stopping the node …");
            }
            if (!running.stop()) {
                say("Il nodo non si fermava: terminato", "The node did not stop: killed");
            }
        }
        Files.deleteIfExists(folder.gatewayUrl());
        if (embeddedRuns) {
            embeddedRuns = false;
            say("Fermo Postgres …", "Stopping Postgres …");
            postgres.stop();
        }
    }

    private void sayStillStarting() {
        say("Il nodo rilegge il giornale …", "The node is reading its journal …");
    }

    private void say(String italian, String english) {
        say(english.isEmpty() ? italian : italian + " | " + english);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}

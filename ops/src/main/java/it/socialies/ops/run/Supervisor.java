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
import org.jspecify.annotations.Nullable;

/**
 * Runs one installation: locks the folder, starts Postgres, then the node and the console, loads the demo town on a first start, says READY, waits, and stops
 * all of it in the opposite order.
 *
 * <p>Threading: {@link #run} on the main thread; {@link #stop} also from the shutdown hook, so both are guarded by this object.
 */
final class Supervisor {
    /**
     * What {@code ops/run} was asked for.
     *
     * @param consolePort null without the console
     * @param https null when nothing was said of it; then the settings in the data folder decide
     */
    record Settings(
            Path home,
            Path folder,
            int gatewayPort,
            @Nullable Integer consolePort,
            @Nullable PostgresAddress external,
            @Nullable Https https,
            boolean empty,
            boolean live) {}

    private final Settings settings;
    private final DataFolder folder;
    private final PrintStream out;
    private final PostgresKeeper postgres;
    private final Thread stopper = new Thread(this::stopFromHook, "stop");
    private @Nullable NodeKeeper node;
    private @Nullable ConsoleKeeper console;
    private boolean stopping;

    Supervisor(Settings settings, PrintStream out) {
        this.settings = settings;
        this.folder = new DataFolder(settings.folder());
        this.out = out;
        this.postgres = new PostgresKeeper(folder, settings.external(), this::say);
    }

    /** Returns the exit code once it was told to stop, or could not start. */
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
        Https https = settings.https();
        if (https != null) {
            requireFreePort(https.port(), "--https-port");
        }
        PostgresLogins logins = postgres.start();
        URI gateway = URI.create("http://127.0.0.1:" + settings.gatewayPort());
        NodeKeeper keptNode = startNode(gateway, logins);
        if (!keptNode.awaitReady()) {
            return reportDeadNode(keptNode);
        }
        Files.writeString(folder.gatewayUrl(), gateway + "\n");
        ConsoleKeeper keptConsole = consolePort == null ? null : startConsole(gateway, consolePort);
        try {
            new DemoTown(folder, gateway, out).loadOnFirstStart(settings.empty());
        } catch (NodeGone e) {
            return reportDeadNode(keptNode);
        }
        String ready = "READY gateway=" + gateway;
        if (keptConsole != null && keptConsole.awaitReady()) {
            ready += " console=" + keptConsole.address();
        }
        if (isStopping()) {
            return 0;
        }
        if (https != null) {
            say("HTTPS per tutti sulla porta " + https.port(), "HTTPS for everybody on port " + https.port());
        }
        say(ready);
        keptNode.keep();
        return 0;
    }

    private int reportDeadNode(NodeKeeper dead) throws IOException, InterruptedException {
        if (isStopping()) {
            return 0;
        }
        dead.sayWhyNot();
        return 1;
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

    private synchronized NodeKeeper startNode(URI gateway, PostgresLogins logins) throws IOException {
        NodeKeeper keeper = new NodeKeeper(folder, settings, gateway, this::say);
        if (!stopping) {
            node = keeper;
            keeper.start(logins);
        }
        return keeper;
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
        if (node != null) {
            node.stop();
            node = null;
        }
        Files.deleteIfExists(folder.gatewayUrl());
        postgres.stop();
    }

    private void say(String italian, String english) {
        say(english.isEmpty() ? italian : italian + " | " + english);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}

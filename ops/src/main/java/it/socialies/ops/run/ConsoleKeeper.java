// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import it.socialies.ops.data.DataFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the console running beside the node: starts it, starts it again when it dies, stops it. Payments do not need it, so nothing that happens to it
 * stops the installation. Thread-safe.
 */
final class ConsoleKeeper {
    static final String MAIN_CLASS = "it.socialies.console.Console";

    private static final Duration READY_WAIT = Duration.ofMinutes(2);
    private static final long RESTART_PAUSE_S = 2;
    /** A console that lived for so long did not die of its start. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private static final int LOG_LINES = 20;

    private final DataFolder folder;
    private final Path home;
    private final URI gateway;
    private final int port;
    private final BiConsumer<String, String> say;
    private final RestartPause restartPause = new RestartPause(RESTART_PAUSE_S, STEADY);
    private @Nullable ChildJvm console;
    private long startedNs;
    private boolean stopping;

    /** @param say tells the person at the terminal, in Italian and English */
    ConsoleKeeper(DataFolder folder, Path home, URI gateway, int port, BiConsumer<String, String> say) {
        this.folder = folder;
        this.home = home;
        this.gateway = gateway;
        this.port = port;
        this.say = say;
    }

    /** @throws RunFailure when there is no console to start */
    static void requireBuilt(Path home) {
        if (!Files.isDirectory(libraries(home))) {
            throw new RunFailure(
                    "La console non è compilata: avviare con ops/run, che la compila, o con --no-console",
                    "The console is not built: start with ops/run, which builds it, or with --no-console");
        }
    }

    private static Path libraries(Path home) {
        return home.resolve("admin-ui").resolve("target").resolve("lib");
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Starts it and returns at once. */
    synchronized void start() throws IOException {
        if (stopping) {
            return;
        }
        startedNs = System.nanoTime();
        ChildJvm started = ChildJvm.start(new ChildJvm.Program(
                MAIN_CLASS,
                List.of(home.resolve("ops").resolve("jvm").resolve("console")),
                List.of(),
                libraries(home) + "/*",
                List.of(
                        "--data", folder.root().toString(),
                        "--port", Integer.toString(port),
                        "--gateway", gateway.toString()),
                folder.consolePid(),
                null,
                folder.consoleLog(),
                address().resolve("/health")));
        console = started;
        var unused = started.onExit().thenRun(() -> onExit(started));
    }

    /** Waits until it answers; when it does not, says so and goes on without. */
    boolean awaitReady() throws IOException, InterruptedException {
        ChildJvm waited;
        synchronized (this) {
            waited = console;
        }
        if (waited != null && waited.awaitReady(READY_WAIT, () -> {})) {
            return true;
        }
        synchronized (this) {
            if (!stopping && waited != null) {
                say.accept(
                        "La console non risponde; i pagamenti non ne hanno bisogno. Ultime righe di "
                                + folder.consoleLog() + ":",
                        "The console does not answer; payments do not need it. Last lines of its log:");
                waited.lastLogLines(LOG_LINES).forEach(line -> say.accept(line, ""));
            }
        }
        return false;
    }

    private synchronized void onExit(ChildJvm ended) {
        if (stopping || ended != console) {
            return;
        }
        restartLater(Duration.ofNanos(System.nanoTime() - startedNs));
    }

    private void restartLater(Duration worked) {
        long pauseS = restartPause.afterS(worked);
        say.accept(
                "La console si è fermata: la riavvio fra " + pauseS + " s (vedere " + folder.consoleLog() + ")",
                "The console has stopped: starting it again in " + pauseS + " s (see its log)");
        CompletableFuture.delayedExecutor(pauseS, TimeUnit.SECONDS).execute(this::restart);
    }

    private synchronized void restart() {
        try {
            start();
        } catch (IOException | RuntimeException e) {
            say.accept(String.valueOf(e.getMessage()), "");
            restartLater(Duration.ZERO);
        }
    }

    synchronized void stop() throws IOException {
        stopping = true;
        ChildJvm running = console;
        console = null;
        if (running != null) {
            running.stop();
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the node running: starts it, starts it again whatever it died of, stops it. The node halts on doubt and decides at its next start what is true; so
 * to start it again is always right, and when it still cannot run, as on a full disk, the next attempt comes later.
 *
 * <p>Threading: {@link #start}, {@link #awaitReady} and {@link #keep} on the main thread; {@link #stop} on any.
 */
final class NodeKeeper {
    private static final Duration READY_WAIT = Duration.ofMinutes(10);
    private static final int LOG_LINES = 20;
    private static final long RESTART_PAUSE_S = 1;
    /** A node that answered for so long did not die of its start. */
    private static final Duration STEADY = Duration.ofSeconds(5);

    private final DataFolder folder;
    private final Supervisor.Settings settings;
    private final URI gateway;
    private final BiConsumer<String, String> say;
    private final RestartPause restartPause = new RestartPause(RESTART_PAUSE_S, STEADY);
    private @Nullable ChildJvm node;
    private boolean stopping;

    /** @param say tells the person at the terminal, in Italian and English */
    NodeKeeper(DataFolder folder, Supervisor.Settings settings, URI gateway, BiConsumer<String, String> say) {
        this.folder = folder;
        this.settings = settings;
        this.gateway = gateway;
        this.say = say;
    }

    /** Starts it and returns at once; does nothing when somebody asked to stop meanwhile. */
    synchronized void start(PostgresLogins logins) throws IOException {
        if (stopping) {
            return;
        }
        say.accept("Avvio il nodo (motore e gateway) …", "Starting the node (engine and gateway) …");
        List<String> arguments = new ArrayList<>(List.of(
                "--data", folder.root().toString(),
                "--port", Integer.toString(settings.gatewayPort()),
                "--postgres", logins.publicUrl()));
        if (settings.live()) {
            arguments.add("--live");
        }
        node = NodeProcess.start(folder, settings.home(), gateway, arguments, settings.https());
    }

    /** Waits until it answers; false when it ended, or does not answer for very long. */
    boolean awaitReady() throws InterruptedException {
        ChildJvm started = current();
        return started != null && started.awaitReady(READY_WAIT, this::sayStillStarting);
    }

    /** Starts it again each time it ends; returns when it was told to stop. */
    void keep() throws InterruptedException {
        long readyNs = System.nanoTime();
        boolean wasReady = true;
        ChildJvm running = current();
        while (running != null) {
            int exitCode = running.awaitExit();
            Duration worked = wasReady ? Duration.ofNanos(System.nanoTime() - readyNs) : Duration.ZERO;
            if (isStopping()) {
                return;
            }
            sayEnded(running, exitCode);
            running = restarted(worked);
            wasReady = running != null && awaitHoweverLong(running);
            readyNs = System.nanoTime();
        }
    }

    /** Null when somebody asked to stop meanwhile. */
    private @Nullable ChildJvm restarted(Duration worked) throws InterruptedException {
        long pauseS = restartPause.afterS(worked);
        while (true) {
            say.accept("Lo riavvio fra " + pauseS + " s", "Starting it again in " + pauseS + " s");
            pauseUnlessStopping(pauseS);
            try {
                // Read again: a Postgres that was started again may have another port.
                start(PostgresLogins.read(folder));
                return isStopping() ? null : current();
            } catch (IOException e) {
                say.accept("Il nodo non si può avviare: " + e.getMessage(), "The node cannot be started");
                pauseS = restartPause.afterS(Duration.ZERO);
            }
        }
    }

    /** A long history takes its time: only the end of the process means that it will not answer. */
    private boolean awaitHoweverLong(ChildJvm started) throws InterruptedException {
        boolean ready = false;
        while (!ready && started.isAlive()) {
            ready = started.awaitReady(READY_WAIT, this::sayStillStarting);
        }
        if (ready) {
            say.accept("Il nodo è di nuovo in funzione", "The node runs again");
        }
        return ready;
    }

    private synchronized void pauseUnlessStopping(long pauseS) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(pauseS);
        for (long leftMs = pauseS * 1_000; leftMs > 0 && !stopping; ) {
            wait(leftMs);
            leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
        }
    }

    /** Tells why it is not there, for the person who must find out. */
    void sayWhyNot() throws IOException, InterruptedException {
        ChildJvm dead = current();
        if (dead == null || isStopping()) {
            return;
        }
        if (dead.isAlive()) {
            say.accept(
                    "Il nodo non risponde; ultime righe di " + folder.nodeLog() + ":",
                    "The node does not answer; last lines of its log:");
            sayLastLines(dead);
        } else {
            sayEnded(dead, dead.awaitExit());
        }
    }

    private void sayEnded(ChildJvm dead, int exitCode) {
        say.accept(
                "Il nodo è terminato da solo (codice " + exitCode + "); ultime righe di " + folder.nodeLog() + ":",
                "The node ended by itself (code " + exitCode + "); last lines of its log:");
        try {
            sayLastLines(dead);
        } catch (IOException e) {
            say.accept("(illeggibili: " + e.getMessage() + ")", "(cannot be read)");
        }
    }

    private void sayLastLines(ChildJvm dead) throws IOException {
        dead.lastLogLines(LOG_LINES).forEach(line -> say.accept(line, ""));
    }

    private void sayStillStarting() {
        say.accept("Il nodo rilegge il giornale …", "The node is reading its journal …");
    }

    private synchronized @Nullable ChildJvm current() {
        return node;
    }

    private synchronized boolean isStopping() {
        return stopping;
    }

    /** Stops it for good; a second call finds nothing to do. */
    synchronized void stop() throws IOException {
        stopping = true;
        notifyAll();
        ChildJvm running = node;
        node = null;
        if (running == null) {
            return;
        }
        if (running.isAlive()) {
            say.accept("Fermo il nodo …", "Stopping the node …");
        }
        if (!running.stop()) {
            say.accept("Il nodo non si fermava: terminato", "The node did not stop: killed");
        }
    }
}

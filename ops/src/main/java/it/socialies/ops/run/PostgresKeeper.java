// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The Postgres of an installation. Its own is started, adopted when an earlier run left it, started again when it dies, and stopped; one that somebody
 * else runs is only prepared. Payments outlast Postgres, but nobody else brings it back. Thread-safe.
 */
final class PostgresKeeper {
    private static final long RESTART_PAUSE_S = 1;
    /** A server that ran for so long did not die of its start. */
    private static final Duration STEADY = Duration.ofSeconds(5);

    private final DataFolder folder;
    private final @Nullable PostgresAddress external;
    private final EmbeddedPostgresServer server;
    private final BiConsumer<String, String> say;
    private final RestartPause restartPause = new RestartPause(RESTART_PAUSE_S, STEADY);
    private boolean runs;
    private long startedNs;

    /**
     * @param external null for one of its own
     * @param say tells the person at the terminal, in Italian and English
     */
    PostgresKeeper(DataFolder folder, @Nullable PostgresAddress external, BiConsumer<String, String> say) {
        this.folder = folder;
        this.external = external;
        this.server = new EmbeddedPostgresServer(folder);
        this.say = say;
    }

    /** Returns where it is and a login for each purpose. */
    synchronized PostgresLogins start() throws IOException {
        if (external != null) {
            PostgresLogins logins = Files.exists(folder.postgresSecret())
                    ? PostgresLogins.read(folder).at(external.host(), external.port(), external.tls())
                    : PostgresLogins.fresh(external.host(), external.port(), external.tls(), false);
            PostgresSetup.prepare(external.jdbcUrl(), external.jdbcProperties(), logins);
            logins.write(folder);
            return logins;
        }
        say.accept("Avvio Postgres …", "Starting Postgres …");
        runs = true;
        PostgresLogins logins = server.start();
        watch();
        if (server.isAdopted()) {
            say.accept("Postgres era già in funzione: ripreso", "Postgres was still running: adopted");
        }
        return logins;
    }

    private void watch() throws IOException {
        startedNs = System.nanoTime();
        ProcessHandle process = server.postmaster();
        if (process != null) {
            var unused = process.onExit().thenRun(this::onExit);
        }
    }

    private synchronized void onExit() {
        if (runs) {
            restartLater(Duration.ofNanos(System.nanoTime() - startedNs));
        }
    }

    private void restartLater(Duration worked) {
        long pauseS = restartPause.afterS(worked);
        say.accept(
                "Postgres si è fermato: lo riavvio fra " + pauseS + " s …",
                "Postgres has stopped: starting it again in " + pauseS + " s …");
        CompletableFuture.delayedExecutor(pauseS, TimeUnit.SECONDS).execute(this::restart);
    }

    /** Its orphans may hold the cluster for a moment, or the disk may be full, so one attempt may not be enough. */
    private synchronized void restart() {
        if (!runs) {
            return;
        }
        try {
            PostgresLogins logins = server.start();
            say.accept(
                    "Postgres è di nuovo in funzione, porta " + logins.port(),
                    "Postgres runs again, port " + logins.port());
            watch();
        } catch (IOException | RuntimeException e) {
            say.accept(String.valueOf(e.getMessage()), "");
            restartLater(Duration.ZERO);
        }
    }

    /** Stops what was started here or adopted; a second call finds nothing to do. */
    synchronized void stop() throws IOException {
        if (runs) {
            runs = false;
            say.accept("Fermo Postgres …", "Stopping Postgres …");
            server.stop();
        }
    }
}

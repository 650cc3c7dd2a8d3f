// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.data.PostgresLogins.Login;
import it.socialies.ops.data.ProcessFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Postgres of an installation that has no other: durable settings, scram logins, loopback only, its cluster inside the data folder.
 *
 * <p>Postgres outlives a killed supervisor. A later start finds it by its {@code postmaster.pid} and adopts it instead of starting a second one.
 * Not thread-safe: one supervisor calls it.
 */
public final class EmbeddedPostgresServer {
    private static final Duration START_WAIT = Duration.ofSeconds(60);
    private static final Duration STOP_WAIT = Duration.ofSeconds(60);
    private static final String HOST = "127.0.0.1";

    /** Below Linux's range for outgoing connections, so that nothing takes the port between two starts. */
    private static final int PORT_MIN = 20_000;

    private static final int PORT_MAX = 30_000;
    private static final int PORT_TRIES = 50;

    private static final String HBA = """
            # Written by ops/run: every login proves its password, from this machine only.
            host all all 127.0.0.1/32 scram-sha-256
            """;

    /** The library unpacks once in a process for equal resolvers, whatever folder it is asked for: so each folder has its own. */
    private record Binaries(Path folder) implements PgBinaryResolver {
        @Override
        public InputStream getPgBinary(String system, String machineHardware) throws IOException {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machineHardware);
        }
    }

    private final DataFolder folder;
    private final Path cluster;
    private final Path software;

    private @Nullable EmbeddedPostgres started;
    private boolean adopted;

    public EmbeddedPostgresServer(DataFolder folder) {
        this.folder = folder;
        this.cluster = folder.postgres().resolve("data");
        this.software = folder.postgres().resolve("software");
    }

    /**
     * Starts Postgres, or adopts the one that runs, and makes its databases and logins.
     *
     * @return the logins, also written to {@code secrets/postgres.json}
     */
    public PostgresLogins start() throws IOException {
        PostgresLogins logins = Files.exists(folder.postgresSecret())
                ? PostgresLogins.read(folder)
                : PostgresLogins.fresh(HOST, freePort(), false, true);
        Login superuser = logins.superuser();
        if (superuser == null) {
            throw new RunFailure(
                    "Questa cartella usa un Postgres esterno: indicarlo di nuovo con --postgres URL",
                    "This folder uses a Postgres of its own choice: name it again with --postgres URL");
        }
        ProcessHandle running = postmaster();
        adopted = running != null && answers(logins, superuser);
        if (running != null && !adopted) {
            stop();
        }
        if (!adopted) {
            if (!isFree(logins.port())) {
                logins = logins.at(HOST, freePort(), false);
            }
            logins.write(folder);
            launch(logins, superuser);
        }
        // Of an older installation it may have got a login more.
        logins.write(folder);
        ProcessHandle server = Objects.requireNonNull(postmaster(), "Postgres started and is gone");
        ProcessFile.write(folder.postgresPid(), server.pid());
        PostgresSetup.prepare(logins.jdbcUrl(superuser), logins.jdbcProperties(superuser), logins);
        return logins;
    }

    /** True when {@link #start} found a server that an earlier run had left. */
    public boolean isAdopted() {
        return adopted;
    }

    /** The running server, or null. */
    public @Nullable ProcessHandle postmaster() throws IOException {
        return ProcessFile.running(cluster.resolve("postmaster.pid"), "postgres")
                .orElse(null);
    }

    /** Ends all sessions, writes everything down and stops; returns when the process is gone. */
    public void stop() throws IOException {
        ProcessHandle server = postmaster();
        closeLibrary();
        if (server != null) {
            if (postmaster() != null) {
                // Adopted, or slow. SIGINT is Postgres's fast shutdown; the JVM can only send SIGTERM, which would wait
                // for every client. By the shell's own kill: a small Debian has no program of this name.
                exec(List.of("sh", "-c", "kill -s INT " + server.pid()), "");
            }
            awaitEnd(server);
        }
        Files.deleteIfExists(folder.postgresPid());
    }

    /** Stops the server this process started, if it still runs, and lets go of the library's own lock. */
    private void closeLibrary() throws IOException {
        EmbeddedPostgres own = started;
        if (own != null) {
            started = null;
            own.close();
        }
    }

    /** The pid file goes a moment before the process does. */
    private void awaitEnd(ProcessHandle server) {
        try {
            server.onExit().get(STOP_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new RunFailure(
                    "Postgres (processo " + server.pid() + ") non si ferma: vedere " + folder.postgresLog(),
                    "Postgres (process " + server.pid() + ") does not stop: see " + folder.postgresLog(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void launch(PostgresLogins logins, Login superuser) throws IOException {
        closeLibrary();
        removeForeignPidFile();
        Files.createDirectories(cluster);
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.appendTo(folder.postgresLog().toFile());
        try {
            started = EmbeddedPostgres.builder()
                    .setDataDirectory(cluster)
                    .setOverrideWorkingDirectory(software.toFile())
                    .setPgBinaryResolver(new Binaries(software))
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(logins.port())
                    .setPGStartupWait(START_WAIT)
                    .setOutputRedirector(log)
                    .setErrorRedirector(log)
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setConnectConfig("password", superuser.password())
                    .setDataDirectoryCustomizer(data -> demandPasswords(data, superuser))
                    // The library starts Postgres with -F for throw-away tests; these later options win.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", HOST)
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", "50")
                    // A file a weekday, emptied when its day comes again.
                    .setServerConfig("logging_collector", "on")
                    .setServerConfig(
                            "log_directory", folder.logs().toAbsolutePath().toString())
                    .setServerConfig("log_filename", "postgres-%a.log")
                    .setServerConfig("log_rotation_age", "1d")
                    .setServerConfig("log_rotation_size", "0")
                    .setServerConfig("log_truncate_on_rotation", "on")
                    .setServerConfig("shared_buffers", "128MB")
                    .start();
        } catch (IllegalStateException | IOException e) {
            throw new RunFailure(
                    "Postgres non parte: vedere " + folder.postgresLog(),
                    "Postgres does not start: see " + folder.postgresLog(),
                    e);
        }
    }

    /**
     * Gives the superuser its password and closes every other way in, before the server listens for the first time. A fresh cluster trusts
     * everybody on the machine; so it is changed in single-user mode.
     */
    private void demandPasswords(File data, Login superuser) {
        Path hba = data.toPath().resolve("pg_hba.conf");
        try {
            if (Files.readString(hba).equals(HBA)) {
                return;
            }
            List<String> command = new ArrayList<>();
            if (LinuxUtils.isUnshareAvailable()) {
                command.addAll(List.of("unshare", "-U"));
            }
            command.addAll(List.of(binary("postgres").toString(), "--single", "-D", data.getPath(), "postgres"));
            exec(command, "ALTER ROLE postgres PASSWORD '" + superuser.password() + "'\n");
            Files.writeString(hba, HBA);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path binary(String name) throws IOException {
        try (Stream<Path> unpacked = Files.list(software)) {
            return unpacked.map(version -> version.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .max(Comparator.comparing(Path::toString))
                    .orElseThrow(() -> new IOException("no " + name + " under " + software));
        }
    }

    /** After a reboot another process may bear the number in a leftover pid file; Postgres would then refuse to start. */
    private void removeForeignPidFile() throws IOException {
        if (postmaster() == null) {
            Files.deleteIfExists(cluster.resolve("postmaster.pid"));
        }
    }

    private static boolean answers(PostgresLogins logins, Login login) {
        try (Connection connection = DriverManager.getConnection(logins.jdbcUrl(login), logins.jdbcProperties(login))) {
            return connection.isValid(10);
        } catch (SQLException e) {
            return false;
        }
    }

    private static void exec(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var toProcess = process.getOutputStream()) {
            toProcess.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command.getFirst() + " failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static int freePort() {
        for (int i = 0; i < PORT_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(PORT_MIN, PORT_MAX);
            if (isFree(port)) {
                return port;
            }
        }
        throw new RunFailure(
                "Nessuna porta libera per Postgres fra " + PORT_MIN + " e " + PORT_MAX,
                "No free port for Postgres between " + PORT_MIN + " and " + PORT_MAX);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}

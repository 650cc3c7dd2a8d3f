// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.data.PostgresLogins.Login;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresServerTest {
    @TempDir
    private Path temporary;

    private DataFolder folder;
    private EmbeddedPostgresServer server;

    @BeforeEach
    void create() throws Exception {
        folder = new DataFolder(temporary.resolve("data"));
        folder.create();
        server = new EmbeddedPostgresServer(folder);
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    /** Started by another JVM, which then dies without a word. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] arguments) throws Exception {
            DataFolder folder = new DataFolder(Path.of(arguments[0]));
            new EmbeddedPostgresServer(folder).start();
            Runtime.getRuntime().halt(9);
        }
    }

    @Test
    void shouldAdoptTheServerThatAKilledSupervisorLeft() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        folder.root().toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(temporary.toFile(), "starter.log"))
                .start();
        assertThat(killed.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue())
                .as(Files.readString(temporary.resolve("starter.log")))
                .isEqualTo(9);
        long leftPid = Objects.requireNonNull(server.postmaster()).pid();

        PostgresLogins logins = server.start();

        assertThat(server.isAdopted()).isTrue();
        assertThat(Objects.requireNonNull(server.postmaster()).pid()).isEqualTo(leftPid);
        assertThat(Files.readString(folder.postgresPid()).strip()).isEqualTo(Long.toString(leftPid));
        assertThat(query(logins, logins.office(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void shouldKeepWhatItPromisesAndGoOnWhereItWas() throws Exception {
        PostgresLogins first = server.start();
        assertThat(query(first, first.office(), "SHOW fsync")).isEqualTo("on");
        assertThat(query(first, first.office(), "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(query(first, first.office(), "SHOW full_page_writes")).isEqualTo("on");
        query(first, first.projection(), "CREATE TABLE public.kept AS SELECT 7 AS n; SELECT 1");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.postgresSecret())))
                .isEqualTo("rw-------");
        server.stop();
        assertThat(server.postmaster()).isNull();

        PostgresLogins second = new EmbeddedPostgresServer(folder).start();

        assertThat(second).isEqualTo(first);
        assertThat(query(second, second.projection(), "SELECT n FROM public.kept"))
                .isEqualTo("7");
    }

    @Test
    void shouldLetNobodyInWithoutThePassword() throws Exception {
        PostgresLogins logins = server.start();
        Login superuser = Objects.requireNonNull(logins.superuser());
        for (Login login :
                new Login[] {superuser, logins.office(), logins.vaultKeys(), logins.projection(), logins.reader()}) {
            Login guess = new Login(login.database(), login.user(), "guess");
            assertThatThrownBy(() -> query(logins, guess, "SELECT 1"))
                    .hasMessageContaining("password authentication failed");
        }
        // Who has the data has not the keys, and the other way round.
        for (Login login : new Login[] {
            new Login("vault_keys", logins.office().user(), logins.office().password()),
            new Login("office", logins.vaultKeys().user(), logins.vaultKeys().password())
        }) {
            assertThatThrownBy(() -> query(logins, login, "SELECT 1")).hasMessageContaining("permission denied");
        }
        assertThatThrownBy(() -> query(
                        logins,
                        new Login(
                                "office",
                                logins.reader().user(),
                                logins.reader().password()),
                        "SELECT 1"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void shouldSayInOneLineThatAnExternalServerCannotBeReached() {
        PostgresAddress nowhere = PostgresAddress.parse("postgresql://admin:secret@127.0.0.1:1/postgres");
        PostgresLogins logins = PostgresLogins.fresh(nowhere.host(), nowhere.port(), false, false);
        assertThatThrownBy(() -> PostgresSetup.prepare(nowhere.jdbcUrl(), nowhere.jdbcProperties(), logins))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("127.0.0.1:1")
                .satisfies(failure -> assertThat(failure.getMessage())
                        .doesNotContain("secret")
                        .doesNotContain("\n"));
    }

    @Test
    void shouldPrepareAnExternalServerWithAnOrdinaryAdministrator() throws Exception {
        PostgresLogins embedded = server.start();
        Login superuser = Objects.requireNonNull(embedded.superuser());
        for (String statement : new String[] {
            "DROP DATABASE projection",
            "DROP DATABASE office",
            "DROP DATABASE vault_keys",
            "DROP ROLE ies_projection, ies_office, ies_vault_keys, ies_console, ies_projector, ies_reader",
            "CREATE ROLE admin LOGIN CREATEDB CREATEROLE PASSWORD 'pass:word'"
        }) {
            try (Connection connection = DriverManager.getConnection(
                            embedded.jdbcUrl(superuser), embedded.jdbcProperties(superuser));
                    var sql = connection.createStatement()) {
                sql.execute(statement);
            }
        }
        PostgresAddress address =
                PostgresAddress.parse("postgresql://admin:pass%3Aword@127.0.0.1:" + embedded.port() + "/postgres");
        PostgresLogins logins = PostgresLogins.fresh(address.host(), address.port(), address.tls(), false);

        PostgresSetup.prepare(address.jdbcUrl(), address.jdbcProperties(), logins);
        PostgresSetup.prepare(address.jdbcUrl(), address.jdbcProperties(), logins);

        assertThat(query(logins, logins.projection(), "CREATE SCHEMA projection; SELECT 1"))
                .isEqualTo("1");
        assertThat(query(logins, logins.office(), "SELECT current_user")).isEqualTo("ies_office");
        assertThat(query(logins, logins.reader(), "SELECT pg_has_role('ies_reader', 'USAGE')"))
                .isEqualTo("t");
    }

    @Test
    void shouldRefuseAServerOfAnotherInstallationAndLeaveItAlone() throws Exception {
        PostgresLogins first = server.start();
        Login superuser = Objects.requireNonNull(first.superuser());
        PostgresLogins second = PostgresLogins.fresh("127.0.0.1", first.port(), false, false);

        assertThatThrownBy(
                        () -> PostgresSetup.prepare(first.jdbcUrl(superuser), first.jdbcProperties(superuser), second))
                .isInstanceOf(RunFailure.class)
                .hasMessageContaining("another installation");
        assertThat(query(first, first.projection(), "SELECT current_user")).isEqualTo("ies_projection");
    }

    private static String query(PostgresLogins logins, Login login, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(logins.jdbcUrl(login), logins.jdbcProperties(login));
                var statement = connection.createStatement()) {
            boolean isResult = statement.execute(sql);
            while (!isResult) {
                isResult = statement.getMoreResults();
            }
            try (ResultSet row = statement.getResultSet()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}

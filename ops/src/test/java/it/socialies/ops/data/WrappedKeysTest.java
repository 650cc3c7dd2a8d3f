// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.data;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import it.socialies.ops.data.PostgresLogins.Login;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The keys of two circuits in the tables of a real installation, which show one circuit at a time. */
class WrappedKeysTest {
    private static EmbeddedPostgres postgres;
    private static PostgresLogins logins;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        logins = PostgresLogins.fresh("localhost", postgres.getPort(), false, false);
        for (Login login : new Login[] {logins.projection(), logins.vaultKeys()}) {
            run("postgres", "CREATE ROLE " + login.user() + " LOGIN PASSWORD '" + login.password() + "'");
            run("postgres", "CREATE DATABASE " + login.database() + " OWNER " + login.user());
        }
        run(logins.projection(), "CREATE SCHEMA projection");
        run(logins.projection(), "CREATE TABLE projection.circuit (circuit_id integer)");
        run(logins.projection(), "INSERT INTO projection.circuit VALUES (1), (2)");
        run(logins.vaultKeys(), "CREATE SCHEMA vault_keys");
        run(logins.vaultKeys(), "SET search_path = vault_keys;" + tables());
        keep(1, 71, "1-aaaa");
        keep(1, 72, "2-bbbb");
        keep(2, 73, "1-aaaa");
        keep(2, 74, "11-cccc");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @Test
    void shouldCountTheKeysOfEveryCircuitThatOnlyThisVersionOpens() throws SQLException {
        WrappedKeys keys = new WrappedKeys(logins);

        assertThat(keys.countUnder(1)).isEqualTo(2);
        assertThat(keys.countUnder(2)).isEqualTo(1);
        assertThat(keys.countUnder(11)).isEqualTo(1);
        assertThat(keys.countUnder(3)).isZero();
    }

    private static String tables() throws Exception {
        try (InputStream sql = WrappedKeysTest.class.getResourceAsStream("/db/vault_keys/V1__vault_keys.sql")) {
            return new String(requireNonNull(sql).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void keep(int circuitId, long recordId, String masterKeyId) throws SQLException {
        run(
                logins.vaultKeys(),
                "SET ies.circuit = '" + circuitId + "'; INSERT INTO vault_keys.person_key VALUES (" + recordId + ", "
                        + circuitId + ", '" + masterKeyId + "', decode(repeat('00', 60), 'hex'), 1)");
    }

    private static void run(Login login, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(logins.jdbcUrl(login), logins.jdbcProperties(login));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void run(String database, String sql) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

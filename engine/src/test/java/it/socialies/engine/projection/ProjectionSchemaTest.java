// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProjectionSchemaTest {
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = EmbeddedPostgres.start();
        ProjectionSchema.migrate(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @Test
    void shouldStartBeforeTheFirstRecord() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT last_sequence, chain_hash FROM projection.position")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong(1)).isZero();
            assertThat(row.getBytes(2)).isEqualTo(new byte[32]);
        }
    }

    @Test
    void shouldMigrateASecondDatabaseOfTheSameServer() throws SQLException {
        execute(postgres.getPostgresDatabase(), "CREATE DATABASE rebuilt");
        ProjectionSchema.migrate(postgres.getDatabase("postgres", "rebuilt"));
        ProjectionSchema.migrate(postgres.getDatabase("postgres", "rebuilt"));
    }

    @Test
    void shouldShowReadersEverythingButCardTokens() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE ies_reader");
            statement.execute(
                    "SELECT * FROM projection.card, projection.circuit_balance, projection.programme_balance");
            statement.execute("SELECT * FROM projection.emergency_fund, projection.emergency_award");
            statement.execute(
                    "SELECT * FROM projection.settlement, projection.settlement_line, projection.settlement_line_change,"
                            + " projection.settled_part, projection.payee, projection.dispute, projection.disputed_part,"
                            + " projection.debt_settlement, projection.repaid_part");
            assertThatThrownBy(() -> statement.execute("SELECT * FROM projection.card_token"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.execute("UPDATE projection.account SET debits_posted = 0"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void shouldMigrateForALoginThatOwnsOnlyItsDatabase() throws SQLException {
        final DataSource admin = postgres.getPostgresDatabase();
        execute(admin, "CREATE ROLE plain_projector LOGIN PASSWORD 'x'");
        execute(admin, "GRANT ies_projector TO plain_projector");
        execute(admin, "CREATE ROLE plain_reader LOGIN PASSWORD 'x'");
        execute(admin, "GRANT ies_reader TO plain_reader");
        execute(admin, "CREATE DATABASE owned OWNER plain_projector");

        final DataSource database = postgres.getDatabase("plain_projector", "owned");
        ProjectionSchema.migrate(database);
        ProjectionSchema.migrate(database);

        assertThat(LedgerHashReader.read(database)).isEqualTo(new LedgerHashReader.LedgerHash(0, 0));
        execute(postgres.getDatabase("plain_reader", "owned"), "SELECT * FROM projection.payment");
        assertThatThrownBy(() -> LedgerHashReader.read(postgres.getDatabase("plain_reader", "owned")))
                .hasMessageContaining("permission denied");
    }

    @Test
    void shouldNameTheServerFoundAndTheOneNeeded() {
        assertThatThrownBy(() -> ProjectionSchema.requireServerVersion(14, "14.22"))
                .isInstanceOf(ProjectionRefused.class)
                .hasMessageContaining("14.22")
                .hasMessageContaining("15");
    }

    private static void execute(final DataSource dataSource, final String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
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
    void shouldBringTheRowsOfAnOlderReleaseUpToDate() throws SQLException {
        final DataSource admin = postgres.getPostgresDatabase();
        execute(admin, "CREATE ROLE older_projector LOGIN PASSWORD 'x'");
        execute(admin, "GRANT ies_projector TO older_projector");
        execute(admin, "CREATE DATABASE older OWNER older_projector");
        final DataSource database = postgres.getDatabase("older_projector", "older");
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:db/projection")
                .schemas(ProjectionSchema.NAME)
                .defaultSchema(ProjectionSchema.NAME)
                .createSchemas(true)
                .target("10")
                .load()
                .migrate();
        execute(database, """
                SET search_path TO projection;
                INSERT INTO account (account_id, owner_id, programme_id, circuit_id, kind, unit, debits_posted, credits_posted, opened_ms, sequence)
                VALUES (1, 1, 1, 1, 1, 1, 500, 0, 1, 1), (4, 1, 1, 1, 4, 1, 20, 100, 1, 1);
                INSERT INTO hold (hold_id, payment_id, debit_account_id, credit_account_id, amount, captured, refunded, state)
                VALUES (1, 7, 3, 4, 100, 80, 20, 2), (2, 8, 3, 4, 50, 0, 0, 1), (3, 9, 3, 4, 20, 20, 0, 2);
                INSERT INTO ledger_entry (sequence, index, circuit_id, kind, reason, debit_account_id, credit_account_id, amount, released, hold_id,
                    payment_id, reference_id, timestamp_ms)
                VALUES (10, 0, 1, 132, 0, 3, 4, 100, 0, 1, 7, 0, 1), (11, 0, 1, 134, 0, 3, 4, 80, 20, 1, 7, 0, 2), (12, 0, 1, 136, 0, 4, 3, 20, 0, 1, 7, 0, 3),
                       (13, 0, 1, 132, 0, 3, 4, 50, 0, 2, 8, 0, 4), (14, 0, 1, 133, 0, 3, 4, 20, 0, 3, 9, 0, 5)""");

        ProjectionSchema.migrate(database);

        assertThat(numbers(database, "SELECT captured_sequence FROM projection.hold ORDER BY hold_id"))
                .containsExactly(11L, 0L, 14L);
        assertThat(numbers(database, "SELECT available FROM projection.account ORDER BY account_id"))
                .containsExactly(500L, 80L);
        assertThat(numbers(database, """
                        SELECT count(*) FROM pg_class WHERE relnamespace = 'projection'::regnamespace AND relkind IN ('r', 'v')
                        AND relname <> 'flyway_schema_history' AND relowner <> 'ies_projector'::regrole""")).containsExactly(0L);
    }

    @Test
    void shouldNameTheServerFoundAndTheOneNeeded() {
        assertThatThrownBy(() -> ProjectionSchema.requireServerVersion(14, "14.22"))
                .isInstanceOf(ProjectionRefused.class)
                .hasMessageContaining("14.22")
                .hasMessageContaining("15");
    }

    private static List<Long> numbers(final DataSource dataSource, final String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            final List<Long> numbers = new ArrayList<>();
            while (row.next()) {
                numbers.add(row.getLong(1));
            }
            return numbers;
        }
    }

    private static void execute(final DataSource dataSource, final String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

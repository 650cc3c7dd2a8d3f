// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.town;

import static org.awaitility.Awaitility.await;

import it.socialies.console.projection.CircuitView;
import it.socialies.console.projection.ProjectionDatabase;
import it.socialies.console.projection.ProjectionDatabase.Work;
import it.socialies.console.projection.ReaderLogin;
import it.socialies.engine.projection.ProjectionSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;

/** A town of 200,000 payments that Postgres itself makes up, to count the rows that a page makes it read. */
public final class LargeTown {
    /** How many payments circuit 1 has. */
    public static final int PAYMENTS = 190_000;

    private static final String DATABASE = "large";
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
    private static final String ROWS_READ =
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_user_tables WHERE schemaname = 'projection'";
    private static final String READERS =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'ies-console' AND datname = '" + DATABASE
                    + "'";

    private static final class Holder {
        static final LargeTown TOWN = new LargeTown();
    }

    private final DataSource owner;
    private final ReaderLogin login;

    private LargeTown() {
        try (InputStream script = LargeTown.class.getResourceAsStream("/town/large-town.sql")) {
            owner = Towns.get().newDatabase(DATABASE);
            ProjectionSchema.migrate(owner);
            execute(new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8));
            // As Postgres does by itself after a while.
            execute("VACUUM ANALYZE");
            ReaderLogin small = Towns.get().login();
            login = new ReaderLogin(small.host(), small.port(), small.tls(), DATABASE, small.user(), small.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static LargeTown get() {
        return Holder.TOWN;
    }

    /** Reads something of circuit 1 as the console does. */
    public <T> T read(Work<CircuitView, T> work) {
        try (ProjectionDatabase database = new ProjectionDatabase(login, 1, STATEMENT_TIMEOUT)) {
            return database.read(Towns.FIRST, work);
        }
    }

    /** How many rows of tables Postgres reads for that. */
    public long rowsRead(Work<CircuitView, ?> work) throws SQLException {
        long before = number(ROWS_READ);
        Object unused = this.<Object>read(work::read);
        // A server process tells what it did at the latest when it ends.
        await().until(() -> number(READERS) == 0);
        return number(ROWS_READ) - before;
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

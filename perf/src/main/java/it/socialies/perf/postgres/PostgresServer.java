// SPDX-License-Identifier: EUPL-1.2
package it.socialies.perf.postgres;

import it.socialies.engine.projection.ProjectionDataSource;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.run.EmbeddedPostgresServer;
import it.socialies.perf.suite.Measurements;
import it.socialies.perf.suite.SuiteFailed;
import it.socialies.perf.suite.WorkFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import javax.sql.DataSource;

/** The embedded Postgres of an installation, with the settings it has there, for the time of a run. */
public final class PostgresServer {
    /** What makes a commit durable when it is on; with less a run would compare two different things. */
    private static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

    private final EmbeddedPostgresServer server;
    private final PostgresLogins logins;

    private PostgresServer(EmbeddedPostgresServer server, PostgresLogins logins) {
        this.server = server;
        this.logins = logins;
    }

    /** Starts it in the work folder; it ends before that goes. */
    public static PostgresServer start(WorkFolder work, Measurements to) throws IOException, SQLException, SuiteFailed {
        DataFolder folder = new DataFolder(work.path().resolve("postgres-server"));
        folder.create();
        EmbeddedPostgresServer embedded = new EmbeddedPostgresServer(folder);
        PostgresServer server = new PostgresServer(embedded, embedded.start());
        work.endFirst(server::stop);
        server.noteSettings(to);
        return server;
    }

    private void noteSettings(Measurements to) throws SQLException, SuiteFailed {
        try (Connection connection = connect()) {
            to.parameter("postgres", setting(connection, "server_version"))
                    .parameter("shared_buffers", setting(connection, "shared_buffers"));
            for (String name : DURABLE) {
                String value = setting(connection, name);
                to.parameter(name, value);
                if (!value.equals("on")) {
                    throw new SuiteFailed("Postgres would not be durable: " + name + " is " + value);
                }
            }
        }
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    /** A connection of the superuser, for ledgers that are none of the installation's. */
    Connection connect() throws SQLException {
        PostgresLogins.Login login = Objects.requireNonNull(logins.superuser(), "an embedded server has a superuser");
        Properties properties = logins.jdbcProperties(login);
        // Every statement is prepared on the server from its first use.
        properties.setProperty("prepareThreshold", "1");
        return DriverManager.getConnection(logins.jdbcUrl(login), properties);
    }

    /** The database of the projection, with the projector's login. */
    public DataSource projection() {
        PostgresLogins.Login login = logins.projection();
        return ProjectionDataSource.of(logins.jdbcUrl(login), login.user(), login.password());
    }

    /** Drops the rows of a projection, so that the next one begins at zero. */
    public void dropProjection() throws SQLException {
        execute(projection(), "DROP SCHEMA IF EXISTS projection CASCADE");
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Writes all changed pages, so that no point pays for the one before. */
    public void checkpoint() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT");
        }
    }

    private void stop() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

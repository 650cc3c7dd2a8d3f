// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.projection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/**
 * The projection, for reading only: the role may not write, the sessions are read-only, and each query has a time limit. Thread-safe.
 *
 * <p>Opens no connection before somebody reads, and gives them back when nobody does for a minute.
 */
public final class ProjectionDatabase implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration CONNECTION_IDLE = Duration.ofMinutes(1);
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(10);

    private final HikariDataSource pool;

    public ProjectionDatabase(ReaderLogin login, int connectionsMax, Duration statementTimeout) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("projection");
        config.setJdbcUrl(login.jdbcUrl());
        config.setUsername(login.user());
        config.setPassword(login.password());
        config.addDataSourceProperty("ApplicationName", "ies-console");
        config.addDataSourceProperty("sslmode", login.tls() ? "require" : "prefer");
        config.addDataSourceProperty("connectTimeout", CONNECT_TIMEOUT.toSeconds());
        config.addDataSourceProperty(
                "socketTimeout", statementTimeout.plus(CONNECT_TIMEOUT).toSeconds());
        // An empty search path: a table is named by its schema, or it is one of CircuitView's.
        config.setConnectionInitSql("SET search_path = ''; SET statement_timeout = " + statementTimeout.toMillis());
        config.setReadOnly(true);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setMaximumPoolSize(connectionsMax);
        config.setMinimumIdle(0);
        config.setIdleTimeout(CONNECTION_IDLE.toMillis());
        config.setMaxLifetime(CONNECTION_LIFE.toMillis());
        config.setConnectionTimeout(CONNECT_TIMEOUT.toMillis());
        // Starts without Postgres, too.
        config.setInitializationFailTimeout(-1);
        pool = new HikariDataSource(config);
    }

    /** What reads several things that must belong together. */
    @FunctionalInterface
    public interface Work<V, T> {
        T read(V view) throws SQLException;
    }

    /**
     * Reads rows of one circuit, all at one sequence.
     *
     * @throws ProjectionAway when Postgres does not answer or the query takes too long
     */
    public <T> T read(int circuitId, Work<? super CircuitView, T> work) {
        return transaction(connection -> work.read(new CircuitView(connection, circuitId)));
    }

    /**
     * Reads over all circuits: for the process's own figures, never for a page.
     *
     * @throws ProjectionAway as above
     */
    public <T> T readAll(Work<? super InstallationView, T> work) {
        return transaction(connection -> work.read(new InstallationView(connection)));
    }

    private <T> T transaction(Work<Connection, T> work) {
        try (Connection connection = pool.getConnection()) {
            T result = work.read(connection);
            connection.commit();
            return result;
        } catch (SQLTransientConnectionException e) {
            throw new ProjectionAway("Postgres does not answer", e);
        } catch (SQLException e) {
            if (ProjectionAway.isOne(e)) {
                throw new ProjectionAway("Postgres gave up", e);
            }
            throw new IllegalStateException("a query that Postgres does not take", e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.figures.PostgresFigures;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Counts payments in Postgres, once it has come far enough. One thread. */
final class ProjectedPayments implements AutoCloseable {
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final long POLL_PAUSE_MS = 50;

    private final Connection projection;

    private ProjectedPayments(Connection projection) {
        this.projection = projection;
    }

    /**
     * Connects and waits until the projection has reached a sequence.
     *
     * @throws IOException when Postgres is away or does not come so far
     */
    static ProjectedPayments open(DataFolder folder, long sequence) throws IOException {
        PostgresLogins logins = PostgresLogins.read(folder);
        try {
            ProjectedPayments payments = new ProjectedPayments(DriverManager.getConnection(
                    logins.jdbcUrl(logins.reader()), logins.jdbcProperties(logins.reader())));
            try {
                payments.awaitSequence(sequence);
                return payments;
            } catch (IOException | SQLException e) {
                payments.close();
                throw e;
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /** Payments made or rejected by the record that a key led to. */
    int ofKey(UUID key) throws IOException {
        return Math.toIntExact(count(
                "SELECT count(*) FROM command_key k JOIN payment p ON p.sequence = k.sequence WHERE k.key = ? AND NOT k.burned",
                key));
    }

    /** Payments of a circuit, rejected ones too. */
    long ofCircuit(int circuitId) throws IOException {
        return count("SELECT count(*) FROM payment WHERE circuit_id = ?", circuitId);
    }

    private long count(String sql, Object parameter) throws IOException {
        try (PreparedStatement statement = projection.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    private void awaitSequence(long sequence) throws SQLException, IOException {
        long endNs = System.nanoTime() + WAIT_MAX.toNanos();
        while (PostgresFigures.sequence(projection) < sequence) {
            if (System.nanoTime() > endNs) {
                throw new IOException(
                        "Postgres has not reached record " + sequence + " in " + WAIT_MAX.toSeconds() + " s");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_PAUSE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }

    private static IOException unreadable(SQLException e) {
        return new IOException("Postgres cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void close() throws IOException {
        try {
            projection.close();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }
}

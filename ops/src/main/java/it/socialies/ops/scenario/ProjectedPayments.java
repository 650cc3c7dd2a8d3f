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
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
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

    /** Payments made or rejected by the records that the keys led to, by key; a key without any is left out. */
    Map<UUID, Integer> ofKeys(Collection<UUID> keys) throws IOException {
        Map<UUID, Integer> payments = new HashMap<>();
        try (PreparedStatement statement = projection.prepareStatement(
                "SELECT k.key, count(*) FROM command_key k JOIN payment p ON p.sequence = k.sequence"
                        + " WHERE k.key = ANY (?) AND NOT k.burned GROUP BY k.key")) {
            statement.setArray(1, projection.createArrayOf("uuid", keys.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    payments.put(row.getObject(1, UUID.class), row.getInt(2));
                }
            }
        } catch (SQLException e) {
            throw unreadable(e);
        }
        return payments;
    }

    /** Payments of a circuit, rejected ones too. */
    long ofCircuit(int circuitId) throws IOException {
        try (PreparedStatement statement =
                projection.prepareStatement("SELECT count(*) FROM payment WHERE circuit_id = ?")) {
            statement.setInt(1, circuitId);
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

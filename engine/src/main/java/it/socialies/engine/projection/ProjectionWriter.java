// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import it.socialies.engine.journal.batch.Chain;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * One connection to the projection: its position, and transactions that move it. After any exception the outcome of a transaction is
 * unknown: close the writer, open another one and read the position.
 */
final class ProjectionWriter implements AutoCloseable {
    private static final int FORMAT = 1;

    private final Connection connection;

    private ProjectionWriter(final Connection connection) {
        this.connection = connection;
    }

    static ProjectionWriter open(final DataSource dataSource) throws SQLException {
        final Connection connection = dataSource.getConnection();
        try (Statement statement = connection.createStatement()) {
            connection.setSchema(ProjectionSchema.NAME);
            // Rows and position are lost together or not at all, and the journal has what is lost: waiting for the disk
            // would buy nothing.
            statement.execute("SET synchronous_commit = off");
            connection.setAutoCommit(false);
            return new ProjectionWriter(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Reads how far the rows go. */
    Position readPosition() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT format, last_sequence, chain_hash, last_timestamp_ms FROM position")) {
            if (!row.next()) {
                throw new ProjectionRefused("the projection has lost its position: drop the schema "
                        + ProjectionSchema.NAME + " to have it built again from the journal");
            }
            final int format = row.getInt(1);
            if (format != FORMAT) {
                throw new ProjectionRefused("the projection has format " + format + ", this version writes " + FORMAT);
            }
            final Position position = new Position(new Chain(row.getLong(2), row.getBytes(3)), row.getLong(4));
            connection.commit();
            return position;
        }
    }

    /**
     * Writes the rows and moves the position from {@code expectedSequence} to {@code next}, all or nothing.
     *
     * @return false, and nothing written, when the position is no longer where it was expected
     */
    boolean commit(final long expectedSequence, final Position next, final ProjectedRows rows) throws SQLException {
        // First, so that its row lock makes a writer wait that was believed dead but is still committing.
        if (!movePosition(expectedSequence, next)) {
            connection.rollback();
            return false;
        }
        rows.execute(connection);
        connection.commit();
        return true;
    }

    private boolean movePosition(final long expectedSequence, final Position next) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE position SET last_sequence = ?, chain_hash = ?, last_timestamp_ms = ? WHERE last_sequence = ?")) {
            statement.setLong(1, next.chain().sequence());
            statement.setBytes(2, next.chain().hash());
            statement.setLong(3, next.timestampMs());
            statement.setLong(4, expectedSequence);
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** How far the rows go: the last sequence with its chain hash, and its stamp. */
    record Position(Chain chain, long timestampMs) {}
}

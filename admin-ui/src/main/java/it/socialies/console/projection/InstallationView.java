// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The projection at one sequence, all circuits; tables are named with their schema, {@code projection.payment}. */
public final class InstallationView {
    private final Connection connection;

    InstallationView(Connection connection) {
        this.connection = connection;
    }

    public <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... parameters) throws SQLException {
        return Rows.list(connection, sql, mapper, parameters);
    }

    /** How far the rows go. */
    public Position position() throws SQLException {
        return Position.read(connection);
    }
}

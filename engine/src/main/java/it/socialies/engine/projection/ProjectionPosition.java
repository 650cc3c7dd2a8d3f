// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Reads how far the projection is, for tools. Any login that may read the projection will do. Stateless; blocks on the database. */
public final class ProjectionPosition {
    private ProjectionPosition() {}

    /** The last record whose rows are in Postgres. */
    public static long lastSequence(final DataSource projection) throws SQLException {
        try (Connection connection = projection.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT last_sequence FROM " + ProjectionSchema.NAME + ".position")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}

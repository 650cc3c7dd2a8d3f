// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.projection;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * How far the rows go.
 *
 * @param sequence last record in the rows
 * @param timestampMs its stamp
 * @param clockOffsetMs how far a sandbox clock was moved forward
 */
public record Position(long sequence, long timestampMs, long clockOffsetMs) {
    private static final String SQL = "SELECT p.last_sequence, p.last_timestamp_ms, i.clock_offset_ms"
            + " FROM projection.position p CROSS JOIN projection.installation i";

    static Position read(Connection connection) throws SQLException {
        return Rows.list(connection, SQL, row -> new Position(row.getLong(1), row.getLong(2), row.getLong(3)))
                .getFirst();
    }
}

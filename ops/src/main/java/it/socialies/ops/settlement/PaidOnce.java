// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.settlement;

import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Asks Postgres whether every line was paid once more than it came back, and every cent of every payment settled once. */
final class PaidOnce {
    private static final String SQL = """
            SELECT (SELECT count(*) FROM projection.settlement_line WHERE state = 3),
                   (SELECT coalesce(sum(to_pay), 0) FROM projection.settlement_line WHERE state = 3),
                   (SELECT count(*) FROM (SELECT line_id FROM projection.settlement_line_change GROUP BY line_id
                                          HAVING count(*) FILTER (WHERE outcome = 1) - count(*) FILTER (WHERE outcome = 4) <> 1) x),
                   (SELECT count(*) FROM projection.settlement_line_change WHERE outcome = 4),
                   (SELECT count(*) FROM projection.hold WHERE state = 2 AND captured - refunded <> settled),
                   (SELECT coalesce(sum(available), 0) FROM projection.account WHERE kind = 11)""";

    private final DataFolder folder;

    PaidOnce(DataFolder folder) {
        this.folder = folder;
    }

    boolean holds(int lines, long cents) throws IOException {
        PostgresLogins logins = PostgresLogins.read(folder);
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + logins.host() + ":" + logins.port() + "/"
                                + logins.projection().database(),
                        logins.projection().user(),
                        logins.projection().password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SQL)) {
            row.next();
            return row.getLong(1) == lines
                    && row.getLong(2) == cents
                    && row.getLong(3) == 0
                    && row.getLong(4) == 1
                    && row.getLong(5) == 0
                    && row.getLong(6) == cents;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.town;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Figures counted in another way: plain sums over all rows, by a login that sees every circuit. */
public final class Figures {
    private Figures() {}

    /** The number a query gives; {@code SELECT} with the tables' names and {@code ?}. */
    public static long number(String sql, Object... parameters) throws SQLException {
        try (Connection connection = Towns.get().owner().getConnection()) {
            connection.setSchema("projection");
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.projection;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Makes something of the row a result set stands at. */
@FunctionalInterface
public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
}

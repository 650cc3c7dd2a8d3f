// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.data;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of persons as they lie in the database, each wrapped under a version of the master key. The database shows those of one circuit at a time. One
 * thread; blocks.
 */
public final class WrappedKeys {
    private final PostgresLogins logins;

    public WrappedKeys(PostgresLogins logins) {
        this.logins = logins;
    }

    /** How many keys of persons, of all circuits, only this version opens. */
    public long countUnder(int version) throws SQLException {
        long count = 0;
        try (Connection keys = connect(logins.vaultKeys());
                PreparedStatement enter = keys.prepareStatement("SELECT set_config('ies.circuit', ?, false)");
                // A key says the version and a mark of the master key that wrapped it.
                PreparedStatement wrapped = keys.prepareStatement(
                        "SELECT count(*) FROM vault_keys.person_key WHERE starts_with(master_key_id, ?)")) {
            wrapped.setString(1, version + "-");
            for (int circuitId : circuits()) {
                enter.setString(1, Integer.toString(circuitId));
                enter.executeQuery().close();
                try (ResultSet row = wrapped.executeQuery()) {
                    row.next();
                    count += row.getLong(1);
                }
            }
        }
        return count;
    }

    private List<Integer> circuits() throws SQLException {
        List<Integer> circuits = new ArrayList<>();
        try (Connection projection = connect(logins.projection());
                PreparedStatement statement = projection.prepareStatement("SELECT circuit_id FROM projection.circuit");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                circuits.add(rows.getInt(1));
            }
        }
        return circuits;
    }

    private Connection connect(PostgresLogins.Login login) throws SQLException {
        return DriverManager.getConnection(logins.jdbcUrl(login), logins.jdbcProperties(login));
    }
}

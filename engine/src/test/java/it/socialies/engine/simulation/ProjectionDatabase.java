// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.simulation;

import it.socialies.engine.projection.ProjectionSchema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** A real Postgres with the tables of the projection, which are put back as the migrations made them between two worlds. One world at a time. */
final class ProjectionDatabase {
    private final DataSource dataSource;
    private final List<String> tables = new ArrayList<>();
    private final List<String> tablesWithRows = new ArrayList<>();

    ProjectionDatabase(DataSource dataSource) throws SQLException {
        this.dataSource = dataSource;
        ProjectionSchema.migrate(dataSource);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA migrated");
            try (ResultSet rows = statement.executeQuery("SELECT tablename FROM pg_tables WHERE schemaname = '"
                    + ProjectionSchema.NAME + "' AND tablename <> 'flyway_schema_history'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                statement.execute(
                        "CREATE TABLE migrated." + table + " AS TABLE " + ProjectionSchema.NAME + "." + table);
                try (ResultSet rows = statement.executeQuery("SELECT 1 FROM migrated." + table + " LIMIT 1")) {
                    if (rows.next()) {
                        tablesWithRows.add(table);
                    }
                }
            }
        }
    }

    DataSource dataSource() {
        return dataSource;
    }

    void empty() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setSchema(ProjectionSchema.NAME);
            statement.execute("TRUNCATE " + String.join(", ", tables));
            for (String table : tablesWithRows) {
                statement.execute("INSERT INTO " + table + " TABLE migrated." + table);
            }
        }
    }
}

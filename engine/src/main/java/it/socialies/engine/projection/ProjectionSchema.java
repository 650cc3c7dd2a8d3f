// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of the projection and the server they need. Stateless; blocks on the database. */
public final class ProjectionSchema {
    /** Schema that holds the tables. */
    public static final String NAME = "projection";

    /** Oldest server the tables and statements are written for. */
    public static final int MIN_SERVER_VERSION = 15;

    private static final String MIGRATIONS = "classpath:db/projection";

    private ProjectionSchema() {}

    /**
     * Checks the server and brings the tables up to date.
     *
     * @throws ProjectionRefused when the server is too old
     * @throws SQLException when the server cannot be reached
     */
    public static void migrate(final DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            requireServerVersion(
                    connection.getMetaData().getDatabaseMajorVersion(),
                    connection.getMetaData().getDatabaseProductVersion());
        }
        Flyway.configure(ProjectionSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations(MIGRATIONS)
                .schemas(NAME)
                .defaultSchema(NAME)
                .createSchemas(true)
                .load()
                .migrate();
    }

    static void requireServerVersion(final int majorVersion, final String productVersion) {
        if (majorVersion < MIN_SERVER_VERSION) {
            throw new ProjectionRefused("Postgres " + productVersion + " found, " + MIN_SERVER_VERSION
                    + " or newer needed: upgrade the server or name another one");
        }
    }
}

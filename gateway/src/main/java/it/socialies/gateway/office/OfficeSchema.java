// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables of the databases that the gateway writes itself. Stateless; blocks on the database. */
public final class OfficeSchema {
    static final String NAME = "office";
    static final String MIGRATIONS = "classpath:db/office";

    private static final int CONNECT_TIMEOUT_SECONDS = 5;

    private OfficeSchema() {}

    /** @param schema where its tables are */
    public static DataSource dataSource(OfficeSettings settings, String schema) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {settings.host()});
        dataSource.setPortNumbers(new int[] {settings.port()});
        dataSource.setDatabaseName(settings.database());
        dataSource.setUser(settings.user());
        dataSource.setPassword(settings.password());
        dataSource.setSslMode(settings.tls() ? "verify-full" : "disable");
        dataSource.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        dataSource.setCurrentSchema(schema);
        return dataSource;
    }

    /** Brings the tables up to date. */
    public static void migrate(DataSource dataSource, String schema, String migrations) {
        Flyway.configure(OfficeSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations(migrations)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(true)
                .load()
                .migrate();
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/** The tables of the office database. Stateless; blocks on the database. */
final class OfficeSchema {
    static final String NAME = "office";

    private static final String MIGRATIONS = "classpath:db/office";
    private static final int CONNECT_TIMEOUT_SECONDS = 5;

    private OfficeSchema() {}

    static DataSource dataSource(OfficeSettings settings) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {settings.host()});
        dataSource.setPortNumbers(new int[] {settings.port()});
        dataSource.setDatabaseName(settings.database());
        dataSource.setUser(settings.user());
        dataSource.setPassword(settings.password());
        dataSource.setSslMode(settings.tls() ? "verify-full" : "disable");
        dataSource.setConnectTimeout(CONNECT_TIMEOUT_SECONDS);
        dataSource.setCurrentSchema(NAME);
        return dataSource;
    }

    /** Brings the tables up to date. */
    static void migrate(DataSource dataSource) {
        Flyway.configure(OfficeSchema.class.getClassLoader())
                .dataSource(dataSource)
                .locations(MIGRATIONS)
                .schemas(NAME)
                .defaultSchema(NAME)
                .createSchemas(true)
                .load()
                .migrate();
    }
}

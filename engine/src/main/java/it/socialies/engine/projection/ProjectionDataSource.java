// SPDX-License-Identifier: EUPL-1.2
package it.socialies.engine.projection;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections for the projector: plain ones, each new, that notice a dead server. */
public final class ProjectionDataSource {
    private static final int CONNECT_TIMEOUT_S = 5;
    /** Longer than any statement of the projector takes, so that only a lost server is given up. */
    private static final int SOCKET_TIMEOUT_S = 60;

    private ProjectionDataSource() {}

    /** A source for {@code jdbc:postgresql://…}, where the database is {@code projection}. */
    public static DataSource of(final String jdbcUrl, final String user, final String password) {
        final PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        dataSource.setApplicationName("ies-projector");
        dataSource.setConnectTimeout(CONNECT_TIMEOUT_S);
        dataSource.setSocketTimeout(SOCKET_TIMEOUT_S);
        dataSource.setTcpKeepAlive(true);
        // A detail may quote a row, and rows may hold a card's token; messages go to logs and operators.
        dataSource.setLogServerErrorDetail(false);
        return dataSource;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.office;

/**
 * Where the office database is. The login owns the database; it is {@code office} in {@code secrets/postgres.json}.
 *
 * @param connectionsMax connections at once
 * @param waitersMax requests that may wait for one; more are refused
 * @param statementTimeoutMs after this long Postgres gives a statement up
 * @param retryMs how long to wait between attempts to reach the database at the start
 */
public record OfficeSettings(
        String host,
        int port,
        boolean tls,
        String database,
        String user,
        String password,
        int connectionsMax,
        int waitersMax,
        int statementTimeoutMs,
        long retryMs) {
    private static final int CONNECTIONS_MAX = 4;
    private static final int WAITERS_MAX = 256;
    private static final int STATEMENT_TIMEOUT_MS = 10_000;
    private static final long RETRY_MS = 2_000;

    /** With the defaults: 4 connections, 256 waiters, 10 s a statement, an attempt every 2 s. */
    public static OfficeSettings of(String host, int port, boolean tls, String database, String user, String password) {
        return new OfficeSettings(
                host,
                port,
                tls,
                database,
                user,
                password,
                CONNECTIONS_MAX,
                WAITERS_MAX,
                STATEMENT_TIMEOUT_MS,
                RETRY_MS);
    }

    @Override
    public String toString() {
        return "OfficeSettings[" + user + '@' + host + ':' + port + '/' + database + ']';
    }
}

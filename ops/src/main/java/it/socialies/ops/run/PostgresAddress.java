// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A Postgres that somebody else runs, as {@code --postgres URL} names it, with a login that may create roles and databases. */
record PostgresAddress(String host, int port, String database, String user, String password, boolean tls) {
    private static final int DEFAULT_PORT = 5432;

    /** Parses {@code postgresql://user:password@host[:port][/database][?sslmode=require]}. */
    static PostgresAddress parse(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
        String scheme = uri.getScheme();
        String host = uri.getHost();
        String login = uri.getRawUserInfo();
        if (host == null || login == null || !("postgresql".equals(scheme) || "postgres".equals(scheme))) {
            throw malformed(null);
        }
        int colon = login.indexOf(':');
        String path = uri.getPath() == null ? "" : uri.getPath();
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        return new PostgresAddress(
                host,
                uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                path.length() > 1 ? path.substring(1) : "postgres",
                decode(colon < 0 ? login : login.substring(0, colon)),
                colon < 0 ? "" : decode(login.substring(colon + 1)),
                query.contains("sslmode=require") || query.contains("sslmode=verify"));
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    Properties jdbcProperties() {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("sslmode", tls ? "require" : "prefer");
        return properties;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static RunFailure malformed(@Nullable Throwable cause) {
        RunFailure failure = new RunFailure(
                "L'indirizzo di Postgres non si legge: serve postgresql://utente:password@host:porta",
                "The Postgres address cannot be read: it must be postgresql://user:password@host:port");
        if (cause != null) {
            failure.initCause(cause);
        }
        return failure;
    }
}

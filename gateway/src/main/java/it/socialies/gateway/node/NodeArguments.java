// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import java.net.URI;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the node is called. Everything else is configuration.
 *
 * @param dataFolder everything the installation keeps
 * @param postgres server of the two databases, {@code postgresql://HOST:PORT}; logins come from {@code secrets/postgres.json}
 * @param live first start only: no sandbox, for ever
 */
record NodeArguments(Path dataFolder, @Nullable String host, int port, URI postgres, boolean live) {
    static final String USAGE =
            "usage: node --data DIR --port N --postgres postgresql://HOST:PORT [--host ADDRESS] [--live]";
    private static final int PORT_MAX = 65_535;

    /**
     * Reads the command line.
     *
     * @throws NodeFailure with the usage
     */
    static NodeArguments parse(String... args) {
        Path dataFolder = null;
        String host = null;
        int port = -1;
        URI postgres = null;
        boolean live = false;
        Iterator<String> rest = List.of(args).iterator();
        while (rest.hasNext()) {
            String name = rest.next();
            if (name.equals("--live")) {
                live = true;
                continue;
            }
            if (!rest.hasNext()) {
                throw new NodeFailure(USAGE);
            }
            String value = rest.next();
            switch (name) {
                case "--data" -> dataFolder = Path.of(value).toAbsolutePath();
                case "--host" -> host = value;
                case "--port" -> port = port(value);
                case "--postgres" -> postgres = server(value);
                default -> throw new NodeFailure(USAGE);
            }
        }
        if (dataFolder == null || postgres == null || port < 0) {
            throw new NodeFailure(USAGE);
        }
        return new NodeArguments(dataFolder, host, port, postgres, live);
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new NodeFailure(text + " is not a port; " + USAGE, e);
        }
        throw new NodeFailure(text + " is not a port; " + USAGE);
    }

    private static URI server(String text) {
        URI server = URI.create(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
        if (!"postgresql".equals(server.getScheme()) || server.getHost() == null) {
            throw new NodeFailure(text + " names no Postgres; " + USAGE);
        }
        return server;
    }

    /** Host of the database server. */
    String postgresHost() {
        return postgres.getHost();
    }

    /** Port of the database server. */
    int postgresPort() {
        return postgres.getPort() < 0 ? 5432 : postgres.getPort();
    }
}

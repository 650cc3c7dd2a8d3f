// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How the console is started.
 *
 * @param dataFolder of the installation: settings and the login to Postgres
 * @param port to listen on; 0 takes any
 * @param gateway base address
 */
public record ConsoleArguments(Path dataFolder, int port, URI gateway) {
    /** What {@link #parse} reads. */
    public static final String USAGE = "console --data DIR --port N --gateway URL";

    private static final int PORT_MAX = 65_535;

    /** @throws ConsoleFailure with the usage when an argument is missing, unknown or malformed */
    public static ConsoleArguments parse(String... args) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (i + 1 == args.length) {
                throw new ConsoleFailure(args[i] + " needs a value; usage: " + USAGE);
            }
            named.put(args[i], args[i + 1]);
        }
        try {
            var arguments = new ConsoleArguments(
                    Path.of(take(named, "--data")),
                    Integer.parseInt(take(named, "--port")),
                    URI.create(take(named, "--gateway")));
            if (!named.isEmpty() || arguments.port < 0 || arguments.port > PORT_MAX) {
                throw new ConsoleFailure("usage: " + USAGE);
            }
            return arguments;
        } catch (IllegalArgumentException e) {
            throw new ConsoleFailure("usage: " + USAGE, e);
        }
    }

    private static String take(Map<String, String> named, String name) {
        String value = named.remove(name);
        if (value == null) {
            throw new ConsoleFailure(name + " is missing; usage: " + USAGE);
        }
        return value;
    }
}

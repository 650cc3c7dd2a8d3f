// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console;

import it.socialies.console.server.ConsoleArguments;
import it.socialies.console.server.ConsoleConfig;
import it.socialies.console.server.ConsoleFailure;
import it.socialies.console.server.ConsoleServer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The console's process. Started by {@code ops/run} or a service manager; stops cleanly on SIGTERM. */
public final class Console {
    private static final Logger LOG = LogManager.getLogger(Console.class);
    private static final int CANNOT_START = 1;

    private Console() {}

    /** Starts the console; see {@link ConsoleArguments#USAGE}. */
    public static void main(String[] args) {
        try {
            ConsoleServer server = ConsoleServer.start(ConsoleConfig.read(ConsoleArguments.parse(args)));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "console-stop"));
        } catch (ConsoleFailure e) {
            LOG.debug("cannot start", e);
            refuse(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("cannot start", e);
            refuse("unexpected: " + e);
        }
    }

    private static void refuse(String line) {
        System.err.println("console: " + line);
        // Started threads would keep the process alive.
        System.exit(CANNOT_START);
    }

    private static void stop(ConsoleServer server) {
        server.close();
        LOG.info("stopped");
        LogManager.shutdown();
    }
}

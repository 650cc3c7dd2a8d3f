// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import it.socialies.engine.journal.batch.JournalFailure;
import it.socialies.engine.journal.files.DataFolderInUse;
import it.socialies.gateway.logs.Logs;
import it.socialies.gateway.security.SecretsUnusableException;
import java.io.IOException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** The process of an installation: gateway and engine. Started by {@code ops/run} or a service manager; stops cleanly on SIGTERM. */
public final class Node {
    private static final Logger LOG = LogManager.getLogger(Node.class);
    private static final int CANNOT_START = 1;

    private Node() {}

    /** Starts the node; see {@link NodeArguments#USAGE}. */
    public static void main(String[] args) {
        try {
            NodeArguments arguments = NodeArguments.parse(args);
            NodeConfig config = NodeConfig.read(arguments);
            Logs.start(config.logs());
            RunningNode node = RunningNode.start(arguments, config);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "ies-stop"));
        } catch (NodeFailure | DataFolderInUse | JournalFailure | SecretsUnusableException e) {
            LOG.debug("cannot start", e);
            refuse(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            refuse("the data folder cannot be used: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("cannot start", e);
            refuse("unexpected: " + e);
        }
    }

    private static void refuse(String line) {
        System.err.println("node: " + line);
        // Started threads would keep the process alive.
        System.exit(CANNOT_START);
    }

    private static void stop(RunningNode node) {
        try {
            node.close();
            LOG.info("stopped");
        } catch (IOException | RuntimeException e) {
            LOG.error("did not stop cleanly; the next start recovers", e);
        } finally {
            LogManager.shutdown();
        }
    }
}

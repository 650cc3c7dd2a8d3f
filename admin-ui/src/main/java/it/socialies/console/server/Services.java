// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.server;

import it.socialies.console.dashboard.FiguresFeed;
import it.socialies.console.gateway.GatewayClient;
import it.socialies.console.live.LiveFeed;
import it.socialies.console.names.NameBook;
import it.socialies.console.projection.ProjectionDatabase;
import it.socialies.console.projection.ReaderLogin;
import java.io.IOException;
import java.util.List;

/** What the views are built from; one of each in a process. */
public record Services(
        ConsoleConfig config,
        GatewayClient gateway,
        ProjectionDatabase projection,
        LiveFeed live,
        FiguresFeed figures,
        NameBook names)
        implements AutoCloseable {
    static Services open(ConsoleConfig config) {
        ProjectionDatabase projection;
        try {
            projection = new ProjectionDatabase(
                    ReaderLogin.read(config.loginFile()), config.connectionsMax(), config.statementTimeout());
        } catch (IOException e) {
            throw new ConsoleFailure(config.loginFile() + " cannot be read: start with ops/run, which writes it", e);
        }
        GatewayClient gateway = new GatewayClient(config.gateway(), config.gatewayTimeout());
        LiveFeed live = new LiveFeed(gateway, projection, config.pollInterval());
        return new Services(config, gateway, projection, live, new FiguresFeed(live), new NameBook(gateway));
    }

    /** Each of them, to be asked for by its type. */
    List<Object> parts() {
        return List.of(config, gateway, projection, live, figures, names);
    }

    @Override
    public void close() {
        live.close();
        projection.close();
        gateway.close();
    }
}

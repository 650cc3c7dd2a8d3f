// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.server;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.NoSuchElementException;

/**
 * Settings of the console. Defaults, each with its meaning, lie in {@code META-INF/microprofile-config.properties}; {@code DIR/console.properties},
 * environment variables and system properties override them, in this order.
 *
 * @param loginFile {@code DIR/secrets/postgres.json}, which says where Postgres is and how to log in there
 * @param isBehindTls whether browsers reach the console over HTTPS only
 * @param sessionIdle a session without any action for so long ends
 */
public record ConsoleConfig(
        String host,
        int port,
        URI gateway,
        Path loginFile,
        boolean isBehindTls,
        Duration sessionIdle,
        Duration pollInterval,
        Duration gatewayTimeout,
        int connectionsMax,
        Duration statementTimeout) {
    private static final String FILE = "console.properties";
    private static final int FILE_ORDINAL = 200;

    /**
     * Reads the settings, those of the data folder included.
     *
     * @throws ConsoleFailure a setting is missing or wrong
     */
    public static ConsoleConfig read(ConsoleArguments arguments) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDefaultSources().addDefaultInterceptors();
        Path file = arguments.dataFolder().resolve(FILE);
        try {
            if (Files.exists(file)) {
                builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), FILE_ORDINAL));
            }
            return of(builder.build(), arguments);
        } catch (IOException e) {
            throw new ConsoleFailure(file + " cannot be read", e);
        } catch (NoSuchElementException | IllegalArgumentException e) {
            throw new ConsoleFailure("a setting is wrong: " + e.getMessage(), e);
        }
    }

    private static ConsoleConfig of(SmallRyeConfig config, ConsoleArguments arguments) {
        return new ConsoleConfig(
                config.getValue("ies.console.host", String.class),
                arguments.port(),
                arguments.gateway(),
                arguments.dataFolder().resolve("secrets").resolve("postgres.json"),
                config.getValue("ies.console.tls", Boolean.class),
                config.getValue("ies.console.session-idle", Duration.class),
                config.getValue("ies.console.poll-interval", Duration.class),
                config.getValue("ies.console.gateway-timeout", Duration.class),
                config.getValue("ies.console.connections-max", Integer.class),
                config.getValue("ies.console.statement-timeout", Duration.class));
    }
}

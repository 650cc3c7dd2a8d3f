// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.mail.LoginOption;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mail server that notices go out by, as {@code secrets/mail.json} names it. Prints as nothing.
 *
 * @param encryption {@code starttls}, {@code tls}, or {@code none} on the machine itself
 * @param username null when the server asks for none
 * @param from address that mails come from
 */
record MailSettings(
        String host,
        int port,
        String encryption,
        @Nullable String username,
        @Nullable String password,
        String from) {
    private static final int CONNECT_TIMEOUT_MS = 5_000;
    private static final int CONNECTIONS_MAX = 4;
    private static final int PORT_MAX = 65_535;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    /**
     * Reads them; empty when there is no such file, which turns e-mail off.
     *
     * @throws IllegalArgumentException whose message is the remedy in one line
     */
    static Optional<MailSettings> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            MailSettings settings = new MailSettings(
                    json.getString("host", ""),
                    json.getInteger("port", 587),
                    json.getString("encryption", "starttls"),
                    json.getString("username"),
                    json.getString("password"),
                    json.getString("from", ""));
            settings.require(file);
            return Optional.of(settings);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        } catch (DecodeException | ClassCastException e) {
            // The cause may quote a password.
            throw new IllegalArgumentException(file + " is damaged: see ops/docs/notices.md for what it says");
        }
    }

    private void require(Path file) {
        boolean isEncrypted = encryption.equals("starttls") || encryption.equals("tls");
        if (host.isBlank() || port < 1 || port > PORT_MAX || !from.contains("@")) {
            throw new IllegalArgumentException(file + " needs host, port and from");
        }
        if (!isEncrypted && !encryption.equals("none")) {
            throw new IllegalArgumentException(file + ": encryption is starttls, tls or none");
        }
        if (!isEncrypted && !LOOPBACK.contains(host)) {
            throw new IllegalArgumentException(file + ": mail does not cross a network in clear");
        }
        if ((username == null) != (password == null)) {
            throw new IllegalArgumentException(file + ": username and password go together");
        }
    }

    MailConfig config() {
        MailConfig config = new MailConfig()
                .setHostname(host)
                .setPort(port)
                .setSsl(encryption.equals("tls"))
                .setStarttls(encryption.equals("starttls") ? StartTLSOptions.REQUIRED : StartTLSOptions.DISABLED)
                .setLogin(username == null ? LoginOption.DISABLED : LoginOption.REQUIRED)
                .setMaxPoolSize(CONNECTIONS_MAX)
                .setKeepAlive(false)
                .setUserAgent("socialies");
        config.setConnectTimeout(CONNECT_TIMEOUT_MS);
        config.setHostnameVerificationAlgorithm("HTTPS");
        if (username != null) {
            config.setUsername(username).setPassword(password);
        }
        return config;
    }

    @Override
    public String toString() {
        return "MailSettings[redacted]";
    }
}

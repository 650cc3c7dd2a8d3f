// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.notices;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The message centre, as {@code secrets/sms.json} says. Prints as nothing.
 *
 * @param sender as the telephone shows it: letters and digits, eleven at most (3GPP TS 23.040, 9.1.2.5)
 */
record SmsSettings(String host, int port, boolean isTls, String systemId, String password, String sender) {
    private static final int PORT_MAX = 65_535;
    private static final int TLS_PORT = 3550;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
    /** Those of RFC 1918, as a line of the operator's own or a VPN has them. */
    private static final Pattern PRIVATE = Pattern.compile("10[.].+|192[.]168[.].+|172[.](1[6-9]|2[0-9]|3[01])[.].+");

    private static final Pattern SENDER = Pattern.compile("[A-Za-z0-9 ]{1,11}");

    /**
     * Reads them; empty when there is no such file, which turns the channel off.
     *
     * @throws IllegalArgumentException whose message is the remedy in one line
     */
    static Optional<SmsSettings> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            String encryption = json.getString("encryption", "tls");
            SmsSettings settings = new SmsSettings(
                    json.getString("host", ""),
                    json.getInteger("port", TLS_PORT),
                    encryption.equals("tls"),
                    json.getString("system_id", ""),
                    json.getString("password", ""),
                    json.getString("sender", ""));
            if (!encryption.equals("tls") && !encryption.equals("none")) {
                throw new IllegalArgumentException(file + ": encryption is tls or none");
            }
            settings.require(file);
            return Optional.of(settings);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read", e);
        } catch (DecodeException | ClassCastException e) {
            // The cause may quote the password.
            throw new IllegalArgumentException(file + " is damaged: see ops/docs/notices.md for what it says");
        }
    }

    private void require(Path file) {
        if (host.isBlank() || port < 1 || port > PORT_MAX || systemId.isBlank()) {
            throw new IllegalArgumentException(file + " needs host, port and system_id");
        }
        if (!SENDER.matcher(sender).matches()) {
            throw new IllegalArgumentException(file + ": sender is up to eleven letters and digits");
        }
        if (!isTls && !LOOPBACK.contains(host) && !PRIVATE.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    file + ": SMPP in clear only to a private address, over a line of the operator's own or a VPN");
        }
    }

    @Override
    public String toString() {
        return "SmsSettings[redacted]";
    }
}

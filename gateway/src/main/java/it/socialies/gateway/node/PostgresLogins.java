// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The logins of {@code secrets/postgres.json}, one a purpose; {@code ops/docs/data-folder.md} describes the file. */
record PostgresLogins(boolean tls, Login projection, Login office, Login vaultKeys, Login reader) {
    /** A login of the database server; prints without its password. */
    record Login(String database, String user, String password) {
        static Login of(JsonObject json) {
            return new Login(json.getString("database"), json.getString("user"), json.getString("password"));
        }

        @Override
        public String toString() {
            return user + "@" + database;
        }
    }

    static PostgresLogins read(Path file) {
        try {
            JsonObject json = new JsonObject(Files.readString(file));
            return new PostgresLogins(
                    json.getBoolean("tls", false),
                    Login.of(json.getJsonObject("projection")),
                    Login.of(json.getJsonObject("office")),
                    Login.of(json.getJsonObject("vault_keys")),
                    Login.of(json.getJsonObject("reader")));
        } catch (IOException e) {
            throw new NodeFailure(file + " cannot be read: start with ops/run, which writes it", e);
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            // The cause may quote a password.
            throw new NodeFailure(file + " is damaged: restore it from the backup");
        }
    }
}

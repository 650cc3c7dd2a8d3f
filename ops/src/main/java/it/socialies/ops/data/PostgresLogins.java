// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.data;

import io.vertx.core.json.JsonObject;
import it.socialies.engine.projection.ProjectionDataSource;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Where the Postgres of an installation is, and a login for each purpose: the content of {@code secrets/postgres.json}. */
public record PostgresLogins(
        String host,
        int port,
        boolean tls,
        Login projection,
        Login office,
        Login vaultKeys,
        Login reader,
        @Nullable Login superuser) {

    /** A database and who enters it. */
    public record Login(String database, String user, String password) {
        private JsonObject toJson() {
            return new JsonObject().put("database", database).put("user", user).put("password", password);
        }

        private static Login fromJson(JsonObject json) {
            return new Login(json.getString("database"), json.getString("user"), json.getString("password"));
        }

        @Override
        public String toString() {
            return user + "@" + database;
        }
    }

    /** New random passwords for a fresh installation. */
    public static PostgresLogins fresh(String host, int port, boolean tls, boolean embedded) {
        return new PostgresLogins(
                host,
                port,
                tls,
                new Login("projection", "ies_projection", randomPassword()),
                new Login("office", "ies_office", randomPassword()),
                freshVaultKeys(),
                new Login("projection", "ies_console", randomPassword()),
                embedded ? new Login("postgres", "postgres", randomPassword()) : null);
    }

    public PostgresLogins at(String newHost, int newPort, boolean newTls) {
        return new PostgresLogins(newHost, newPort, newTls, projection, office, vaultKeys, reader, superuser);
    }

    public static PostgresLogins read(DataFolder folder) throws IOException {
        JsonObject json = SecretFile.read(folder.postgresSecret());
        JsonObject vaultKeys = json.getJsonObject("vault_keys");
        JsonObject superuser = json.getJsonObject("superuser");
        return new PostgresLogins(
                json.getString("host"),
                json.getInteger("port"),
                json.getBoolean("tls", false),
                Login.fromJson(json.getJsonObject("projection")),
                Login.fromJson(json.getJsonObject("office")),
                // Installations that are older than the people vault get it with their next start, which writes it
                // down.
                vaultKeys == null ? freshVaultKeys() : Login.fromJson(vaultKeys),
                Login.fromJson(json.getJsonObject("reader")),
                superuser == null ? null : Login.fromJson(superuser));
    }

    public void write(DataFolder folder) throws IOException {
        JsonObject json = new JsonObject()
                .put("host", host)
                .put("port", port)
                .put("tls", tls)
                .put("projection", projection.toJson())
                .put("office", office.toJson())
                .put("vault_keys", vaultKeys.toJson())
                .put("reader", reader.toJson());
        if (superuser != null) {
            json.put("superuser", superuser.toJson());
        }
        SecretFile.write(folder.postgresSecret(), json);
    }

    public String jdbcUrl(Login login) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + login.database();
    }

    /** Connections to the projection as its owner: a reader may not see everything that tools compare. */
    public DataSource projectionSource() {
        return ProjectionDataSource.of(jdbcUrl(projection), projection.user(), projection.password());
    }

    public Properties jdbcProperties(Login login) {
        Properties properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        // The projection lies in a schema of its own name.
        properties.setProperty("currentSchema", login.database().equals("projection") ? "projection" : "public");
        properties.setProperty("ApplicationName", "ies-ops");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("sslmode", tls ? "require" : "prefer");
        return properties;
    }

    /** The address without a login, as the node takes it. */
    public String publicUrl() {
        return "postgresql://" + host + ":" + port;
    }

    /** The keys of persons lie apart from their data. */
    private static Login freshVaultKeys() {
        return new Login("vault_keys", "ies_vault_keys", randomPassword());
    }

    private static String randomPassword() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

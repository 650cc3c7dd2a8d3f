// SPDX-License-Identifier: EUPL-1.2
package it.socialies.console.projection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The console's own login to Postgres, out of {@code secrets/postgres.json}; prints without its password. */
public record ReaderLogin(String host, int port, boolean tls, String database, String user, String password) {
    /** @throws IOException when the file cannot be read or lacks the login; its message quotes nothing of it */
    public static ReaderLogin read(Path file) throws IOException {
        try {
            JsonNode json = JsonMapper.builder().build().readTree(Files.readString(file));
            JsonNode reader = json.required("reader");
            return new ReaderLogin(
                    json.required("host").asString(),
                    json.required("port").asInt(),
                    json.path("tls").asBoolean(false),
                    reader.required("database").asString(),
                    reader.required("user").asString(),
                    reader.required("password").asString());
        } catch (JacksonException e) {
            throw new IOException(file + " is damaged");
        }
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    @Override
    public String toString() {
        return user + "@" + database;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.client;

import io.vertx.core.json.JsonObject;

/** An operator with user name and password. */
public final class OperatorSession extends Session {
    private final String username;
    private final String password;

    public OperatorSession(ApiClient client, String username, String password) {
        super(client);
        this.username = username;
        this.password = password;
    }

    @Override
    JsonObject proof() {
        return new JsonObject()
                .put("grant_type", "password")
                .put("username", username)
                .put("password", password);
    }

    public String username() {
        return username;
    }

    public String password() {
        return password;
    }

    @Override
    public String toString() {
        return username;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.client;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * One actor with its own token, fetched when first needed and again before it runs out. Any thread may use it.
 */
public abstract class Session {
    /** A token is renewed this long before its end. */
    private static final long RENEW_BEFORE_MS = 30_000;

    /** What one token request gave. */
    private record Grant(String token, long expiresAtMs, JsonObject answer) {}

    private final ApiClient client;
    private @Nullable Grant grant;

    Session(ApiClient client) {
        this.client = client;
    }

    /** The body of {@code POST /tokens}. */
    abstract JsonObject proof();

    /** Called under the session's lock after each new token. */
    void granted(JsonObject answer) {}

    /** Adds what proves the actor to a request. */
    void authorize(HttpRequest.Builder request, String method, String path, String key, byte[] body) {
        request.header("Authorization", "Bearer " + token());
    }

    final ApiClient client() {
        return client;
    }

    /** A token good for at least half a minute of the installation's time. */
    public final synchronized String token() {
        Grant current = grant;
        if (current == null || client.clock().millis() > current.expiresAtMs - RENEW_BEFORE_MS) {
            current = fetch();
            grant = current;
        }
        return current.token;
    }

    /** Forgets the token: the gateway did not take it. */
    final synchronized void renew() {
        grant = null;
    }

    /** What the gateway said of the actor with its token. */
    public final synchronized JsonObject identity() {
        token();
        Grant current = grant;
        return current == null ? new JsonObject() : current.answer;
    }

    private Grant fetch() {
        ApiReply reply = client.send("POST", "/tokens", null, null, proof()).orThrow("token of " + this);
        granted(reply.body());
        return new Grant(
                reply.body().getString("access_token"),
                client.clock().millis() + reply.body().getLong("expires_in") * 1_000,
                reply.body());
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.http;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.engineclient.CoreReply;

/**
 * What a resource answers.
 *
 * @param hit true when the key was known and this is its answer again
 */
public record ApiAnswer(int status, JsonObject body, boolean hit) {
    public static ApiAnswer ok(JsonObject body) {
        return new ApiAnswer(200, body, false);
    }

    /** Done and durable. */
    public static ApiAnswer created(CoreReply reply, JsonObject body) {
        return new ApiAnswer(201, body, reply.isHit());
    }

    /** Proposed: a second person decides. */
    public static ApiAnswer proposed(CoreReply reply, JsonObject body) {
        return new ApiAnswer(202, body, reply.isHit());
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.client;

import io.vertx.core.json.JsonObject;

/**
 * What the gateway answered.
 *
 * @param hit the gateway said that the key was known and this is its answer again
 */
public record ApiReply(int status, JsonObject body, boolean hit) {
    public boolean isOk() {
        return status >= 200 && status < 300;
    }

    /** The stable code of a problem, empty on success. */
    public String code() {
        return isOk() ? "" : body.getString("code", "");
    }

    /** This reply, when it is a success. */
    public ApiReply orThrow(String what) {
        if (!isOk()) {
            throw new ApiProblem(what, this);
        }
        return this;
    }

    /** Minor units of the amount under {@code field}, 0 when it is absent. */
    public long amount(String field) {
        return amountOf(body, field);
    }

    public static long amountOf(JsonObject json, String field) {
        JsonObject amount = json.getJsonObject(field);
        return amount == null ? 0 : amount.getLong("amount");
    }

    public long sequence() {
        return body.getLong("sequence", 0L);
    }
}

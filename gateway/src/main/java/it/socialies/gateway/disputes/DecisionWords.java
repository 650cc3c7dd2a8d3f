// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.disputes;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Why a dispute is decided as it is. Prints as nothing.
 *
 * @param reason for the office and the holder
 * @param shopReason what the shop is told of it; null = only how it was decided
 */
record DecisionWords(String reason, @Nullable String shopReason) {
    private static final String REASON = "reason";
    private static final String SHOP_REASON = "shop_reason";

    /** Of the body of a request. */
    static DecisionWords of(JsonObject body) {
        return new DecisionWords(body.getString(REASON), body.getString(SHOP_REASON));
    }

    /** Of {@link #text}. */
    static DecisionWords of(String text) {
        return of(new JsonObject(text));
    }

    /** What is sealed. */
    String text() {
        return json().encode();
    }

    JsonObject json() {
        JsonObject json = new JsonObject().put(REASON, reason);
        return shopReason == null ? json : json.put(SHOP_REASON, shopReason);
    }

    @Override
    public String toString() {
        return "DecisionWords[redacted]";
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.client;

import io.vertx.core.json.JsonObject;

/** A holder with card and PIN. */
public final class HolderSession extends Session {
    private final String cardToken;
    private final String pin;

    public HolderSession(ApiClient client, String cardToken, String pin) {
        super(client);
        this.cardToken = cardToken;
        this.pin = pin;
    }

    @Override
    JsonObject proof() {
        return new JsonObject()
                .put("grant_type", "card")
                .put("card_token", cardToken)
                .put("pin", pin);
    }

    @Override
    public String toString() {
        return "a holder";
    }
}

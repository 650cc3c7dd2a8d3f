// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.torture.trace;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.NodeGone;
import it.socialies.ops.client.TerminalSession;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.SecretFile;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/** The first card of the demo town at its first till, a cent at a time. One thread. */
final class Buyer {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final ApiClient api;
    private final TerminalSession till;
    private final JsonObject body;

    private Buyer(ApiClient api, TerminalSession till, JsonObject body) {
        this.api = api;
        this.till = till;
        this.body = body;
    }

    static Buyer read(DataFolder folder, ApiClient api) throws IOException {
        JsonObject town = SecretFile.read(folder.demoLogins());
        JsonObject card = town.getJsonArray("cards").getJsonObject(0);
        JsonObject cent = new JsonObject().put("amount", 1).put("currency", "EUR");
        return new Buyer(
                api,
                TerminalSession.fromJson(api, town.getJsonArray("terminals").getJsonObject(0)),
                new JsonObject()
                        .put("card_token", card.getString("card_token"))
                        .put("pin", card.getString("pin"))
                        .put("bill_total", cent)
                        .put("eligible_amount", cent));
    }

    /** Pays; returns when it is acknowledged. */
    void pay() {
        pay(api.newKey());
    }

    private void pay(UUID key) {
        ApiReply unused = api.send("POST", "/payments", till, key, body).orThrow("payment");
    }

    /** Pays at a node that may die of it: asks with the same key until there is an answer. */
    void payHoweverLong() {
        UUID key = api.newKey();
        long endNs = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                pay(key);
                return;
            } catch (NodeGone e) {
                if (System.nanoTime() > endNs) {
                    throw e;
                }
            }
        }
    }
}

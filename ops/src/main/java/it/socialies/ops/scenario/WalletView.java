// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.OperatorSession;
import java.util.Map;
import java.util.TreeMap;

/** What the core says is in a wallet now: cents by programme. Any thread. */
final class WalletView {
    private final ApiClient api;
    private final OperatorSession operator;

    WalletView(ApiClient api, OperatorSession operator) {
        this.api = api;
        this.operator = operator;
    }

    Map<String, Long> available(String walletId) {
        Map<String, Long> cents = new TreeMap<>();
        for (Object each : wallet(walletId).getJsonArray("pockets")) {
            JsonObject pocket = (JsonObject) each;
            cents.put(pocket.getString("programme_id"), ApiReply.amountOf(pocket, "available"));
        }
        return cents;
    }

    long available(String walletId, String programmeId) {
        return available(walletId).getOrDefault(programmeId, 0L);
    }

    /** Whether a till holds something of it. */
    boolean isHeld(String walletId) {
        return wallet(walletId).getJsonArray("pockets").stream()
                .anyMatch(each -> ApiReply.amountOf((JsonObject) each, "pending") != 0);
    }

    private JsonObject wallet(String walletId) {
        return api.get("/wallets/" + walletId, operator).orThrow("wallet").body();
    }
}

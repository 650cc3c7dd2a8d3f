// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.wallets;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.WalletViewDecoder;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.api.Json;
import it.socialies.gateway.engineclient.CoreReply;

/** A wallet as the contract shows it. */
public final class WalletJson {
    private WalletJson() {}

    static JsonObject wallet(CoreReply reply, WalletViewDecoder view) {
        JsonObject ies = new JsonObject()
                .put("available", Json.ies(view.iesAvailable()))
                .put("pending", Json.ies(view.iesPending()));
        if (view.iesAccountId() != 0) {
            ies.put("account_id", Ids.ACCOUNT.format(view.iesAccountId()));
        }
        JsonObject json = new JsonObject()
                .put("id", Ids.WALLET.format(view.walletId()))
                .put("circuit_id", Ids.CIRCUIT.format(view.circuitId()))
                .put("ies", ies)
                .put("sequence", reply.sequence());
        if (view.holderId() != 0) {
            json.put("holder_id", Ids.HOLDER.format(view.holderId())).put("household_size", (int) view.householdSize());
        }
        JsonArray pockets = new JsonArray();
        for (WalletViewDecoder.PocketsDecoder pocket : view.pockets()) {
            pockets.add(new JsonObject()
                    .put("account_id", Ids.ACCOUNT.format(pocket.accountId()))
                    .put("programme_id", Ids.PROGRAMME.format(pocket.programmeId()))
                    .put("available", Json.euro(pocket.available()))
                    .put("pending", Json.euro(pocket.pending()))
                    .put("valid_from", Json.time(pocket.validFromMs()))
                    .put("valid_until", Json.time(pocket.validUntilMs())));
        }
        return json.put("pockets", pockets);
    }

    /** What can be spent at {@code nowMs}, one line per currency and no programme's name. */
    public static JsonObject balances(CoreReply reply, WalletViewDecoder view, long nowMs) {
        long iesAvailable = view.iesAvailable();
        long iesPending = view.iesPending();
        long available = 0;
        long pending = 0;
        for (WalletViewDecoder.PocketsDecoder pocket : view.pockets()) {
            if (pocket.validFromMs() <= nowMs && nowMs < pocket.validUntilMs()) {
                available = Math.addExact(available, pocket.available());
                pending = Math.addExact(pending, pocket.pending());
            }
        }
        return new JsonObject()
                .put(
                        "items",
                        new JsonArray()
                                .add(line(Json.euro(available), Json.euro(pending)))
                                .add(line(Json.ies(iesAvailable), Json.ies(iesPending))))
                .put("sequence", reply.sequence());
    }

    private static JsonObject line(JsonObject available, JsonObject pending) {
        return new JsonObject().put("available", available).put("pending", pending);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.figures;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.Session;
import java.util.Collection;
import java.util.List;

/** Asks the gateway: wallets and backing come from the core itself, programmes and shops with everything up to a sequence. */
public final class GatewayFigures {
    private final ApiClient api;
    private final Session operator;

    /** @param operator may read wallets: social, admin, treasurer or auditor */
    public GatewayFigures(ApiClient api, Session operator) {
        this.api = api;
        this.operator = operator;
    }

    /** The wallets' pockets and IES. */
    public Figures wallets(Collection<String> walletIds) {
        List<JsonObject> answers = walletIds.parallelStream()
                .map(id -> api.get("/wallets/" + id, operator).orThrow("wallet").body())
                .toList();
        Figures.Builder figures = Figures.builder();
        for (JsonObject wallet : answers) {
            String walletId = wallet.getString("id");
            for (Object entry : wallet.getJsonArray("pockets")) {
                JsonObject pocket = (JsonObject) entry;
                String programmeId = pocket.getString("programme_id");
                long available = ApiReply.amountOf(pocket, "available");
                figures.add("wallet/" + walletId + "/" + programmeId, available);
                figures.add("programme/" + programmeId + "/in_pockets", available);
                figures.add("programme/" + programmeId + "/held", ApiReply.amountOf(pocket, "pending"));
            }
            JsonObject ies = wallet.getJsonObject("ies");
            if (ies != null) {
                figures.add("wallet/" + walletId + "/IES", ApiReply.amountOf(ies, "available"));
            }
        }
        return figures.build();
    }

    /** What the programmes hold and the shops are owed, not before {@code minSequence}. */
    public Figures programmesAndShops(
            Collection<String> programmeIds, Collection<String> merchantIds, long minSequence) {
        Figures.Builder figures = Figures.builder();
        String query = "?min_sequence=" + minSequence;
        for (String id : programmeIds) {
            JsonObject programme = api.get("/programmes/" + id + query, operator)
                    .orThrow("programme")
                    .body();
            figures.add("programme/" + id + "/funded", ApiReply.amountOf(programme, "funded"));
            figures.add("programme/" + id + "/available", ApiReply.amountOf(programme, "available"));
        }
        for (String id : merchantIds) {
            JsonObject merchant = api.get("/merchants/" + id + query, operator)
                    .orThrow("merchant")
                    .body();
            for (Object entry : merchant.getJsonArray("payable", new JsonArray())) {
                JsonObject payable = (JsonObject) entry;
                figures.add("shop/" + id + "/" + payable.getString("currency"), payable.getLong("amount"));
            }
        }
        return figures.build();
    }

    /** Reserve, outstanding IES and fees. */
    public Figures backing() {
        JsonObject backing = api.get("/backing", operator).orThrow("backing").body();
        return Figures.builder()
                .add("circuit/reserve", ApiReply.amountOf(backing, "reserve"))
                .add("circuit/outstanding", ApiReply.amountOf(backing, "outstanding"))
                .add("circuit/fees", ApiReply.amountOf(backing, "fees"))
                .build();
    }
}

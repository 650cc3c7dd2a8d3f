// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.town.Beneficiary;

/** Hands a card to a person of the vault, who chooses the PIN and signs a receipt. Any thread. */
final class HandOverDesk {
    private final ApiClient api;
    private final OperatorSession social;
    private final Papers papers;

    HandOverDesk(ApiClient api, OperatorSession social, Papers papers) {
        this.api = api;
        this.social = social;
        this.papers = papers;
    }

    /** Cases end at midnight in Italy, so each day at the desk has one of its own. */
    String openCase() {
        return api.post("/people/cases", social, new JsonObject().put("purpose", "holder_assistance"))
                .orThrow("open a case")
                .body()
                .getString("id");
    }

    /** The holder goes home with the card, and with the code that blocks it. */
    record HandedOver(CardHolder holder, String personId, String cardId, String blockCode) {
        /** Whether the holder still has the card that the code is for. */
        boolean isStillTheirs() {
            return holder.cardId().equals(cardId);
        }
    }

    HandedOver handOver(String caseId, String personId, Beneficiary beneficiary, String cardId) {
        JsonObject card = api.post(
                        "/cards/" + cardId + "/hand-overs",
                        social,
                        new JsonObject()
                                .put("case_id", caseId)
                                .put("holder_id", personId)
                                .put("household_size", beneficiary.householdSize())
                                .put("new_pin", beneficiary.pin()))
                .orThrow("hand over")
                .body();
        papers.write(
                "ricevuta-" + cardId + ".pdf",
                api.postBytes(
                        "/cards/" + cardId + "/hand-over-receipts", social, new JsonObject().put("case_id", caseId)));
        JsonObject known =
                api.get("/cards/" + cardId, social).orThrow("read card").body();
        CardHolder holder = new CardHolder(beneficiary, known.getString("wallet_id"), cardId, scan(cardId));
        return new HandedOver(holder, personId, cardId, card.getString("block_code"));
    }

    /** What a till reads off the card. */
    String scan(String cardId) {
        return QrScanner.scan(api.getBytes("/cards/" + cardId + "/qr-code?format=png", social));
    }
}

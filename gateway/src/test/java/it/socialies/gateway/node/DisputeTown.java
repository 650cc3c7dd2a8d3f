// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;

/** Payments of a town that somebody disputes. */
final class DisputeTown {
    static final String WORDS = "Ho preso il pane e mi hanno tolto Zibibbo euro";

    final TestTown town;
    final TestNode node;

    DisputeTown(TestTown town) {
        this.town = town;
        node = town.node;
    }

    static JsonObject request(long cents) {
        return new JsonObject()
                .put("amount", euro(cents))
                .put("opened_by", "counter")
                .put("reason", "wrong_amount")
                .put("statement", WORDS);
    }

    Answer open(String paymentId, JsonObject request) {
        return node.post("/payments/" + paymentId + "/disputes", town.social, request);
    }

    /** A card with money whose holder, {@code person_id}, is in the people vault. */
    JsonObject cardOfAPerson(EmergencyTown people) {
        return cardOf(people.person(null), people);
    }

    JsonObject cardOf(JsonObject person, EmergencyTown people) {
        JsonObject card = people.card(person);
        node.post(
                        "/cards/" + card.getString("id") + "/activations",
                        town.social,
                        new JsonObject().put("new_pin", TestTown.PIN))
                .expect(201);
        town.topUp(card.getString("wallet_id"), 50_00);
        return card.put("person_id", person.getString("id"));
    }

    JsonObject dispute(long cents) throws Exception {
        return dispute(town.card, cents);
    }

    /** A dispute of a new payment that readers of the projection know. */
    JsonObject dispute(JsonObject card, long cents) throws Exception {
        JsonObject opened = open(town.pay(card, cents).expect(201).getString("id"), request(cents))
                .expect(201);
        node.get("/disputes?limit=1&min_sequence=" + opened.getLong("sequence"), town.social)
                .expect(200);
        return opened;
    }

    static JsonObject statement(String party, String text) {
        return new JsonObject().put("party", party).put("heard_by", "phone").put("text", text);
    }

    Answer hear(String disputeId, String party, String text) {
        return node.post("/disputes/" + disputeId + "/statements", town.social, statement(party, text));
    }

    static JsonObject decision(long cents) {
        return new JsonObject().put("refund", euro(cents)).put("reason", "Lo scontrino lo prova");
    }

    Answer decide(String disputeId, JsonObject decision) {
        return node.post("/disputes/" + disputeId + "/decisions", town.social, decision);
    }

    /** A dispute that two persons have decided, as readers know it. */
    String decided(JsonObject card, long cents) throws Exception {
        String id = dispute(card, cents).getString("id");
        hear(id, "shop", "La cassa ha sbagliato").expect(201);
        long sequence = town.approve(decide(id, decision(cents)).expect(202)).getLong("sequence");
        node.get("/disputes?limit=1&min_sequence=" + sequence, town.social).expect(200);
        return id;
    }
}

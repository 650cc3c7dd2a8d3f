// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/** A town whose shops are paid: accounts, settlements, notes and orders, as the desk and the till make them. */
final class SettlementTown {
    static final String IBAN = "IT60X0542811101000000123456";
    static final String OTHER_IBAN = "IT95D0306904601100000000001";
    private static final Set<String> UNDER_WAY = Set.of("planning", "drawing");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestTown town;
    private final TestNode node;

    SettlementTown(TestTown town) {
        this.town = town;
        node = town.node;
    }

    String now() {
        return "min_sequence=" + node.get("/status", null).expect(200).getLong("sequence");
    }

    static JsonObject account(String iban) {
        return new JsonObject().put("iban", iban).put("account_holder", "Panificio Prova di A. Rossi");
    }

    /** Proposed by one person, approved by another; the number of the account. */
    String setPayee(String merchantId, String iban) {
        JsonObject proposal = node.post("/merchants/" + merchantId + "/payee-changes", town.social, account(iban))
                .expect(202);
        town.approve(proposal);
        return payees(merchantId).getFirst().getString("id");
    }

    List<JsonObject> payees(String merchantId) {
        return items("/merchants/" + merchantId + "/payees?" + now());
    }

    List<JsonObject> items(String path) {
        return node.get(path, town.treasurer).expect(200).getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    JsonObject request() {
        return new JsonObject().put("period_end", Instant.now().toString()).put("act_reference", 2026_000_311L);
    }

    /** Draws and waits until the job has done what it can. */
    JsonObject draw(JsonObject request) {
        String id = node.post("/settlement-batches", town.treasurer, request)
                .expect(202)
                .getString("id");
        await().atMost(PATIENCE).until(() -> !UNDER_WAY.contains(settlement(id).getString("state")));
        return settlement(id);
    }

    JsonObject settlement(String id) {
        return node.get("/settlement-batches/" + id + "?" + now(), town.treasurer)
                .expect(200);
    }

    /** Another person than who drew it. */
    void approve(JsonObject settlement) {
        String path = "/proposals/" + settlement.getString("proposal_id");
        node.post(
                        path + "/approvals",
                        town.social,
                        TestTown.seen(node.get(path, town.social).expect(200)))
                .expect(201);
    }

    /** A settlement of everything, drawn and approved. */
    String approved() {
        JsonObject drawn = draw(request());
        approve(drawn);
        now();
        return drawn.getString("id");
    }

    String notePath(String settlementId, String merchantId) {
        return "/settlement-batches/" + settlementId + "/debit-notes/" + merchantId;
    }

    static JsonObject note(String number, long cents) {
        return new JsonObject().put("number", number).put("date", today()).put("total", euro(cents));
    }

    static String today() {
        return LocalDate.now(ZoneId.of("Europe/Rome")).toString();
    }

    static JsonObject mandate() {
        return new JsonObject().put("kind", "mandate").put("execution_date", today());
    }

    static JsonObject transfer() {
        return new JsonObject()
                .put("kind", "sepa")
                .put("execution_date", today())
                .put(
                        "debtor",
                        new JsonObject().put("name", "Fondazione di Prova").put("iban", OTHER_IBAN));
    }

    /** Waits until an order is carried out. */
    JsonArray ordered(String orderId) {
        await().atMost(PATIENCE)
                .until(() -> node.get("/payment-orders/" + orderId, town.treasurer)
                        .expect(200)
                        .getString("state")
                        .equals("ordered"));
        return node.get("/payment-orders/" + orderId + "/items", town.treasurer)
                .expect(200)
                .getJsonArray("items");
    }
}

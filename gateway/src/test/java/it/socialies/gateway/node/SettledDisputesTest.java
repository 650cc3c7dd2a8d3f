// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.DisputeTown.decision;
import static it.socialies.gateway.node.DisputeTown.request;
import static it.socialies.gateway.node.SettlementTown.IBAN;
import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disputes of payments for which the shop has its money already, over HTTP on a real node: what was paid stays paid, the shop's next money answers for it. */
class SettledDisputesTest {
    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private SettlementTown desk;
    private DisputeTown disputes;
    private String settlementId;
    private String reference;
    private String paymentId;

    /** 30 € are in the shop's bank account. */
    @BeforeEach
    void payAShop() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
        desk = new SettlementTown(town);
        disputes = new DisputeTown(town);
        desk.setPayee(town.merchantId, IBAN);
        paymentId = town.pay(town.card, 30_00).expect(201).getString("id");
        settlementId = desk.approved();
        node.post(
                        desk.notePath(settlementId, town.merchantId) + "/confirmations",
                        town.treasurer,
                        desk.noteOf(settlementId, "1"))
                .expect(201);
        reference = desk.order(settlementId, SettlementTown.mandate())
                .getJsonObject(0)
                .getString("reference");
        assertThat(desk.told(reference, "paid", 30_00)).isEqualTo("noted");
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private String opened(long cents) {
        return opened(paymentId, cents);
    }

    private String opened(String ofPayment, long cents) {
        String id = disputes.open(ofPayment, request(cents)).expect(201).getString("id");
        disputes.hear(id, "shop", "La cassa ha sbagliato").expect(201);
        return id;
    }

    private JsonObject shown(String disputeId) {
        return node.get("/disputes/" + disputeId + "?" + desk.now(), town.social)
                .expect(200);
    }

    private void decided(String disputeId, long cents) {
        town.approve(disputes.decide(disputeId, decision(cents)).expect(202));
        assertThat(shown(disputeId).getJsonObject("refunded")).isEqualTo(euro(cents));
    }

    /** Draws what there is: what the one line pays, and what was netted from it. */
    private void assertNextLine(long amount, long netted) {
        JsonObject drawn = desk.draw(desk.request());
        assertThat(drawn.getString("state")).as(drawn.encode()).isEqualTo("proposed");
        assertThat(drawn.getJsonObject("total")).isEqualTo(euro(amount - netted));
        JsonObject line = desk.items("/settlement-batches/" + drawn.getString("id") + "/lines?" + desk.now())
                .getFirst();
        assertThat(line.getJsonObject("amount")).isEqualTo(euro(amount));
        assertThat(line.getJsonObject("netted")).isEqualTo(euro(netted));
        desk.approve(drawn);
    }

    /** What was paid out is what it was, and the payment is explained to the cent. */
    private void assertPaidAndExplained() {
        JsonObject sums = node.get(
                        "/settlement-batches/" + settlementId + "/reconciliation?" + desk.now(), town.treasurer)
                .expect(200);
        assertThat(sums.getBoolean("agrees")).as(sums.encode()).isTrue();
        assertThat(sums.getJsonObject("paid")).isEqualTo(euro(30_00));
        for (String direction : new String[] {"forward", "back"}) {
            JsonObject trace = node.get(
                            "/traces/" + paymentId + "?limit=200&direction=" + direction + "&" + desk.now(),
                            town.treasurer)
                    .expect(200);
            assertThat(trace.getBoolean("sums_agree")).as(trace.encode()).isTrue();
            assertThat(trace.encode()).doesNotContain("unexplained");
        }
    }

    @Test
    void shouldHoldTheDisputedFromTheNextSettlementAndTakeWhatIsGivenBackFromThere() throws Exception {
        String id = opened(10_00);
        assertThat(shown(id).getJsonArray("held"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("programme_id", town.programmeId)
                                .put("amount", euro(10_00))));
        assertThat(node.get("/till/disputes?" + desk.now(), town.terminalToken())
                        .expect(200)
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getJsonObject("held"))
                .isEqualTo(euro(10_00));
        town.pay(town.card, 25_00).expect(201);

        assertNextLine(15_00, 0);
        assertPaidAndExplained();
        long before = town.available(town.card);
        decided(id, 4_00);

        assertThat(town.available(town.card)).isEqualTo(before + 4_00);
        assertThat(shown(id).getJsonArray("held")).isEmpty();
        // 55 € were spent, 4 € given back, 45 € are in settlements: nothing is held any more.
        assertNextLine(6_00, 0);
        assertPaidAndExplained();
    }

    @Test
    void shouldMakeWhatIsGivenBackADebtOfAShopThatIsOwedNothing() throws Exception {
        String id = opened(10_00);
        long before = town.available(town.card);
        decided(id, 10_00);
        assertThat(town.available(town.card)).isEqualTo(before + 10_00);
        assertPaidAndExplained();
        assertThat(disputes.open(paymentId, request(20_01)).expect(422).getString("code"))
                .isEqualTo("amount_exceeds_refundable");

        town.pay(town.card, 25_00).expect(201);

        assertNextLine(25_00, 10_00);
        assertPaidAndExplained();
    }

    @Test
    void shouldHoldNothingAnyMoreOnceTheShopIsFoundRight() throws Exception {
        String id = opened(30_00);
        town.pay(town.card, 25_00).expect(201);
        long before = town.available(town.card);

        decided(id, 0);

        assertThat(town.available(town.card)).isEqualTo(before);
        assertNextLine(25_00, 0);
        assertPaidAndExplained();
        assertThat(node.post(
                                "/payments/" + paymentId + "/refunds",
                                town.treasurer,
                                new JsonObject().put("amount", euro(30_01)))
                        .code())
                .isEqualTo("amount_exceeds_refundable");
    }

    @Test
    void shouldPayAgainInFullWhatCameBackWhileItWasDisputed() throws Exception {
        String id = opened(10_00);
        assertThat(desk.told(reference, "bounced", 30_00)).isEqualTo("noted");
        String again = desk.order(settlementId, SettlementTown.mandate())
                .getJsonObject(0)
                .getString("reference");
        assertThat(desk.told(again, "paid", 30_00)).isEqualTo("noted");
        assertPaidAndExplained();

        decided(id, 10_00);

        town.pay(town.card, 25_00).expect(201);
        assertNextLine(25_00, 10_00);
        assertPaidAndExplained();
    }

    @Test
    void shouldKeepHoldingWhatIsDisputedWhenItsLineIsGivenBack() throws Exception {
        String disputed = town.pay(town.card, 12_00).expect(201).getString("id");
        String approved = desk.approved();
        String id = opened(disputed, 5_00);
        node.post(
                        "/settlement-batches/" + approved + "/line-returns",
                        town.treasurer,
                        new JsonObject().put("lines", new JsonArray().add(desk.lineOf(approved))))
                .expect(201);

        assertNextLine(7_00, 0);
        decided(id, 0);
        assertNextLine(5_00, 0);
        assertPaidAndExplained();
    }
}

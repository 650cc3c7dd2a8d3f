// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals over HTTP, on a real node: which payments are to be looked at, and which just beside them are not. */
class SignalsTest {
    private static final ZoneId ITALY = ZoneId.of("Europe/Rome");

    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private final Map<String, String> single = new HashMap<>();
    private Instant from = Instant.EPOCH;
    private long aheadMs;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data, "ies.tokens.operator-life=PT2000H");
        town = TestTown.create(node, each -> {
            for (String role : new String[] {"social", "admin", "treasurer", "auditor"}) {
                single.put(role, each.appoint("solo." + role, "RSSMRA82A01H501W", role));
            }
        });
        from = now();
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private Instant now() {
        return Instant.parse(node.get("/status", null).expect(200).getString("time"));
    }

    /** Goes on to the next time it is this late in Italy. */
    private void at(LocalTime time) {
        ZonedDateTime now = now().atZone(ITALY);
        ZonedDateTime next = now.with(time);
        pass(Duration.between(now, next.isAfter(now) ? next : next.plusDays(1)));
    }

    private void pass(Duration time) {
        JsonObject operator = node.bootstrap(1);
        node.post(
                        "/clock-steps",
                        node.operatorToken(operator.getString("username"), operator.getString("password")),
                        key(),
                        new JsonObject().put("advance_ms", time.toMillis()).encode())
                .expect(201);
        aheadMs += time.toMillis();
        town.social = town.logIn("anna.sociali");
        town.treasurer = town.logIn("bruno.conti");
        town.newTill();
    }

    private String key() {
        return TestNode.keyOf(System.currentTimeMillis() + aheadMs).toString();
    }

    private List<JsonObject> cards(int count, long cents) {
        List<JsonObject> cards = town.newCards(count);
        cards.forEach(card -> town.topUp(card.getString("wallet_id"), cents));
        return cards;
    }

    private String pay(TestTill till, JsonObject card, long cents) throws Exception {
        return till.send("POST", "/payments", key(), town.payment(card, cents).encode())
                .expect(201)
                .getString("id");
    }

    private String pay(JsonObject card, long cents) throws Exception {
        return pay(town.till, card, cents);
    }

    private List<JsonObject> found(String rule) {
        return node
                .get(
                        "/signals?from=" + from + "&to=" + now().plusSeconds(1) + "&rule=" + rule + "&min_sequence="
                                + sequence(),
                        single.get("auditor"))
                .expect(200)
                .getJsonArray("items")
                .stream()
                .map(JsonObject.class::cast)
                .peek(each -> assertThat(each.getString("rule")).isEqualTo(rule))
                .toList();
    }

    private long sequence() {
        return node.get("/status", null).expect(200).getLong("sequence");
    }

    private static List<String> payments(JsonObject signal) {
        return signal.getJsonArray("payment_ids").stream()
                .map(String.class::cast)
                .toList();
    }

    @Test
    void shouldPointAtCardsDrainedInOnePayment() throws Exception {
        List<JsonObject> cards = cards(3, 100_00);
        pay(cards.get(0), 94_99);
        String drained = pay(cards.get(1), 95_00);
        pay(cards.get(2), 60_00);
        // Of the 40 that are left.
        String rest = pay(cards.get(2), 39_00);
        assertThat(town.pay(cards.get(1), 50_00).status()).isEqualTo(402);

        List<JsonObject> found = found("card_drained");
        assertThat(found).hasSize(2);
        assertThat(payments(found.get(0))).containsExactly(drained);
        assertThat(found.get(0).getJsonObject("amount")).isEqualTo(TestTown.euro(95_00));
        assertThat(found.get(0).getJsonObject("spendable_before")).isEqualTo(TestTown.euro(100_00));
        assertThat(found.get(0).getString("wallet_id")).isEqualTo(cards.get(1).getString("wallet_id"));
        assertThat(found.get(0).getString("merchant_id")).isEqualTo(town.merchantId);
        assertThat(payments(found.get(1))).containsExactly(rest);
        assertThat(found.get(1).getJsonObject("spendable_before")).isEqualTo(TestTown.euro(40_00));
    }

    @Test
    void shouldCountWhatWasHeldAndGivenBackAsTheWalletDid() throws Exception {
        JsonObject card = cards(1, 100_00).getFirst();
        JsonObject held = town.till(
                        "/payments",
                        key(),
                        town.payment(card, 50_00).put("capture", "manual").encode())
                .expect(201);
        String whole = pay(card, 50_00);
        town.till(
                        "/payments/" + held.getString("id") + "/captures",
                        key(),
                        new JsonObject().put("amount", TestTown.euro(20_00)).encode())
                .expect(201);
        town.till(
                        "/payments/" + whole + "/refunds",
                        key(),
                        new JsonObject().put("amount", TestTown.euro(10_00)).encode())
                .expect(201);
        // 30 were released, 10 given back.
        String last = pay(card, 38_00);

        List<JsonObject> found = found("card_drained");
        assertThat(found).hasSize(2);
        assertThat(payments(found.get(0))).containsExactly(whole);
        assertThat(found.get(0).getJsonObject("spendable_before")).isEqualTo(TestTown.euro(50_00));
        assertThat(payments(found.get(1))).containsExactly(last);
        assertThat(found.get(1).getJsonObject("spendable_before")).isEqualTo(TestTown.euro(40_00));
    }

    @Test
    void shouldPointAtManyCardsOneAfterTheOtherAtOneTill() throws Exception {
        List<JsonObject> cards = cards(4, 100_00);
        TestTill other = TestTill.enrol(node, town.outletId, town.social);
        for (int i = 0; i < 3; i++) {
            pay(cards.get(i), 1_11);
            pay(cards.get(i), 1_12);
        }
        pay(other, cards.get(3), 1_11);
        pass(Duration.ofMinutes(2));
        assertThat(found("cards_seconds_apart")).isEmpty();

        List<String> paid = new ArrayList<>();
        for (JsonObject card : cards) {
            paid.add(pay(card, 1_13));
        }
        paid.add(pay(cards.getFirst(), 1_14));
        pass(Duration.ofMinutes(2));
        pay(cards.getFirst(), 1_15);

        List<JsonObject> found = found("cards_seconds_apart");
        assertThat(found).hasSize(1);
        assertThat(payments(found.getFirst())).containsExactlyElementsOf(paid);
        assertThat(found.getFirst().getString("terminal_id")).isEqualTo(town.till.id);
        assertThat(found.getFirst().getJsonObject("amount")).isEqualTo(TestTown.euro(4 * 1_13 + 1_14));
    }

    @Test
    void shouldPointAtRoundBillsOfManyCardsAtOneShopOnOneDay() throws Exception {
        at(LocalTime.of(12, 0));
        List<JsonObject> cards = cards(5, 100_00);
        List<String> paid = new ArrayList<>();
        for (JsonObject card : cards.subList(0, 4)) {
            paid.add(pay(card, 10_00));
            paid.add(pay(card, 20_00));
        }
        pay(cards.get(4), 10_01);
        TestTill otherShop = TestTill.enrol(node, town.newOutlet(town.newMerchant()), town.social);
        pay(otherShop, cards.get(4), 10_00);
        assertThat(found("round_sums")).as("four cards").isEmpty();
        at(LocalTime.of(0, 1));
        pay(cards.get(4), 30_00);
        assertThat(found("round_sums")).as("the fifth on the next day").isEmpty();

        List<String> next = new ArrayList<>();
        next.add(node.get("/payments?limit=1&min_sequence=" + sequence(), town.social)
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id"));
        at(LocalTime.of(23, 50));
        for (JsonObject card : cards.subList(0, 4)) {
            next.add(pay(card, 10_00));
        }
        List<JsonObject> found = found("round_sums");
        assertThat(found).hasSize(1);
        assertThat(payments(found.getFirst())).containsExactlyElementsOf(next).doesNotContainAnyElementsOf(paid);
        assertThat(found.getFirst().getString("merchant_id")).isEqualTo(town.merchantId);
        assertThat(found.getFirst().getJsonObject("amount")).isEqualTo(TestTown.euro(70_00));
    }

    @Test
    void shouldPointAtPaymentsOfTheNight() throws Exception {
        JsonObject card = cards(1, 100_00).getFirst();
        at(LocalTime.of(23, 58));
        pay(card, 1_11);
        at(LocalTime.of(0, 0));
        String first = pay(card, 1_12);
        at(LocalTime.of(4, 58));
        String last = pay(card, 1_13);
        at(LocalTime.of(5, 0));
        pay(card, 1_14);

        List<JsonObject> found = found("night_use");
        assertThat(found).hasSize(1);
        assertThat(payments(found.getFirst())).containsExactly(first, last);
    }

    @Test
    void shouldPointAtPaymentsAfterADeathThatTheOfficeKnewOf() throws Exception {
        List<JsonObject> cards = cards(3, 100_00);
        pay(cards.get(0), 1_11);
        pass(Duration.ofMinutes(1));
        JsonObject closure = propose(cards.get(0), "death");
        JsonObject mistaken = propose(cards.get(1), "death");
        propose(cards.get(2), "moved_away");
        node.post("/proposals/" + mistaken.getString("id") + "/rejections", town.treasurer, key(), "")
                .expect(201);
        pass(Duration.ofMinutes(1));
        List<String> paid = new ArrayList<>();
        for (JsonObject card : cards) {
            paid.add(pay(card, 1_12));
        }
        assertPoints(cards.get(0), paid.get(0));
        town.approve(closure);
        assertPoints(cards.get(0), paid.get(0));
    }

    private void assertPoints(JsonObject card, String paymentId) {
        List<JsonObject> found = found("use_after_death");
        assertThat(found).hasSize(1);
        assertThat(payments(found.getFirst())).containsExactly(paymentId);
        assertThat(found.getFirst().getString("wallet_id")).isEqualTo(card.getString("wallet_id"));
    }

    private JsonObject propose(JsonObject card, String reason) {
        return node.post(
                        "/wallets/" + card.getString("wallet_id") + "/closures",
                        town.social,
                        key(),
                        new JsonObject()
                                .put("reason", reason)
                                .put("act_reference", 10)
                                .encode())
                .expect(202);
    }

    @Test
    void shouldTellTheOfficeAndAuditorsOfOneCircuitAndOfATimeThatCanBeCounted() throws Exception {
        pay(cards(1, 10_00).getFirst(), 10_00);
        String path = "/signals?from=" + from + "&to=" + now().plusSeconds(1) + "&min_sequence=" + sequence();
        for (String role : new String[] {"social", "admin", "auditor"}) {
            JsonObject list = node.get(path, single.get(role)).expect(200);
            assertThat(list.getJsonArray("items")).hasSize(1);
            assertThat(list.getJsonArray("more")).isEqualTo(new JsonArray());
            assertThat(list.getLong("as_of_sequence")).isPositive();
        }
        assertThat(node.get(path, single.get("treasurer")).status()).isEqualTo(403);
        assertThat(node.get(path, town.terminalToken()).status()).isEqualTo(403);
        assertThat(node.get(path, TestTown.create(node).social).expect(200).getJsonArray("items"))
                .isEmpty();
        // Until the first instant behind it.
        assertThat(node.get("/signals?from=" + from.minusSeconds(60) + "&to=" + from, town.social)
                        .expect(200)
                        .getJsonArray("items"))
                .isEmpty();

        for (String wrong : new String[] {
            "", "?from=" + from, "?from=ieri&to=oggi", "?from=" + from + "&to=" + from.plusSeconds(1) + "&rule=guilty"
        }) {
            assertThat(node.get("/signals" + wrong, town.social).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        for (Instant to : new Instant[] {
            from, from.minusSeconds(1), from.plus(Duration.ofDays(31)).plusMillis(1)
        }) {
            assertThat(node.get("/signals?from=" + from + "&to=" + to, town.social)
                            .expect(422)
                            .getString("code"))
                    .isEqualTo("invalid_field");
        }
        assertThat(node.get("/signals?from=" + from + "&to=" + from.plus(Duration.ofDays(31)), town.social)
                        .status())
                .isEqualTo(200);
    }
}

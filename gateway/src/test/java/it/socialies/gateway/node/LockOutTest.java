// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.metrics.Scrape;
import it.socialies.gateway.node.TestNode.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Whoever guesses slows down himself: no attacker locks a town's cards, tills or operators. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LockOutTest {
    private static final String WRONG_PIN = "11112";
    private static final String ATTACKER = "127.0.0.66";
    private static final int REQUESTS_MAX = 2_000;

    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(data, "ies.rate.principal-requests-max=" + REQUESTS_MAX);
        town = TestTown.create(node);
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    @Test
    void shouldBoundOneGuessAtEachOf160CardsFromOneTillAndReportIt() throws Exception {
        TestTill stolen = TestTill.enrol(node, town.newOutlet(town.newMerchant()), town.social);
        List<JsonObject> cards = town.newCards(160);
        JsonArray guesses = new JsonArray();
        for (JsonObject card : cards) {
            guesses.add(town.payment(card, 1).put("pin", WRONG_PIN).put("idempotency_key", TestNode.newKey()));
        }
        double heldBackBefore = heldBack("till");

        JsonArray items = stolen.send(
                        "POST",
                        "/payment-batches",
                        "",
                        new JsonObject().put("payments", guesses).encode())
                .expect(200)
                .getJsonArray("items");

        Map<String, Long> outcomes = items.stream()
                .map(item -> ((JsonObject) item).getJsonObject("problem").getString("code"))
                .collect(Collectors.groupingBy(code -> code, Collectors.counting()));
        assertThat(outcomes).isEqualTo(Map.of("pin_wrong", 20L, "too_many_attempts", 140L));
        assertThat(heldBack("till") - heldBackBefore).isEqualTo(140);
        Answer next = stolen.send(
                "POST",
                "/payments",
                TestNode.newKey(),
                town.payment(cards.getFirst(), 1).encode());
        assertThat(next.expect(429).getString("code")).isEqualTo("too_many_attempts");
        assertThat(Integer.parseInt(next.header("Retry-After"))).isBetween(1, 180);
        for (JsonObject card : List.of(cards.get(0), cards.get(10), cards.get(159))) {
            town.topUp(card.getString("wallet_id"), 100);
            assertThat(town.pay(card, 100).status()).as("at any other till").isEqualTo(201);
        }
    }

    @Test
    void shouldLockAtOneTillNoMoreCardsThanItsAllowanceHasTries() throws Exception {
        TestTill stolen = TestTill.enrol(node, town.newOutlet(town.newMerchant()), town.social);
        List<JsonObject> cards = town.newCards(12);
        for (JsonObject card : cards) {
            for (int i = 0; i < 3; i++) {
                stolen.send(
                        "POST",
                        "/payments",
                        TestNode.newKey(),
                        town.payment(card, 1).put("pin", WRONG_PIN).encode());
            }
        }

        long locked = cards.stream()
                .filter(card -> node.get("/cards/" + card.getString("id"), town.social)
                        .expect(200)
                        .getBoolean("pin_locked", false))
                .count();

        assertThat(locked).isEqualTo(20 / 3);
    }

    @Test
    void shouldLockNoCardOfWhichSomebodyHasAPhotograph() throws Exception {
        List<JsonObject> cards = town.newCards(5);
        List<String> codes = new ArrayList<>();
        for (JsonObject card : cards) {
            for (int i = 0; i < 4; i++) {
                codes.add(logIn(ATTACKER, card, WRONG_PIN).code());
            }
        }

        assertThat(codes.stream().filter("pin_wrong"::equals)).hasSize(10);
        assertThat(codes.stream().filter("too_many_attempts"::equals)).hasSize(10);
        for (JsonObject card : cards) {
            town.topUp(card.getString("wallet_id"), 10);
            assertThat(town.pay(card, 10).status()).isEqualTo(201);
            assertThat(logIn("127.0.0.1", card, TestTown.PIN).status())
                    .as("the right PIN at a till opens it again")
                    .isEqualTo(201);
        }
    }

    @Test
    void shouldNotEvenAskTheCoreAboutCardsThatSomebodyMadeUp() throws Exception {
        String genuine = town.card.getString("card_token");
        long before = sequence();
        for (int i = 0; i < 20; i++) {
            String madeUp = genuine.substring(0, 20) + (genuine.charAt(20) == 'A' ? 'B' : 'A') + genuine.substring(21);
            Answer answer = logIn(ATTACKER, new JsonObject().put("card_token", madeUp), TestTown.PIN);
            assertThat(answer.expect(422).getString("code")).isEqualTo("qr_forged");
        }

        assertThat(sequence()).isEqualTo(before);
    }

    @Test
    void shouldLetAnOperatorInWhileSomebodyGuessesThePassword() throws Exception {
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            answers.add(password(ATTACKER, town.username("anna.sociali"), "sbagliata davvero")
                    .status());
        }

        assertThat(answers).containsOnly(401, 429).endsWith(429);
        assertThat(password(
                                "127.0.0.1",
                                town.username("anna.sociali"),
                                TestTown.password(town.username("anna.sociali")))
                        .status())
                .isEqualTo(201);
        assertThat(password("127.0.0.67", town.username("bruno.conti"), TestTown.password(town.username("bruno.conti")))
                        .status())
                .as("nobody guessed at this one")
                .isEqualTo(201);
    }

    @Test
    void shouldBoundGuessesAtEnrolmentCodesByTheAddressAndNotByTheTerminal() throws Exception {
        JsonObject terminal = node.post("/outlets/" + town.outletId + "/terminals", town.social)
                .expect(201);
        String path = TestNode.BASE + "/terminals/" + terminal.getString("id") + "/enrolments";
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            answers.add(node.sendFrom(
                            "127.0.0.68",
                            post(path, TestTill.enrolment("AAAA-AAAA-AAAA-AAAA", key))
                                    .build())
                    .status());
        }

        assertThat(answers).containsOnly(403, 429);
        assertThat(answers.stream().filter(status -> status == 403)).hasSize(20);
        assertThat(node.send(post(path, TestTill.enrolment(terminal.getString("enrolment_code"), key))
                                .build())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void shouldBlockTheOwnCardWhenATokenWasStolenAndItsRequestsAreUsedUp() {
        JsonObject card = town.newCard();
        String token = town.holderToken(card);
        Answer last = node.get("/wallets/" + card.getString("wallet_id"), token);
        for (int i = 0; i < 3 * REQUESTS_MAX && last.status() == 200; i++) {
            last = node.get("/wallets/" + card.getString("wallet_id"), token);
        }
        assertThat(last.status()).isEqualTo(429);

        assertThat(node.post("/cards/" + card.getString("id") + "/blocks", token)
                        .status())
                .isEqualTo(201);
    }

    private HttpRequest.Builder post(String path, JsonObject body) {
        return node.request(path)
                .POST(BodyPublishers.ofString(body.encode()))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", TestNode.newKey());
    }

    private Answer logIn(String address, JsonObject card, String pin) throws Exception {
        return node.sendFrom(
                address,
                post(
                                TestNode.BASE + "/tokens",
                                new JsonObject()
                                        .put("grant_type", "card")
                                        .put("card_token", card.getString("card_token"))
                                        .put("pin", pin))
                        .build());
    }

    private Answer password(String address, String username, String password) throws Exception {
        return node.sendFrom(
                address,
                post(
                                TestNode.BASE + "/tokens",
                                new JsonObject()
                                        .put("grant_type", "password")
                                        .put("username", username)
                                        .put("password", password))
                        .build());
    }

    @Test
    void shouldGiveAGuesserOfBlockOnlyCodesNothingAndKeepNobodyFromBlocking() throws Exception {
        JsonObject card = town.newCard();
        String code = card.getString("block_code");
        long before = sequence();
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String guess = code.substring(0, code.length() - 2) + (i < 10 ? "0" : "") + i;
            String sent = i % 2 == 0 && !guess.equals(code) ? guess : "not a code at all " + i;
            answers.add(blockByCode(ATTACKER, sent).code());
        }

        assertThat(answers.subList(0, 20)).containsOnly("block_code_wrong");
        assertThat(answers.subList(20, 25)).containsOnly("too_many_attempts");
        assertThat(sequence()).as("nothing of it reached the journal").isEqualTo(before);
        assertThat(blockByCode(ATTACKER, code).code()).isEqualTo("too_many_attempts");
        assertThat(blockByCode("127.0.0.67", code).status()).isEqualTo(201);
        assertThat(town.pay(card, 1).expect(402).getString("code")).isEqualTo("card_blocked");
    }

    private Answer blockByCode(String address, String code) throws Exception {
        return node.sendFrom(
                address,
                post(TestNode.BASE + "/public/card-blocks", new JsonObject().put("code", code))
                        .build());
    }

    private double heldBack(String by) {
        return new Scrape(node.send(node.request("/metrics").build()).response().body())
                .value("ies_pins_held_back_total", "by", by);
    }

    private long sequence() {
        return node.get("/status", null).expect(200).getLong("sequence");
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.AgreementTown.atTill;
import static it.socialies.gateway.node.AgreementTown.digest;
import static it.socialies.gateway.node.AgreementTown.onPaper;
import static it.socialies.gateway.node.AgreementTown.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agreements with shops on a real node: published by two persons, accepted on paper and at the till, and what a shop may do that has not. */
class AgreementsTest {
    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private AgreementTown agreements;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
        agreements = new AgreementTown(town);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private Answer pay(String key) throws Exception {
        return town.till("/payments", key, town.payment(town.card, 1_00).encode());
    }

    private Answer tillGet(String path) throws Exception {
        return node.get(path, town.terminalToken());
    }

    /** One that is new by the clock of the node. */
    private String key() {
        return TestNode.keyOf(Instant.parse(node.get("/status", null).json().getString("time"))
                        .toEpochMilli())
                .toString();
    }

    private void pass(Duration time) {
        JsonObject first = node.bootstrap(1);
        node.post(
                        "/clock-steps",
                        node.operatorToken(first.getString("username"), first.getString("password")),
                        new JsonObject().put("advance_ms", time.toMillis()))
                .expect(201);
        town.afterRestart();
    }

    private List<String> arrears() {
        return node.get("/agreement-arrears?limit=100", town.social).expect(200).getJsonArray("items").stream()
                .map(item -> ((JsonObject) item).getString("merchant_id"))
                .toList();
    }

    private boolean isPublic() {
        return !node.get("/public/merchants", null)
                .expect(200)
                .getJsonArray("items")
                .isEmpty();
    }

    @Test
    void shouldRefusePaymentsAndNothingElseUntilTheShopAccepts() throws Exception {
        String before = TestNode.newKey();
        JsonObject paid = pay(before).expect(201);
        assertThat(tillGet("/till/agreement").status()).isEqualTo(404);
        assertThat(arrears()).isEmpty();
        assertThat(isPublic()).isTrue();

        JsonObject version = agreements.publish(agreements.proposed(0));

        assertThat(arrears()).contains(town.merchantId);
        assertThat(isPublic())
                .as("nobody is sent to a shop that may not be paid")
                .isFalse();
        String refused = TestNode.newKey();
        Answer refusal = pay(refused);
        assertThat(refusal.expect(402).getString("code")).isEqualTo("agreement_not_accepted");
        assertThat(pay(before).expect(201).getString("id"))
                .as("what was paid before is told again")
                .isEqualTo(paid.getString("id"));
        JsonArray several = town.till(
                        "/payment-batches",
                        "",
                        new JsonObject()
                                .put(
                                        "payments",
                                        new JsonArray()
                                                .add(town.payment(town.card, 1_00)
                                                        .put("idempotency_key", TestNode.newKey())))
                                .encode())
                .expect(200)
                .getJsonArray("items");
        assertThat(several.encode()).contains("agreement_not_accepted");
        town.till(
                        "/payments/" + paid.getString("id") + "/refunds",
                        TestNode.newKey(),
                        new JsonObject().put("amount", TestTown.euro(40)).encode())
                .expect(201);
        assertThat(tillGet("/till/days/" + SettlementTown.today()).status()).isEqualTo(200);

        JsonObject shown = tillGet("/till/agreement").expect(200);
        assertThat(shown.getString("text")).isEqualTo(version.getString("text"));
        assertThat(shown.getBoolean("accepted")).isFalse();
        assertThat(Instant.parse(shown.getString("refused_from")))
                .isEqualTo(Instant.parse(version.getString("valid_from")));
        town.till(
                        "/till/agreement-acceptances",
                        TestNode.newKey(),
                        atTill(version).encode())
                .expect(201);

        assertThat(tillGet("/till/agreement").expect(200).getBoolean("accepted"))
                .isTrue();
        assertThat(arrears()).doesNotContain(town.merchantId);
        assertThat(isPublic()).isTrue();
        assertThat(pay(refused).status())
                .as("what was refused is not made behind the till's back")
                .isGreaterThanOrEqualTo(400);
        pay(TestNode.newKey()).expect(201);
    }

    @Test
    void shouldGiveShopsTheirDaysAndKnowWhoIsRefusedAfterARestart() throws Exception {
        JsonObject version = agreements.publish(agreements.proposed(1));
        assertThat(arrears()).contains(town.merchantId);
        pay(TestNode.newKey()).expect(201);
        String other = town.newMerchant();

        pass(Duration.ofHours(25));
        String late = node.post(
                        "/merchants",
                        town.social,
                        key(),
                        new JsonObject()
                                .put("name", "Nuova Merceria")
                                .put("category", "grocery")
                                .encode())
                .expect(201)
                .getString("id");
        node.get(
                        "/merchants?limit=1&min_sequence="
                                + node.get("/status", null).json().getLong("sequence"),
                        town.social)
                .expect(200);
        node.post(
                        "/merchants/" + other + "/agreement-acceptances",
                        town.social,
                        key(),
                        onPaper(version).encode())
                .expect(201);

        assertThat(pay(key()).expect(402).getString("code")).isEqualTo("agreement_not_accepted");
        assertThat(arrears()).contains(town.merchantId, late).doesNotContain(other);
        JsonObject ofTheLate =
                node.get("/agreement-arrears?limit=100", town.social).expect(200).getJsonArray("items").stream()
                        .map(JsonObject.class::cast)
                        .filter(item -> item.getString("merchant_id").equals(late))
                        .findFirst()
                        .orElseThrow();
        assertThat(Instant.parse(ofTheLate.getString("refused_from")))
                .as("a new shop has its days from its registration")
                .isAfter(Instant.parse(version.getString("valid_from")).plus(Duration.ofDays(2)));

        node.restart();
        town.afterRestart();
        await().atMost(Duration.ofSeconds(30)).until(() -> pay(key()).status() == 402);

        // The next version has not begun; who accepts it has accepted the one before.
        JsonObject next = node.post(
                        "/agreements", town.social, AgreementTown.text(0).put("valid_from", "2199-01-01T00:00:00.000Z"))
                .expect(201);
        node.post(
                        path(next, "publications"),
                        town.treasurer,
                        key(),
                        digest(next).encode())
                .expect(201);
        assertThat(tillGet("/till/agreement").expect(200).getInteger("number")).isEqualTo(version.getInteger("number"));
        node.post(
                        "/merchants/" + town.merchantId + "/agreement-acceptances",
                        town.social,
                        key(),
                        onPaper(next).encode())
                .expect(201);
        pay(key()).expect(201);
    }

    @Test
    void shouldTakeTwoPersonsAndTheTextThatTheyRead() throws Exception {
        JsonObject proposed = agreements.proposed(0);
        assertThat(node.post(path(proposed, "publications"), town.social, digest(proposed))
                        .expect(403)
                        .getString("code"))
                .isEqualTo("same_person");
        assertThat(node.post(
                                path(proposed, "publications"),
                                town.treasurer,
                                new JsonObject().put("digest", "0".repeat(64)))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("proposal_changed");
        String shop = "/merchants/" + town.merchantId + "/agreement-acceptances";
        assertThat(node.post(shop, town.social, onPaper(proposed)).expect(409).getString("code"))
                .as("nobody has published it")
                .isEqualTo("agreement_state_conflict");
        node.post(path(proposed, "rejections"), town.treasurer).expect(201);
        for (Answer late : new Answer[] {
            node.post(path(proposed, "rejections"), town.treasurer),
            node.post(path(proposed, "publications"), town.treasurer, digest(proposed))
        }) {
            assertThat(late.expect(409).getString("code")).isEqualTo("agreement_state_conflict");
        }
        pay(TestNode.newKey()).expect(201);

        JsonObject version = agreements.published();
        assertThat(version.getInteger("number")).isEqualTo(2);
        assertThat(node.post(shop, town.social, onPaper(version).put("signed_on", "2199-01-01"))
                        .expect(422)
                        .encode())
                .contains("/signed_on");
        assertThat(node.post(shop, town.social, onPaper(version).put("digest", "0".repeat(64)))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("proposal_changed");
        node.post("/merchants/mer_zzzz/agreement-acceptances", town.social, onPaper(version))
                .expect(404);
        assertThat(node.post("/agreements", town.social, AgreementTown.text(0).put("text", "   "))
                        .expect(422)
                        .encode())
                .contains("/text");
        JsonArray listed = node.get("/agreements", town.social).expect(200).getJsonArray("items");
        assertThat(listed.stream().map(each -> ((JsonObject) each).getString("state")))
                .containsExactly("published", "rejected");
    }
}

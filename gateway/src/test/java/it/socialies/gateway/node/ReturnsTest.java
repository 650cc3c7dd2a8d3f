// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Money on its way back, on a real node: batches stopped and reversed, wallets closed, programmes extended after their end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReturnsTest {
    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    private static JsonObject because(String reason) {
        return new JsonObject().put("reason", reason).put("act_reference", 2026_000_207);
    }

    private JsonObject batch(List<JsonObject> cards, long... cents) {
        JsonArray rows = new JsonArray();
        for (int i = 0; i < cents.length; i++) {
            rows.add(new JsonObject()
                    .put("wallet_id", cards.get(i).getString("wallet_id"))
                    .put("amount", euro(cents[i])));
        }
        return node.post(
                        "/top-ups",
                        town.social,
                        new JsonObject().put("programme_id", town.programmeId).put("rows", rows))
                .expect(202);
    }

    @Test
    void shouldTakeBackWhatIsLeftOfABatchAndListTheRest() throws Exception {
        List<JsonObject> cards = List.of(town.newCard(), town.newCard());
        JsonObject batch = batch(cards, 1_000, 2_000);
        town.approve(batch);
        town.pay(cards.get(1), 1_500).expect(201);

        String reversals = "/top-ups/" + batch.getString("id") + "/reversals";
        assertThat(node.post(
                                reversals,
                                town.social,
                                because("mistake")
                                        .put(
                                                "rows",
                                                new JsonArray()
                                                        .add(new JsonObject()
                                                                .put(
                                                                        "wallet_id",
                                                                        cards.getFirst()
                                                                                .getString("wallet_id"))
                                                                .put("amount", euro(1_001)))))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("amount_exceeds_credited");
        JsonObject reversal =
                node.post(reversals, town.social, because("mistake")).expect(202);
        assertThat(reversal.getString("kind")).isEqualTo("take_back_batch");
        assertThat(reversal.getString("reason")).isEqualTo("mistake");
        assertThat(reversal.getLong("act_reference")).isEqualTo(2026_000_207L);
        assertThat(node.post(
                                "/proposals/" + reversal.getString("id") + "/approvals",
                                town.social,
                                TestTown.seen(reversal))
                        .expect(403)
                        .getString("code"))
                .isEqualTo("same_person");
        JsonObject done = town.approve(reversal);
        assertThat(done.getString("state")).isEqualTo("executed");
        assertThat(done.getJsonObject("amount_done")).isEqualTo(euro(1_500));
        assertThat(town.available(cards.getFirst())).isZero();
        assertThat(town.available(cards.get(1))).isZero();
        JsonArray recoverables = node.get(
                        "/programmes/" + town.programmeId + "/recoverables?min_sequence=" + done.getLong("sequence"),
                        town.social)
                .expect(200)
                .getJsonArray("items");
        assertThat(recoverables).hasSize(1);
        assertThat(recoverables.getJsonObject(0).getString("wallet_id"))
                .isEqualTo(cards.get(1).getString("wallet_id"));
        assertThat(recoverables.getJsonObject(0).getJsonObject("amount")).isEqualTo(euro(1_500));
        assertThat(node.post(reversals, town.social, because("mistake"))
                        .expect(409)
                        .getString("code"))
                .as("nothing is taken back twice")
                .isEqualTo("amount_exceeds_credited");
    }

    @Test
    void shouldStopABatchThatWasInterrupted() throws Exception {
        List<JsonObject> cards = List.of(town.newCard(), town.newCard());
        JsonObject batch = batch(cards, 100, 200);
        node.inOffice("CREATE TABLE kept AS SELECT * FROM office.top_up_batch_row");
        node.inOffice("DELETE FROM office.top_up_batch_row");
        String path = "/top-ups/" + batch.getString("id");
        node.post(path + "/approvals", town.treasurer, TestTown.seen(batch)).expect(409);
        node.inOffice("INSERT INTO office.top_up_batch_row SELECT * FROM kept");
        JsonObject cancelled =
                node.post(path + "/cancellations", town.treasurer).expect(201);
        assertThat(cancelled.getString("state")).isEqualTo("cancelled");
        assertThat(cancelled.getInteger("rows_done")).isZero();
        assertThat(node.post(path + "/executions", town.treasurer).expect(201).getString("state"))
                .as("going on changes nothing")
                .isEqualTo("cancelled");
        assertThat(node.get(path, town.social).expect(200).getString("state")).isEqualTo("cancelled");
    }

    @Test
    void shouldTakeBackFromOneWalletAndPassTheRestOnWhenItsHolderDied() throws Exception {
        JsonObject dead = town.newCard();
        JsonObject heir = town.newCard();
        town.topUp(dead.getString("wallet_id"), 5_000);
        JsonObject back = node.post(
                        "/wallets/" + dead.getString("wallet_id") + "/take-backs",
                        town.social,
                        because("renunciation")
                                .put("programme_id", town.programmeId)
                                .put("amount", euro(1_000)))
                .expect(202);
        town.approve(back);
        assertThat(town.available(dead)).isEqualTo(4_000);

        JsonObject closure = node.post(
                        "/wallets/" + dead.getString("wallet_id") + "/closures",
                        town.social,
                        because("death").put("heir_wallet_id", heir.getString("wallet_id")))
                .expect(202);
        town.approve(closure);
        assertThat(town.available(heir)).isEqualTo(4_000);
        assertThat(town.pay(dead, 100).expect(402).getString("code")).isEqualTo("card_blocked");
        assertThat(node.post("/wallets/" + dead.getString("wallet_id") + "/closures", town.social, because("death"))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("wallet_closed");
        town.pay(heir, 4_000).expect(201);
    }

    /** A card of somebody who is in the vault. */
    private JsonObject cardOf(JsonObject person) {
        JsonObject card = town.issueCard();
        node.post(
                        "/cards/" + card.getString("id") + "/assignments",
                        town.social,
                        new JsonObject()
                                .put("holder_id", person.getString("id"))
                                .put("household_size", 2))
                .expect(201);
        return card;
    }

    private JsonObject person(String name, @Nullable String householdId) {
        JsonObject data = new JsonObject()
                .put("given_name", name)
                .put("family_name", "Cinquegrana")
                .put("birth_date", "1950-01-01")
                .put("tax_code_absence", "foreigner_awaiting");
        if (householdId != null) {
            data.put("household", new JsonObject().put("id", householdId).put("members", new JsonArray()));
        }
        return node.post(
                        "/people",
                        town.social,
                        new JsonObject().put("case_id", TestNode.OWN_CASE).put("person", data))
                .expect(201);
    }

    private Answer close(JsonObject dead, JsonObject heir) {
        return node.post(
                "/wallets/" + dead.getString("wallet_id") + "/closures",
                town.social,
                because("death").put("heir_wallet_id", heir.getString("wallet_id")));
    }

    @Test
    void shouldPassMoneyOnWithinAHouseholdOnly() {
        JsonObject husband = person("Ermenegildo", null);
        JsonObject dead = cardOf(husband);
        JsonObject wife = cardOf(person("Ermenegilda", husband.getString("household_id")));
        JsonObject stranger = cardOf(person("Teodolinda", null));

        assertThat(close(dead, stranger).expect(409).getString("code")).isEqualTo("household_mismatch");
        assertThat(close(dead, town.newCard()).expect(409).getString("code")).isEqualTo("household_mismatch");
        close(dead, wife).expect(202);
    }

    @Test
    void shouldGiveBackWhatTheEndTookAndListWhoWasRefusedMeanwhile() throws Exception {
        JsonObject card = town.newCard();
        String programme = shortProgramme();
        JsonObject topUp = node.post(
                        "/top-ups",
                        town.social,
                        new JsonObject()
                                .put("programme_id", programme)
                                .put(
                                        "rows",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("wallet_id", card.getString("wallet_id"))
                                                        .put("amount", euro(3_000)))))
                .expect(202);
        town.approve(topUp);
        node.post(
                        "/clock-steps",
                        town.installation(),
                        new JsonObject().put("advance_ms", Duration.ofHours(2).toMillis()))
                .expect(201);
        town.afterRestart();
        assertThat(town.pay(card, 1_000).expect(402).getString("code")).isIn("expired", "insufficient_funds");
        Awaitility.await().untilAsserted(() -> assertThat(town.available(card)).isZero());

        String extensions = "/programmes/" + programme + "/extensions";
        assertThat(node.post(
                                extensions,
                                town.social,
                                new JsonObject()
                                        .put(
                                                "valid_until",
                                                Instant.now().minusSeconds(60).toString())
                                        .put("act_reference", 9))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("extension_too_early");
        String until = Instant.now().plus(Duration.ofDays(20)).toString();
        JsonObject extension = node.post(
                        extensions,
                        town.social,
                        new JsonObject().put("valid_until", until).put("act_reference", 9))
                .expect(202);
        assertThat(node.post(
                                "/proposals/" + extension.getString("id") + "/approvals",
                                town.treasurer,
                                TestTown.seen(extension)
                                        .put(
                                                "valid_until",
                                                Instant.now()
                                                        .plus(Duration.ofDays(40))
                                                        .toString()))
                        .expect(409)
                        .getString("code"))
                .as("another day than was proposed")
                .isEqualTo("proposal_changed");
        town.approve(extension);
        Awaitility.await().untilAsserted(() -> assertThat(town.available(card)).isEqualTo(3_000));
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                node.get(extensions, town.social).expect(200).getJsonArray("items"))
                        .hasSize(1));
        JsonObject listed = node.get(extensions, town.social)
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(listed.getJsonObject("restored")).isEqualTo(euro(3_000));
        assertThat(Instant.parse(listed.getString("valid_until")).toEpochMilli())
                .isEqualTo(Instant.parse(until).toEpochMilli());
        JsonArray refused = node.get("/programmes/" + programme + "/refusals-while-ended", town.social)
                .expect(200)
                .getJsonArray("items");
        assertThat(refused).hasSize(1);
        assertThat(refused.getJsonObject(0).getString("wallet_id")).isEqualTo(card.getString("wallet_id"));
        town.pay(card, 1_000).expect(201);
    }

    /** A programme that ends within the hour. */
    private String shortProgramme() {
        Instant now = Instant.now();
        String id = node.post(
                        "/programmes",
                        town.social,
                        new JsonObject()
                                .put("name", "Buoni brevi")
                                .put("categories", new JsonArray().add("bakery"))
                                .put("valid_from", now.minusSeconds(3_600).toString())
                                .put("valid_until", now.plusSeconds(3_600).toString()))
                .expect(201)
                .getString("id");
        town.approve(
                node.post("/programmes/" + id + "/publications", town.social).expect(202));
        town.approve(node.post(
                        "/programmes/" + id + "/fund-movements",
                        town.social,
                        new JsonObject().put("amount", euro(10_000)))
                .expect(202));
        town.approve(node.post(
                        "/programmes/" + id + "/commitments",
                        town.social,
                        new JsonObject().put("amount", euro(3_000)).put("act_reference", 7))
                .expect(202));
        return id;
    }
}

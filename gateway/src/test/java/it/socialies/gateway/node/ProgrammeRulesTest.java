// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rules of a programme on a real node: drafted, rehearsed on what was paid, put in force by two people, obeyed at the till. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgrammeRulesTest {
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

    @Test
    void shouldRehearseRulesAndThenRefuseWhatTheySay() throws Exception {
        String programme = programme(Duration.ofHours(3));
        JsonObject card = cardWith(programme, 8_000);
        town.pay(card, 500).expect(201);
        town.pay(card, 800).expect(201);
        town.pay(card, 1_500).expect(201);
        String rules = "/programmes/" + programme + "/rules";

        JsonObject drafted = node.post(
                        rules,
                        town.social,
                        rules("bakery")
                                .put("payment_min", euro(600))
                                .put("payment_max", euro(1_000))
                                .put("household_caps", new JsonArray(List.of(1L, 2L, 3L, 4L, 5L))))
                .expect(201);
        assertThat(drafted.getInteger("version")).isEqualTo(2);
        assertThat(drafted.getString("state")).isEqualTo("draft");
        assertThat(node.get("/programmes/" + programme + "?min_sequence=" + drafted.getLong("sequence"), town.social)
                        .expect(200)
                        .getInteger("rules_version"))
                .as("a draft changes nothing")
                .isEqualTo(1);
        assertThat(drafted.getJsonObject("payment_max")).isEqualTo(euro(1_000));

        JsonObject rehearsal = rehearse(programme, 2, drafted.getLong("sequence"));
        assertThat(rehearsal.getLong("payments")).isEqualTo(3);
        assertThat(rehearsal.getJsonObject("newly_admitted").getLong("count")).isZero();
        JsonObject refused = rehearsal.getJsonObject("newly_refused");
        assertThat(refused.getLong("count")).isEqualTo(2);
        assertThat(refused.getLong("cards")).isEqualTo(1);
        assertThat(refused.getJsonObject("amount")).isEqualTo(euro(2_000));
        assertThat(refused.getJsonArray("payments").stream()
                        .map(each -> ((JsonObject) each).getString("reason"))
                        .toList())
                .containsExactly("below_minimum", "limit_exceeded");

        putInForce(programme, 2);
        JsonObject tooSmall = town.pay(card, 500).expect(402);
        assertThat(tooSmall.getString("code")).isEqualTo("below_minimum");
        JsonObject tooLarge = town.pay(card, 1_500).expect(402);
        assertThat(tooLarge.getString("code")).isEqualTo("limit_exceeded");
        long last = town.pay(card, 900).expect(201).getLong("sequence");

        JsonArray versions = node.get(rules + "?min_sequence=" + last, town.social)
                .expect(200)
                .getJsonArray("items");
        assertThat(versions.stream()
                        .map(each -> ((JsonObject) each).getString("state"))
                        .toList())
                .containsExactly("superseded", "in_force");
        JsonObject told = node.get("/programmes/" + programme, town.social).expect(200);
        assertThat(told.getInteger("rules_version")).isEqualTo(2);
        assertThat(told.getJsonArray("categories")).isEqualTo(new JsonArray().add("bakery"));
        assertThat(told.getJsonArray("household_caps")).isEqualTo(new JsonArray(List.of(1L, 2L, 3L, 4L, 5L)));
        assertThat(node.get("/programmes?limit=200", town.social).expect(200).getJsonArray("items").stream()
                        .map(JsonObject.class::cast)
                        .filter(each -> each.getString("id").equals(programme))
                        .map(each -> each.getInteger("rules_version")))
                .containsExactly(2);
        JsonObject back = rehearse(programme, 1, last);
        assertThat(back.getJsonObject("newly_refused").getLong("count")).isZero();
        assertThat(back.getJsonObject("newly_admitted").getLong("count")).isEqualTo(2);
        assertThat(back.getJsonObject("newly_admitted").getJsonObject("amount")).isEqualTo(euro(2_000));
        assertThat(rehearse(programme, 2, last).getJsonObject("newly_admitted").getLong("count"))
                .as("under the rules they were refused by, they are refused again")
                .isZero();
    }

    @Test
    void shouldLetWhatComesBackBehindTheEndBeSpentForDaysOfGrace() throws Exception {
        String programme = programme(Duration.ofHours(1));
        JsonObject card = cardWith(programme, 3_000);
        node.post(
                        "/programmes/" + programme + "/rules",
                        town.social,
                        rules("bakery").put("grace_days", 10))
                .expect(201);
        putInForce(programme, 2);
        JsonObject held = town.till(
                        "/payments",
                        TestNode.newKey(),
                        town.payment(card, 700).put("capture", "manual").encode())
                .expect(201);
        step(Duration.ofHours(2));
        Awaitility.await().untilAsserted(() -> assertThat(town.available(card)).isZero());
        assertThat(town.pay(card, 700).expect(402).getString("code")).isEqualTo("insufficient_funds");

        town.till("/payments/" + held.getString("id") + "/voids", TestNode.newKey(), "{}")
                .expect(201);
        assertThat(town.available(card)).isEqualTo(700);
        town.pay(card, 600).expect(201);
        step(Duration.ofDays(11));
        Awaitility.await().untilAsserted(() -> assertThat(town.available(card)).isZero());
    }

    @Test
    void shouldSayWhatIsWrongWithADraft() {
        String path = "/programmes/" + town.programmeId;
        assertThat(node.post(
                                path + "/rules",
                                town.social,
                                rules("bakery").put("payment_min", euro(900)).put("day_max", euro(800)))
                        .expect(422)
                        .getString("code"))
                .isEqualTo("invalid_field");
        assertThat(node.post(
                                path + "/rules",
                                town.social,
                                rules("bakery").put("indivisible", true).put("day_max", euro(800)))
                        .expect(422)
                        .getString("code"))
                .isEqualTo("invalid_field");
        node.post(path + "/rules-changes", town.social, change(77)).expect(404);
        int late = node.post(
                        path + "/rules",
                        town.social,
                        rules("bakery")
                                .put(
                                        "effective_from",
                                        Instant.now().minusSeconds(60).toString()))
                .expect(201)
                .getInteger("version");
        JsonObject proposal =
                node.post(path + "/rules-changes", town.social, change(late)).expect(202);
        assertThat(proposal.getInteger("version")).isEqualTo(late);
        assertThat(node.post(
                                "/proposals/" + proposal.getString("id") + "/approvals",
                                town.treasurer,
                                TestTown.seen(proposal))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("rules_too_late");
        node.get(path + "/rules-rehearsal?version=999", town.social).expect(404);
        node.get(path + "/rules-rehearsal", town.social).expect(400);
    }

    private JsonObject rehearse(String programme, int version, long minSequence) {
        return node.get(
                        "/programmes/" + programme + "/rules-rehearsal?version=" + version + "&min_sequence="
                                + minSequence,
                        town.social)
                .expect(200);
    }

    /** Two people, and then ten minutes. */
    private long putInForce(String programme, int version) throws Exception {
        JsonObject proposal = node.post("/programmes/" + programme + "/rules-changes", town.social, change(version))
                .expect(202);
        assertThat(node.post(
                                "/proposals/" + proposal.getString("id") + "/approvals",
                                town.social,
                                TestTown.seen(proposal))
                        .expect(403)
                        .getString("code"))
                .isEqualTo("same_person");
        town.approve(proposal);
        return step(Duration.ofMinutes(10));
    }

    private long step(Duration by) throws Exception {
        long sequence = node.post(
                        "/clock-steps", town.installation(), new JsonObject().put("advance_ms", by.toMillis()))
                .expect(201)
                .getLong("sequence");
        town.afterRestart();
        return sequence;
    }

    private JsonObject rules(String category) {
        return new JsonObject()
                .put("effective_from", now().plusSeconds(300).toString())
                .put("categories", new JsonArray().add(category));
    }

    private static JsonObject change(int version) {
        return new JsonObject().put("version", version).put("act_reference", 2026_000_311);
    }

    /** The installation's time, which tests move. */
    private Instant now() {
        return Instant.parse(node.get("/status", null).expect(200).getString("time"));
    }

    private JsonObject cardWith(String programme, long cents) throws Exception {
        JsonObject card = town.newCard();
        town.approve(node.post(
                        "/top-ups",
                        town.social,
                        new JsonObject()
                                .put("programme_id", programme)
                                .put(
                                        "rows",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("wallet_id", card.getString("wallet_id"))
                                                        .put("amount", euro(cents)))))
                .expect(202));
        return card;
    }

    private String programme(Duration validFor) {
        Instant now = now();
        String id = node.post(
                        "/programmes",
                        town.social,
                        new JsonObject()
                                .put("name", "Buoni con regole")
                                .put("categories", new JsonArray().add("bakery"))
                                .put("valid_from", now.minusSeconds(3_600).toString())
                                .put("valid_until", now.plus(validFor).toString()))
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
                        new JsonObject().put("amount", euro(10_000)).put("act_reference", 7))
                .expect(202));
        return id;
    }
}

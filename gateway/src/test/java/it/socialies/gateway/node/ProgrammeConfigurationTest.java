// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What people are told of programmes, and the acts behind them, over HTTP on a real node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgrammeConfigurationTest {
    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(data);
    }

    @BeforeEach
    void ownTown() throws Exception {
        town = TestTown.create(node);
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    private Answer describe(JsonObject description) {
        return node.post("/programmes/" + town.programmeId + "/descriptions", town.social, description);
    }

    private List<JsonObject> published() {
        return node.get("/public/programmes?limit=200", null).expect(200).getJsonArray("items").stream()
                .map(each -> (JsonObject) each)
                .filter(each -> each.getString("programme_id").equals(town.programmeId))
                .toList();
    }

    private JsonObject goods() throws Exception {
        return town.till.send("GET", "/till/eligible-goods", "", "").expect(200);
    }

    @Test
    void shouldCarryTheReferenceOfAnActAndShowWhichActItIs() {
        JsonObject act = TestTown.act("118/2026");
        String actId = Operations.act(town, act);
        JsonObject proposal = node.post(
                        "/programmes/" + town.programmeId + "/commitments",
                        town.social,
                        new JsonObject().put("amount", euro(-100)).put("act_reference", actId))
                .expect(202);
        assertThat(proposal.getLong("act_reference")).isGreaterThanOrEqualTo(900_000_000_000_001L);

        JsonObject seen = node.get("/proposals/" + proposal.getString("id"), town.treasurer)
                .expect(200);
        assertThat(seen.getJsonObject("act")).isEqualTo(act.copy().put("id", actId));
        JsonObject listed = node.get("/proposals?min_sequence=" + proposal.getLong("sequence"), town.treasurer)
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(listed.getJsonObject("act").getString("number")).isEqualTo("118/2026");
    }

    @Test
    void shouldKeepAnActAsItWasEntered() {
        JsonObject act = TestTown.act("7/2026").put("pdf_digest", "ab".repeat(32));
        String id = Operations.act(town, act);

        assertThat(node.post("/acts", town.treasurer, act).code()).isEqualTo("act_known");
        assertThat(node.post("/acts", town.social, TestTown.act("8/2026").put("date", "2026-02-30"))
                        .status())
                .isEqualTo(422);
        assertThat(node.get("/acts/" + id, town.treasurer).expect(200).getString("pdf_digest"))
                .isEqualTo("ab".repeat(32));
        Operations.act(town, TestTown.act("9/2026"));
        JsonObject first = node.get("/acts?limit=1", town.social).expect(200);
        assertThat(first.getJsonArray("items").getJsonObject(0).getString("number"))
                .isEqualTo("9/2026");
        JsonObject second = node.get("/acts?limit=1&cursor=" + first.getString("next_cursor"), town.social)
                .expect(200);
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("id"))
                .isEqualTo(id);
        assertThat(node.get("/acts?number=7/2026&kind=determination", town.social)
                        .expect(200)
                        .getJsonArray("items"))
                .hasSize(1);
        assertThat(node.get("/acts?kind=decree", town.social).expect(200).getJsonArray("items"))
                .isEmpty();
        assertThatNobodyTakesNumbersOfActs();
    }

    private void assertThatNobodyTakesNumbersOfActs() {
        assertThat(node.post(
                                "/programmes/" + town.programmeId + "/commitments",
                                town.social,
                                new JsonObject().put("amount", euro(-100)).put("act_reference", 900_000_000_000_001L))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shouldShowThePublicWhatIsPublishedAndNothingElse() {
        String actId = Operations.act(town, TestTown.act("1/2026"));
        JsonObject description = TestTown.description("draft").put("acts", new JsonArray().add(actId));
        describe(description).expect(201);
        assertThat(published()).isEmpty();

        JsonObject answered =
                describe(description.copy().put("state", "published")).expect(201);
        assertThat(answered.getInteger("version")).isEqualTo(2);
        JsonObject seen = published().getFirst();
        assertThat(seen.getJsonObject("official_name").getString("it")).isEqualTo("Misura regionale contro la povertà");
        assertThat(seen.getJsonArray("acts").getJsonObject(0).getString("number"))
                .isEqualTo("1/2026");
        assertThat(seen.getJsonArray("trades").stream()
                        .flatMap(each -> ((JsonObject) each).getJsonArray("mcc").stream()))
                .contains("5462", "5411");
        assertThat(seen.fieldNames()).doesNotContain("funded", "available", "name", "described_by");

        // A change that is being written changes nothing outside.
        describe(TestTown.description("draft").put("shops", TestTown.lines("Altrove", "Elsewhere")))
                .expect(201);
        assertThat(published().getFirst().getJsonObject("shops").getJsonArray("it"))
                .containsExactly("Elenco sul sito del Comune");
        describe(TestTown.description("withdrawn")).expect(201);
        assertThat(published()).isEmpty();
        assertThat(node.get("/public/programmes", null).response().headers().firstValue("Cache-Control"))
                .contains("public, max-age=60");
    }

    @Test
    void shouldServeLogosOfPublishedProgrammesOnlyAndSafely() {
        String path = "/programmes/" + town.programmeId + "/logos";
        node.post(path, town.social, TestTown.logo(1)).expect(201);
        String svg = "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h9v9z'/></svg>";
        assertThat(node.post(path, town.social, logo(svg)).expect(201).getString("format"))
                .isEqualTo("svg");
        assertThat(node.get("/public" + path, null).status()).isEqualTo(404);
        long sequence = node.post("/cards", town.social, new JsonObject().put("count", 1))
                .expect(201)
                .getLong("sequence");
        assertThat(node.get(path + "?min_sequence=" + sequence, town.treasurer).status())
                .isEqualTo(200);

        describe(TestTown.description("published")).expect(201);
        var shown = node.get("/public" + path + "?format=svg", null).response();
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Content-Type")).contains("image/svg+xml");
        assertThat(shown.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "sandbox");
        assertThat(shown.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(shown.body()).contains("M0 0h9v9z");
        assertThat(node.get("/public" + path + "?position=2", null).status()).isEqualTo(404);

        Answer refused = node.post(path, town.social, logo(svg.replace("<path", "<script>alert(1)</script><path")));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().encode()).contains("/content").doesNotContain("alert");
    }

    private static JsonObject logo(String svg) {
        return TestTown.logo(1)
                .put("content", Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldTellTheTillWhichGoodsAreEligibleAndNotWhoseMoneyItIs() throws Exception {
        assertThat(goods().getJsonObject("allowed").getJsonArray("it")).isEmpty();
        describe(TestTown.description("published")).expect(201);

        long sequence = node.post("/cards", town.social, new JsonObject().put("count", 1))
                .expect(201)
                .getLong("sequence");
        JsonObject goods = town.till
                .send("GET", "/till/eligible-goods?min_sequence=" + sequence, "", "")
                .expect(200);
        assertThat(goods.getString("category")).isEqualTo("bakery");
        assertThat(goods.getJsonObject("allowed").getJsonArray("en")).containsExactly("Food");
        assertThat(goods.getJsonObject("excluded").getJsonArray("it")).containsExactly("Alcolici");
        assertThat(goods.encode()).doesNotContain("Regione", "Misura", "prg_", "Buoni");

        JsonObject telling = TestTown.description("published");
        telling.getJsonObject("goods").put("allowed", TestTown.lines("Pane (Regione Siciliana)", "Bread"));
        Answer refused = describe(telling);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().getJsonArray("errors").getJsonObject(0).getString("code"))
                .isEqualTo("not_neutral");
        assertThat(goods().getJsonObject("allowed").getJsonArray("en")).containsExactly("Food");
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.node.TestNode.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PINs reset at the desk, and another person who asks the holder. Every reset is in the sample here. */
class PinReviewsTest {
    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    /** Another login of the person behind {@code town.social}. */
    private String secondLogin;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data, "ies.tokens.operator-life=PT1000H");
        town = TestTown.create(
                node, each -> secondLogin = each.appoint("anna.due", "RSSMRA80A01H501U", "social", "admin"));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void shouldHaveAnotherPersonLookIntoAResetAndKeepWhatItFound() {
        JsonObject card = town.newCard();
        long sequence = reset(card);
        String id = Ids.PIN_RESET.format(sequence);

        JsonObject listed = only("?open=true");
        assertThat(listed.getString("id")).isEqualTo(id);
        assertThat(listed.getString("card_id")).isEqualTo(card.getString("id"));
        assertThat(listed.getString("operator_id")).isEqualTo(town.operatorIds.get("anna.sociali"));
        assertThat(listed.getBoolean("overdue")).isFalse();
        assertThat(review(id, town.social, "in_order").code()).isEqualTo("same_person");
        assertThat(review(id, secondLogin, "in_order").code()).isEqualTo("same_person");

        JsonObject noted = review(id, town.treasurer, "holder_denies").expect(201);

        assertThat(noted.getString("outcome")).isEqualTo("holder_denies");
        assertThat(review(id, town.treasurer, "holder_denies").status()).isEqualTo(201);
        assertThat(review(id, town.treasurer, "in_order").code()).isEqualTo("pin_reset_reviewed");
        assertThat(only("").getString("reviewed_by")).isEqualTo(noted.getString("reviewed_by"));
        assertThat(node.get("/pin-resets?open=true", town.social).expect(200).getJsonArray("items"))
                .isEmpty();
    }

    @Test
    void shouldSayWhichReviewIsOverdue() {
        reset(town.newCard());
        JsonObject first = node.bootstrap(1);
        node.post(
                        "/clock-steps",
                        node.operatorToken(first.getString("username"), first.getString("password")),
                        new JsonObject()
                                .put(
                                        "advance_ms",
                                        Duration.ofDays(14).plusMinutes(1).toMillis()))
                .expect(201);

        assertThat(only("?open=true").getBoolean("overdue")).isTrue();
    }

    @Test
    void shouldKnowOneResetHoweverOftenItIsSent() {
        String path = "/cards/" + town.newCard().getString("id") + "/pin-resets";
        String key = TestNode.newKey();
        String body = new JsonObject().put("new_pin", "90417").encode();
        node.post(path, town.social, key, body).expect(201);
        node.post(path, town.social, key, body).expect(201);

        assertThat(only("").containsKey("outcome")).isFalse();
    }

    private long reset(JsonObject card) {
        return node.post(
                        "/cards/" + card.getString("id") + "/pin-resets",
                        town.social,
                        new JsonObject().put("new_pin", "90417"))
                .expect(201)
                .getLong("sequence");
    }

    private Answer review(String id, String token, String outcome) {
        return node.post("/pin-resets/" + id + "/reviews", token, new JsonObject().put("outcome", outcome));
    }

    private JsonObject only(String query) {
        var items = node.get("/pin-resets" + query, town.social).expect(200).getJsonArray("items");
        assertThat(items).hasSize(1);
        return items.getJsonObject(0);
    }
}

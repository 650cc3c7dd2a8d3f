// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordChangeTest {
    private static final String FRESH = "sette gatti verdi sul tetto di notte";

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

    private Answer change(String name, String token, String oldPassword, String newPassword) {
        return node.post(
                "/operators/" + town.operatorIds.get(name) + "/password-changes",
                token,
                new JsonObject().put("old_password", oldPassword).put("new_password", newPassword));
    }

    @Test
    void shouldChangeTheOwnPasswordAndEndEveryTokenOfBefore() {
        String username = town.username("bruno.conti");
        String first = town.logIn("bruno.conti");
        String second = town.logIn("bruno.conti");

        JsonObject changed =
                change("bruno.conti", first, TestTown.password(username), FRESH).expect(201);

        assertThat(changed.getString("id")).isEqualTo(town.operatorIds.get("bruno.conti"));
        assertThat(node.get("/merchants", first).expect(401).getString("code")).isEqualTo("invalid_token");
        assertThat(node.get("/merchants", second).status()).isEqualTo(401);
        String fresh = node.operatorToken(username, FRESH);
        assertThat(node.get("/merchants", fresh).status()).isEqualTo(200);
        assertThat(node.post(
                                "/tokens",
                                null,
                                new JsonObject()
                                        .put("grant_type", "password")
                                        .put("username", username)
                                        .put("password", TestTown.password(username)))
                        .code())
                .isEqualTo("invalid_credentials");
    }

    @Test
    void shouldAskForTheOldPasswordAndAGoodNewOne() {
        String right = TestTown.password(town.username("anna.sociali"));

        assertThat(change("anna.sociali", town.social, "non la ricordo", FRESH)
                        .expect(401)
                        .getString("code"))
                .isEqualTo("invalid_credentials");
        assertThat(change("anna.sociali", town.social, right, "passwordpassword")
                        .expect(422)
                        .getString("code"))
                .isEqualTo("password_too_weak");
        assertThat(node.get("/merchants", town.social).status())
                .as("nothing has changed")
                .isEqualTo(200);
    }

    @Test
    void shouldChangeNobodyElsesPassword() {
        Answer other =
                change("anna.sociali", town.installation(), TestTown.password(town.username("anna.sociali")), FRESH);

        assertThat(other.expect(403).getString("code")).isEqualTo("forbidden");
    }

    @Test
    void shouldBoundGuessesOfTheOldPasswordWithAStolenToken() throws Exception {
        String name = "carla.ladra";
        TestTown fresh = TestTown.create(node, each -> each.appoint(name, "RSSMRA82A01H501W", "auditor"));
        String token = fresh.logIn(name);
        Answer last = null;
        for (int i = 0; i < 12; i++) {
            last = node.post(
                    "/operators/" + fresh.operatorIds.get(name) + "/password-changes",
                    token,
                    new JsonObject()
                            .put("old_password", "tentativo numero " + i)
                            .put("new_password", FRESH));
        }

        assertThat(last.expect(429).getString("code")).isEqualTo("too_many_attempts");
    }
}

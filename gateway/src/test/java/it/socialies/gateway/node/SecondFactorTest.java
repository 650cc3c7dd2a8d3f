// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.engine.protocol.sbe.InstallationMode;
import it.socialies.gateway.node.TestNode.Answer;
import it.socialies.gateway.security.KeyRotation;
import it.socialies.gateway.security.KeyRotation.Rotatable;
import it.socialies.gateway.security.SecondFactorPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Second factors of operators on a real node. One that requires them is apart; by default a sandbox does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecondFactorTest {
    private static final String PERSON = "RSSMRA82A01H501W";

    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node, each -> {
            for (String name :
                    List.of("bice.codici", "dora.persa", "elio.prova", "fede.lenta", "gina.chiave", "ugo.carta")) {
                each.appoint(name, PERSON, "auditor");
            }
        });
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    private Answer enrol(String name, String token, String password) {
        return node.post(
                "/operators/" + town.operatorIds.get(name) + "/second-factors",
                token,
                new JsonObject().put("password", password));
    }

    private Answer logInByPassword(String name) {
        String username = town.username(name);
        return node.post(
                "/tokens",
                null,
                new JsonObject()
                        .put("grant_type", "password")
                        .put("username", username)
                        .put("password", TestTown.password(username)));
    }

    @Test
    void shouldCountFromTheFirstCodeOnAndEndEveryTokenOfBefore() throws Exception {
        String username = town.username("bice.codici");
        String token = town.logIn("bice.codici");
        JsonObject prepared =
                enrol("bice.codici", token, TestTown.password(username)).expect(201);
        assertThat(prepared.getString("state")).isEqualTo("pending");
        assertThat(prepared.getString("secret")).matches("[A-Z2-7]{32}");
        assertThat(prepared.getString("otpauth_uri"))
                .isEqualTo("otpauth://totp/social-ies:" + username + "?secret=" + prepared.getString("secret")
                        + "&issuer=social-ies&algorithm=SHA1&digits=6&period=30");
        assertThat(logInByPassword("bice.codici").status())
                .as("nobody confirmed it yet")
                .isEqualTo(201);

        Authenticator phone = Authenticator.show(
                node, town.operatorIds.get("bice.codici"), username, TestTown.password(username), token);
        assertThat(phone.confirm(token, "000000").code()).isEqualTo("second_factor_wrong");
        String first = phone.code();
        assertThat(phone.confirm(token, first).expect(201).getString("state")).isEqualTo("active");

        assertThat(node.get("/merchants", token).expect(401).getString("code")).isEqualTo("invalid_token");
        assertThat(logInByPassword("bice.codici").expect(401).getString("code")).isEqualTo("second_factor_needed");
        assertThat(phone.logIn(first).expect(401).getString("code"))
                .as("the first code is used up")
                .isEqualTo("second_factor_wrong");
        String second = phone.code();
        JsonObject issued = phone.logIn(second).expect(201);
        assertThat(issued.containsKey("limited_to")).isFalse();
        assertThat(node.get("/merchants", issued.getString("access_token")).status())
                .isEqualTo(200);
        node.restart();
        town.afterRestart();
        assertThat(phone.logIn(second).code()).as("also after a restart").isEqualTo("second_factor_wrong");
    }

    @Test
    void shouldAskForThePasswordAgainAndForNobodyElse() {
        String token = town.logIn("elio.prova");
        assertThat(enrol("elio.prova", token, "non la ricordo").expect(401).getString("code"))
                .isEqualTo("invalid_credentials");
        assertThat(enrol("elio.prova", town.social, TestTown.password(town.username("elio.prova")))
                        .expect(403)
                        .getString("code"))
                .isEqualTo("forbidden");
        assertThat(node.post(
                                "/operators/" + town.operatorIds.get("elio.prova") + "/second-factor-confirmations",
                                token,
                                new JsonObject().put("code", "492039"))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("second_factor_not_prepared");
    }

    @Test
    void shouldBoundGuessedFirstCodes() {
        String username = town.username("fede.lenta");
        String token = town.logIn("fede.lenta");
        Authenticator phone = Authenticator.show(
                node, town.operatorIds.get("fede.lenta"), username, TestTown.password(username), token);
        Answer last = null;
        for (int i = 0; i < 12; i++) {
            last = phone.confirm(token, "00000" + i % 10);
        }
        assertThat(last.expect(429).getString("code")).isEqualTo("too_many_attempts");
    }

    /** The device is gone: neither the operator nor anybody alone gets rid of it; two others make a new login for the person, which has none. */
    @Test
    void shouldGiveANewLoginByTwoPersonsToWhoLostTheDevice() {
        Authenticator lost = Authenticator.enrol(node, town, "dora.persa");
        String token = lost.logIn().expect(201).getString("access_token");
        assertThat(enrol("dora.persa", token, TestTown.password(town.username("dora.persa")))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("second_factor_active");

        JsonObject proposed = node.post(
                        "/operators",
                        town.social,
                        new JsonObject()
                                .put("username", town.username("dora.nuova"))
                                .put(
                                        "person",
                                        new JsonObject()
                                                .put("given_name", "Dora")
                                                .put("family_name", "Persa")
                                                .put("tax_code", PERSON))
                                .put("roles", new JsonArray().add("auditor")))
                .expect(202);
        JsonObject approved = node.post(
                        "/operators/" + proposed.getString("proposal_id") + "/approvals",
                        town.treasurer,
                        new JsonObject())
                .expect(201);
        JsonObject activation = new JsonObject()
                .put("username", town.username("dora.nuova"))
                .put("first_part", proposed.getString("activation_code_part"))
                .put("second_part", approved.getString("activation_code_part"))
                .put("password", TestTown.password(town.username("dora.nuova")));
        node.post("/operators/" + approved.getString("id") + "/activations", null, activation)
                .expect(201);
        assertThat(logInByPassword("dora.nuova").code())
                .as("no code is asked for: the role is not in force before tomorrow")
                .isEqualTo("role_not_effective");
        assertThat(logInByPassword("dora.persa").code())
                .as("the old login is as it was")
                .isEqualTo("second_factor_needed");
    }

    @Test
    void shouldLetWhoHasPaperEnrolAnotherDeviceAndDoNothingElse() throws Exception {
        String username = town.username("ugo.carta");
        String path = "/operators/" + town.operatorIds.get("ugo.carta");
        String first = town.logIn("ugo.carta");
        Authenticator lost = Authenticator.show(
                node, town.operatorIds.get("ugo.carta"), username, TestTown.password(username), first);
        List<String> codes = codesOf(lost.confirm(first, lost.code()).expect(201));
        assertThat(codes).hasSize(8).doesNotHaveDuplicates();
        String full = lost.logIn().expect(201).getString("access_token");

        assertThat(recover("ugo.carta", "0000-0000-0000-0000").code()).isEqualTo("second_factor_wrong");
        JsonObject limited = recover("ugo.carta", codes.getFirst()).expect(201);
        String token = limited.getString("access_token");

        assertThat(limited.getString("limited_to")).isEqualTo("second_factor");
        assertThat(node.get("/operators", token).code()).isEqualTo("second_factor_not_enrolled");
        assertThat(node.get("/operators", full).status())
                .as("what came before has ended")
                .isEqualTo(401);
        assertThat(recover("ugo.carta", codes.getFirst()).code())
                .as("each once")
                .isEqualTo("second_factor_wrong");
        assertThat(lost.logIn().code()).as("the lost device").isEqualTo("second_factor_wrong");
        assertThat(logInByPassword("ugo.carta").code())
                .as("the password alone, while no device counts")
                .isEqualTo("second_factor_needed");

        Authenticator found = Authenticator.show(
                node, town.operatorIds.get("ugo.carta"), username, TestTown.password(username), token);
        List<String> fresh = codesOf(found.confirm(token, found.code()).expect(201));
        String again = found.logIn().expect(201).getString("access_token");
        assertThat(recover("ugo.carta", codes.get(1)).code())
                .as("those of before")
                .isEqualTo("second_factor_wrong");

        JsonObject wrong = new JsonObject().put("password", "non è questa").put("code", found.code());
        assertThat(node.post(path + "/recovery-codes", again, wrong).code()).isEqualTo("invalid_credentials");
        JsonObject right = wrong.copy().put("password", TestTown.password(username));
        List<String> newest =
                codesOf(node.post(path + "/recovery-codes", again, right).expect(201));
        assertThat(newest).hasSize(8).doesNotContainAnyElementsOf(fresh);
        assertThat(node.post(path + "/recovery-codes", again, right).code())
                .as("a code of the device is good once")
                .isEqualTo("second_factor_wrong");
        assertThat(node.inOffice("UPDATE office.recovery_code SET used_ms = used_ms"))
                .isEqualTo(countOfCodes());
        assertThat(recover("ugo.carta", newest.getFirst()).status()).isEqualTo(201);
    }

    /** Eight of each operator with a second factor that counts or is lost. */
    private int countOfCodes() throws Exception {
        return 8 * node.inOffice("UPDATE office.second_factor SET state = state WHERE state <> 'PENDING'");
    }

    private static List<String> codesOf(JsonObject confirmed) {
        return confirmed.getJsonArray("recovery_codes").stream()
                .map(String.class::cast)
                .toList();
    }

    private Answer recover(String name, String recoveryCode) {
        String username = town.username(name);
        return node.post(
                "/tokens",
                null,
                new JsonObject()
                        .put("grant_type", "password")
                        .put("username", username)
                        .put("password", TestTown.password(username))
                        .put("recovery_code", recoveryCode));
    }

    @Test
    void shouldGoOnUnderANewKeyAndRefuseWithoutAny() throws Exception {
        Authenticator phone = Authenticator.enrol(node, town, "gina.chiave");
        Path file = data.resolve("secrets/keys/second-factor.json");
        new KeyRotation(data.resolve("secrets/keys")).rotate(Rotatable.SECOND_FACTOR, System.currentTimeMillis());
        node.restart();
        phone.logIn().expect(201);
        byte[] key = Files.readAllBytes(file);
        Files.delete(file);
        node.restart();
        assertThat(phone.logIn("000000").expect(503).getString("code")).isEqualTo("second_factor_unreadable");
        Files.write(file, key);
        node.restart();
        town.afterRestart();
        phone.logIn().expect(201);
    }

    @Test
    void shouldBeRequiredInALiveInstallationAndOptionalInASandbox() {
        assertThat(node.config().secondFactorIn(InstallationMode.LIVE)).isEqualTo(SecondFactorPolicy.REQUIRED);
        assertThat(node.config().secondFactorIn(InstallationMode.SANDBOX)).isEqualTo(SecondFactorPolicy.OPTIONAL);
    }

    @Test
    void shouldLetWhoHasNoneOnlyEnrolOneWhereItIsRequired(@TempDir Path other) throws Exception {
        try (TestNode strict = TestNode.create(other, "ies.operators.second-factor=required")) {
            JsonObject operator = strict.bootstrap(1);
            String username = operator.getString("username");
            String password = operator.getString("password");
            JsonObject limited = strict.post(
                            "/tokens",
                            null,
                            new JsonObject()
                                    .put("grant_type", "password")
                                    .put("username", username)
                                    .put("password", password))
                    .expect(201);
            String token = limited.getString("access_token");
            assertThat(limited.getString("limited_to")).isEqualTo("second_factor");
            assertThat(limited.getJsonArray("roles")).isEmpty();
            for (Answer refused : List.of(
                    strict.get("/circuits", token),
                    strict.post("/circuits", token, new JsonObject().put("name", "Comune di Prova")),
                    strict.post(
                            "/operators/opr_1/password-changes",
                            token,
                            new JsonObject()
                                    .put("old_password", password)
                                    .put("new_password", "sette gatti verdi sul tetto di notte")))) {
                assertThat(refused.expect(403).getString("code")).isEqualTo("second_factor_not_enrolled");
            }

            Authenticator phone = Authenticator.show(strict, "opr_1", username, password, token);
            phone.confirm(token, phone.code()).expect(201);
            assertThat(strict.get("/circuits", token).status()).isEqualTo(401);
            String full = phone.logIn().expect(201).getString("access_token");
            assertThat(strict.post("/circuits", full, new JsonObject().put("name", "Comune di Prova"))
                            .status())
                    .isEqualTo(201);
        }
    }
}

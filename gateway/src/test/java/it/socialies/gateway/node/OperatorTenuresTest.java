// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Substitutes and leavers on a real node, and an attacker who owns every login of one person. */
class OperatorTenuresTest {
    private static final String ANNA = "RSSMRA80A01H501U";
    private static final String CARLA = "RSSMRA82A01H501W";

    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node, each -> each.appoint("carla.capo", CARLA, "admin", "social"));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void shouldGiveASubstituteItsRolesForItsTimeOnly() {
        Instant now = now();
        Instant until = now.plus(Duration.ofDays(3));
        JsonObject proposed = node.post(
                        path("bruno.conti", "roles"),
                        town.social,
                        new JsonObject()
                                .put("roles", new JsonArray().add("auditor"))
                                .put("until", until.toString())
                                .put("act_reference", 45))
                .expect(202);
        assertThat(proposed.getString("kind")).isEqualTo("grant_roles");
        assertThat(proposed.getInteger("act_reference")).isEqualTo(45);
        assertThat(Instant.parse(proposed.getString("until"))).isEqualTo(until);
        assertThat(approve(proposed, "carla.capo", new JsonObject().put("digest", "0".repeat(64)))
                        .code())
                .as("who approves names the dates it saw")
                .isEqualTo("proposal_changed");
        JsonObject approved =
                approve(proposed, "carla.capo", TestTown.seen(proposed)).expect(201);
        assertThat(Instant.parse(approved.getString("effective_at"))).isAfterOrEqualTo(now.plus(Duration.ofDays(1)));

        String entry = "/audit/entries/" + approved.getLong("sequence");
        node.get(entry, town.logIn("bruno.conti")).expect(403);
        JsonObject waiting = listed("bruno.conti", approved.getLong("sequence"));
        assertThat(waiting.getJsonArray("roles")).contains("auditor");
        assertThat(waiting.getJsonArray("roles_in_force")).doesNotContain("auditor");
        pass(Duration.ofDays(1));
        JsonObject working = listed("bruno.conti", approved.getLong("sequence"));
        assertThat(working.getJsonArray("roles_in_force")).contains("auditor");
        String auditor = town.logIn("bruno.conti");
        node.get(entry, auditor).expect(200);
        JsonObject grant = grantOf(working, "auditor");
        assertThat(grant.getInteger("act_reference")).isEqualTo(45);
        assertThat(Instant.parse(grant.getString("until"))).isEqualTo(until);
        assertThat(grant.getString("appointment_id")).isEqualTo(proposed.getString("proposal_id"));
        pass(Duration.ofDays(2));
        assertThat(node.get(entry, auditor).status()).as("its time is over").isIn(401, 403);
        node.get(entry, town.logIn("bruno.conti")).expect(403);
        assertThat(listed("bruno.conti", approved.getLong("sequence")).getJsonArray("roles"))
                .doesNotContain("auditor");
        assertThat(node.get(path("bruno.conti", "roles"), town.logIn("bruno.conti"))
                        .expect(200)
                        .getJsonArray("items"))
                .as("what was is still told")
                .hasSize(2);
    }

    @Test
    void shouldTellTheActThatAppointsASubstitute() {
        String actId = node.post("/acts", town.social, TestTown.act("12/2026"))
                .expect(201)
                .getString("id");
        JsonObject proposed = node.post(
                        path("bruno.conti", "roles"),
                        town.social,
                        new JsonObject()
                                .put("roles", new JsonArray().add("auditor"))
                                .put("act_reference", actId))
                .expect(202);
        JsonObject approved =
                approve(proposed, "carla.capo", TestTown.seen(proposed)).expect(201);

        assertThat(node.get(path("bruno.conti", "roles") + "?min_sequence=" + approved.getLong("sequence"), town.social)
                        .expect(200)
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getJsonObject("act")
                        .getString("number"))
                .isEqualTo("12/2026");
        assertThat(node.post(
                                path("bruno.conti", "roles"),
                                town.social,
                                new JsonObject()
                                        .put("roles", new JsonArray().add("auditor"))
                                        .put("act_reference", "act_zzz"))
                        .code())
                .isEqualTo("not_found");
    }

    @Test
    void shouldGiveNoTokenThatOutlivesARole() {
        Instant until = now().plus(Duration.ofDays(1)).plus(Duration.ofSeconds(70));
        JsonObject proposed = node.post(
                        path("carla.capo", "roles"),
                        town.social,
                        new JsonObject()
                                .put("roles", new JsonArray().add("treasurer"))
                                .put("until", until.toString())
                                .put("act_reference", 45))
                .expect(202);
        approve(proposed, "bruno.conti", TestTown.seen(proposed)).expect(201);
        pass(Duration.ofDays(1).plusSeconds(5));

        int seconds = node.post(
                        "/tokens",
                        null,
                        new JsonObject()
                                .put("grant_type", "password")
                                .put("username", town.username("carla.capo"))
                                .put("password", TestTown.password(town.username("carla.capo"))))
                .expect(201)
                .getInteger("expires_in");

        assertThat(seconds).isBetween(0, 70);
    }

    @Test
    void shouldEndRolesBeforeTheirTimeAtTheWordOfOneAdministrator() {
        JsonObject proposed =
                node.post(path("bruno.conti", "roles"), town.social, auditing()).expect(202);
        approve(proposed, "carla.capo", TestTown.seen(proposed)).expect(201);
        JsonObject appointment = new JsonObject().put("appointment_id", proposed.getString("proposal_id"));

        JsonObject ended = node.post(path("bruno.conti", "role-ends"), town.social, appointment)
                .expect(201);

        assertThat(ended.getJsonArray("roles")).doesNotContain("auditor");
        assertThat(node.post(path("bruno.conti", "role-ends"), town.social, appointment)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldShutALeaverOutAtOnceWithEveryLogin() throws Exception {
        JsonObject topUp = proposedTopUp(town.social);
        int factors = node.inOffice("UPDATE office.second_factor SET state = state");
        String token = Authenticator.enrol(node, town, "anna.sociali")
                .logIn()
                .expect(201)
                .getString("access_token");
        node.get("/cards", token).expect(200);
        assertThat(node.inOffice("UPDATE office.second_factor SET state = state"))
                .isEqualTo(factors + 1);
        JsonObject second = newLogin("anna.vice", ANNA, town.logIn("carla.capo"), "bruno.conti");

        JsonObject left = node.post(path("anna.sociali", "retirements"), town.logIn("bruno.conti"))
                .expect(201);

        assertThat(left.getString("state")).isEqualTo("retired");
        assertThat(node.get("/cards", token).status()).isEqualTo(401);
        assertThat(logIn("anna.sociali").code()).isEqualTo("invalid_credentials");
        assertThat(node.inOffice("UPDATE office.second_factor SET state = state"))
                .isEqualTo(factors);
        assertThat(node.inOffice("UPDATE office.recovery_code SET used_ms = used_ms"))
                .isZero();
        assertThat(activate(second, "anna.vice").code())
                .as("a code that was out is worth nothing")
                .isEqualTo("activation_refused");
        assertThat(approve(topUp, "bruno.conti", TestTown.seen(topUp)).code()).isEqualTo("proposer_retired");
        assertThat(node.post(path("anna.sociali", "roles"), town.logIn("bruno.conti"), auditing())
                        .code())
                .isEqualTo("operator_retired");
        assertThat(node.post(path("anna.sociali", "retirements"), town.logIn("bruno.conti"))
                        .code())
                .isEqualTo("appointment_state_conflict");
    }

    @Test
    void shouldNotLetTheLastAdministratorLeave() {
        String bruno = town.logIn("bruno.conti");
        node.post(path("anna.sociali", "retirements"), town.social).expect(201);
        node.post(path("carla.capo", "retirements"), town.logIn("carla.capo")).expect(201);

        assertThat(node.post(path("bruno.conti", "retirements"), bruno).code()).isEqualTo("last_admin");

        // With one left, somebody of the installation is the second person.
        JsonObject proposed = node.post("/operators", bruno, person("dario.nuovo", CARLA, "admin"))
                .expect(202);
        assertThat(node.post("/operators/" + proposed.getString("proposal_id") + "/approvals", bruno, new JsonObject())
                        .code())
                .isEqualTo("same_person");
        node.post(
                        "/operators/" + proposed.getString("proposal_id") + "/approvals?circuit_id=" + town.circuitId,
                        town.installation(),
                        new JsonObject())
                .expect(201);
    }

    @Test
    void shouldRefuseAnAttackerWhoOwnsTheInstallationAndOneAdministrator() {
        String bruno = town.logIn("bruno.conti");
        node.post(path("anna.sociali", "retirements"), bruno).expect(201);
        node.post(path("carla.capo", "retirements"), bruno).expect(201);
        String inTheTown = "?circuit_id=" + town.circuitId;
        JsonObject own = node.post("/operators", bruno, person("dario.uno", CARLA, "admin"))
                .expect(202);
        JsonObject helped = node.post(
                        "/operators" + inTheTown, town.installation(), person("dario.due", CARLA, "admin"))
                .expect(202);

        assertThat(node.post(
                                "/operators/" + own.getString("proposal_id") + "/approvals" + inTheTown,
                                town.installation(),
                                new JsonObject())
                        .code())
                .isEqualTo("other_person_needed");
        assertThat(node.post("/operators/" + helped.getString("proposal_id") + "/approvals", bruno, new JsonObject())
                        .code())
                .isEqualTo("other_person_needed");
    }

    @Test
    void shouldRefuseAnAttackerWhoOwnsEveryLoginOfOnePerson() {
        // One login of before, a second as a substitute, a third after leaving and coming back: one person all the
        // time.
        JsonObject vice = newLogin("anna.vice", ANNA, town.logIn("carla.capo"), "bruno.conti");
        activate(vice, "anna.vice").expect(201);
        pass(Duration.ofDays(1));
        JsonObject topUp = proposedTopUp(town.logIn("anna.sociali"));
        assertThat(approve(topUp, "anna.vice", TestTown.seen(topUp)).code()).isEqualTo("same_person");
        JsonObject other = proposedTopUp(town.logIn("anna.vice"));
        assertThat(approve(other, "anna.sociali", TestTown.seen(other)).code()).isEqualTo("same_person");

        node.post(path("anna.sociali", "retirements"), town.logIn("bruno.conti"))
                .expect(201);
        JsonObject back = newLogin("anna.torna", ANNA, town.logIn("carla.capo"), "bruno.conti");
        activate(back, "anna.torna").expect(201);
        JsonObject twin = newLogin("anna.gemella", ANNA, town.logIn("carla.capo"), "bruno.conti");
        activate(twin, "anna.gemella").expect(201);
        pass(Duration.ofDays(1));
        JsonObject third = proposedTopUp(town.logIn("anna.torna"));

        assertThat(approve(third, "anna.gemella", TestTown.seen(third)).code()).isEqualTo("same_person");
        assertThat(logIn("anna.sociali").code()).isEqualTo("invalid_credentials");
        assertThat(logIn("anna.vice").code()).isEqualTo("invalid_credentials");
        approve(third, "bruno.conti", TestTown.seen(third)).expect(201);
    }

    // ---------------------------------------------------------------- steps

    private JsonObject newLogin(String name, String taxCode, String proposer, String approver) {
        JsonObject proposed = node.post(
                        "/operators",
                        proposer,
                        person(name, taxCode, "social", "admin").put("act_reference", 46))
                .expect(202);
        JsonObject approved =
                approve(proposed, approver, TestTown.seen(proposed)).expect(201);
        town.operatorIds.put(name, approved.getString("operator_id"));
        return new JsonObject()
                .put("first_part", proposed.getString("activation_code_part"))
                .put("second_part", approved.getString("activation_code_part"));
    }

    private Answer activate(JsonObject parts, String name) {
        return node.post(
                path(name, "activations"),
                null,
                parts.copy()
                        .put("username", town.username(name))
                        .put("password", TestTown.password(town.username(name))));
    }

    private JsonObject person(String name, String taxCode, String... roles) {
        return new JsonObject()
                .put("username", town.username(name))
                .put(
                        "person",
                        new JsonObject()
                                .put("given_name", "Anna")
                                .put("family_name", "Prova")
                                .put("tax_code", taxCode))
                .put("roles", new JsonArray(List.of(roles)));
    }

    private static JsonObject auditing() {
        return new JsonObject().put("roles", new JsonArray().add("auditor")).put("act_reference", 45);
    }

    private JsonObject proposedTopUp(String token) {
        JsonObject row = new JsonObject()
                .put("wallet_id", town.card.getString("wallet_id"))
                .put("amount", TestTown.euro(100));
        return post(
                        "/top-ups",
                        token,
                        new JsonObject().put("programme_id", town.programmeId).put("rows", new JsonArray().add(row)))
                .expect(202);
    }

    private Answer approve(JsonObject proposal, String name, JsonObject seen) {
        return post("/proposals/" + proposal.getString("proposal_id") + "/approvals", town.logIn(name), seen);
    }

    /** With a key of the installation's time, which these tests move. */
    private Answer post(String path, String token, JsonObject body) {
        return node.post(path, token, TestNode.keyOf(now().toEpochMilli()).toString(), body.encode());
    }

    private Answer logIn(String name) {
        return node.post(
                "/tokens",
                null,
                new JsonObject()
                        .put("grant_type", "password")
                        .put("username", town.username(name))
                        .put("password", TestTown.password(town.username(name))));
    }

    private String path(String name, String action) {
        return "/operators/" + town.operatorIds.get(name) + "/" + action;
    }

    private JsonObject listed(String name, long sequence) {
        return node
                .get("/operators?limit=200&min_sequence=" + sequence, town.logIn("bruno.conti"))
                .expect(200)
                .getJsonArray("items")
                .stream()
                .map(JsonObject.class::cast)
                .filter(operator -> operator.getString("id").equals(town.operatorIds.get(name)))
                .findAny()
                .orElseThrow();
    }

    private static JsonObject grantOf(JsonObject operator, String role) {
        return operator.getJsonArray("grants").stream()
                .map(JsonObject.class::cast)
                .filter(grant -> grant.getString("role").equals(role))
                .findAny()
                .orElseThrow();
    }

    private Instant now() {
        return Instant.parse(node.get("/status", null).json().getString("time"));
    }

    private void pass(Duration time) {
        JsonObject first = node.bootstrap(1);
        node.post(
                        "/clock-steps",
                        node.operatorToken(first.getString("username"), first.getString("password")),
                        new JsonObject().put("advance_ms", time.toMillis()))
                .expect(201);
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.EmergencyTown.MONTH_MAX;
import static it.socialies.gateway.node.EmergencyTown.REVIEW_DAYS;
import static it.socialies.gateway.node.TestNode.OWN_CASE;
import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emergency awards over HTTP, on a real node: what one operator can give, and what it cannot. */
class EmergencyAwardsTest {
    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private EmergencyTown fund;
    private long aheadMs;
    /** Another login of the person behind {@code town.social}. */
    private String secondLogin;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data, "ies.tokens.operator-life=PT2000H");
        town = TestTown.create(
                node,
                each -> secondLogin = each.appoint("anna.due", "RSSMRA80A01H501U", "social", "treasurer", "admin"));
        fund = new EmergencyTown(town);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private Answer award(JsonObject request) {
        return node.post("/emergency-awards", town.social, key(), request.encode());
    }

    /** Of the sandbox's time. */
    private String key() {
        return TestNode.keyOf(System.currentTimeMillis() + aheadMs).toString();
    }

    private Answer award(JsonObject person, long cents) {
        return award(fund.request(person, cents));
    }

    private Answer review(String id, String token, String verdict) {
        return node.post(
                "/emergency-awards/" + id + "/reviews",
                token,
                key(),
                new JsonObject().put("verdict", verdict).encode());
    }

    private List<String> listed(String query) {
        return items(query).stream().map(each -> each.getString("id")).toList();
    }

    private List<JsonObject> items(String query) {
        long sequence = node.get("/status", null).expect(200).getLong("sequence");
        return node
                .get("/emergency-awards?min_sequence=" + sequence + query, town.treasurer)
                .expect(200)
                .getJsonArray("items")
                .stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    @Test
    void shouldGiveAtOnceAndHaveAnotherPersonLookAtIt() {
        JsonObject person = fund.holder();
        JsonObject dry = node.post("/emergency-awards?dry_run=true", town.social, fund.request(person, 50_00))
                .expect(200);
        assertThat(dry.getString("outcome")).isEqualTo("ok");
        assertThat(items("")).isEmpty();

        JsonObject given = award(person, 50_00).expect(201);
        String id = given.getString("id");
        assertThat(id).startsWith("emg_");
        assertThat(given.getString("person_id")).isEqualTo(person.getString("id"));
        assertThat(given.getString("awarded_by")).isEqualTo(town.operatorIds.get("anna.sociali"));
        assertThat(given.getString("month"))
                .isEqualTo(YearMonth.now(ZoneId.of("Europe/Rome")).toString());
        assertThat(Duration.between(
                        Instant.parse(given.getString("awarded_at")), Instant.parse(given.getString("review_by"))))
                .isEqualTo(Duration.ofDays(REVIEW_DAYS));
        assertThat(town.available(given)).isEqualTo(50_00);
        JsonObject shown = items("").getFirst();
        assertThat(shown.getString("state")).isEqualTo("to_review");
        assertThat(shown.getBoolean("overdue")).isFalse();
        for (String field : given.fieldNames()) {
            assertThat(shown.getValue(field)).as(field).isEqualTo(given.getValue(field));
        }

        JsonObject reviewed = review(id, town.treasurer, "objected").expect(201);
        assertThat(reviewed.getString("state")).isEqualTo("objected");
        assertThat(reviewed.getString("reviewed_by")).isEqualTo(town.operatorIds.get("bruno.conti"));
        assertThat(review(id, town.treasurer, "confirmed").expect(409).getString("code"))
                .isEqualTo("review_state_conflict");
        assertThat(listed("&state=objected")).containsExactly(id);
        assertThat(listed("&state=to_review")).isEmpty();
        assertThat(listed("&state=confirmed")).isEmpty();
        assertThat(items("&state=objected").getFirst().getString("reviewed_at"))
                .isEqualTo(reviewed.getString("reviewed_at"));
        // What somebody objects to is not taken back by that.
        assertThat(town.available(given)).isEqualTo(50_00);
        assertThat(review("emg_zzzz", town.treasurer, "confirmed").status()).isEqualTo(404);
    }

    @Test
    void shouldLetNobodyReviewTheOwnAwardByAnotherLogin() {
        String id = award(fund.holder(), 10_00).expect(201).getString("id");

        assertThat(review(id, town.social, "confirmed").expect(403).getString("code"))
                .isEqualTo("same_person");
        assertThat(review(id, secondLogin, "confirmed").expect(403).getString("code"))
                .isEqualTo("same_person");
        assertThat(listed("&state=to_review")).containsExactly(id);
        review(id, town.treasurer, "confirmed").expect(201);
        assertThat(listed("&state=confirmed")).containsExactly(id);
    }

    @Test
    void shouldCountAHouseholdOnceWhoeverOfItHasACard() {
        JsonObject mother = fund.person(null);
        JsonObject father = fund.person(mother.getString("household_id"));
        fund.card(mother);
        JsonObject hisCard = fund.card(father);
        award(mother, 100_00).expect(201);

        assertThat(award(father, 50_01).expect(422).getString("code")).isEqualTo("emergency_limit_exceeded");
        JsonObject byCard = fund.request(father, 50_01).put("card_id", hisCard.getString("id"));
        byCard.remove("person_id");
        assertThat(award(byCard).expect(422).getString("code")).isEqualTo("emergency_limit_exceeded");
        assertThat(node.post("/emergency-awards?dry_run=true", secondLogin, byCard)
                        .expect(200)
                        .getString("outcome"))
                .isEqualTo("emergency_limit_exceeded");
        award(byCard.put("amount", euro(50_00))).expect(201);
        assertThat(award(mother, 1).code()).isEqualTo("emergency_limit_exceeded");
        // Others are households of their own.
        award(fund.holder(), MONTH_MAX).expect(201);

        // A card goes with its holder, and takes along what it got: moving to another household helps nobody.
        JsonObject other = fund.person(null);
        int version = node.get("/people/" + father.getString("id") + "?case_id=" + OWN_CASE, town.social)
                .expect(200)
                .getInteger("version");
        node.post(
                        "/people/" + mother.getString("id") + "/rectifications",
                        town.social,
                        new JsonObject()
                                .put("case_id", OWN_CASE)
                                .put("version", version)
                                .put(
                                        "person",
                                        new JsonObject()
                                                .put(
                                                        "household",
                                                        new JsonObject().put("id", other.getString("household_id")))))
                .expect(201);
        assertThat(award(mother, 50_01).code()).isEqualTo("emergency_limit_exceeded");
    }

    @Test
    void shouldGiveNothingMoreWhileAReviewIsOverdue() {
        JsonObject first = award(fund.holder(), 10_00).expect(201);
        JsonObject next = fund.holder();
        EmergencyTown elsewhere = new EmergencyTown(town);
        pass(Duration.ofDays(REVIEW_DAYS).minusMinutes(5));
        assertThat(listed("&state=overdue")).isEmpty();
        award(next, 10_00).expect(201);
        pass(Duration.ofMinutes(6));

        assertThat(listed("&state=overdue")).containsExactly(first.getString("id"));
        assertThat(listed("&state=to_review")).hasSize(2);
        assertThat(items("&state=overdue").getFirst().getBoolean("overdue")).isTrue();
        assertThat(award(next, 10_00).expect(409).getString("code")).isEqualTo("review_overdue");
        // Another fund of the same office is not closed by it.
        award(elsewhere.request(next, 10_00)).expect(201);

        review(first.getString("id"), town.treasurer, "confirmed").expect(201);
        award(next, 10_00).expect(201);
        assertThat(listed("&state=overdue")).isEmpty();
        assertThat(listed("&programme_id=" + elsewhere.programmeId)).hasSize(1);
        assertThat(node.get("/emergency-awards?limit=2", town.social)
                        .expect(200)
                        .getString("next_cursor"))
                .isNotNull();
    }

    private void pass(Duration time) {
        JsonObject operator = node.bootstrap(1);
        node.post(
                        "/clock-steps",
                        node.operatorToken(operator.getString("username"), operator.getString("password")),
                        new JsonObject().put("advance_ms", time.toMillis()))
                .expect(201);
        aheadMs += time.toMillis();
        // A case is of one day.
        town.social = town.logIn("anna.sociali");
        town.treasurer = town.logIn("bruno.conti");
    }

    @Test
    void shouldKeepEmergencyFundsAndOtherProgrammesApart() {
        JsonObject person = fund.holder();
        JsonObject given = award(person, 10_00).expect(201);
        JsonObject topUp = new JsonObject()
                .put("programme_id", fund.programmeId)
                .put(
                        "rows",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("wallet_id", given.getString("wallet_id"))
                                        .put("amount", euro(10_00))));
        assertThat(node.post("/top-ups", town.social, topUp).expect(409).getString("code"))
                .isEqualTo("emergency_fund");
        assertThat(award(fund.request(person, 10_00).put("programme_id", town.programmeId))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("not_emergency_fund");
        // Out of this one something was awarded the usual way.
        assertThat(node.post(
                                "/programmes/" + town.programmeId + "/emergency-fund-changes",
                                town.social,
                                EmergencyTown.terms(MONTH_MAX))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("programme_state_conflict");

        JsonObject proposal = fund.fund(fund.programmeId, 20_00);
        assertThat(proposal.getString("kind")).isEqualTo("set_emergency_fund");
        assertThat(proposal.getJsonObject("amount")).isEqualTo(euro(20_00));
        assertThat(proposal.getInteger("review_days")).isEqualTo(REVIEW_DAYS);
        for (String token : new String[] {town.social, secondLogin}) {
            assertThat(node.post(
                                    "/proposals/" + proposal.getString("id") + "/approvals",
                                    token,
                                    TestTown.seen(proposal))
                            .code())
                    .isEqualTo("same_person");
        }
        assertThat(node.post(
                                "/proposals/" + proposal.getString("id") + "/approvals",
                                town.treasurer,
                                TestTown.seen(proposal).put("amount", euro(20_01)))
                        .code())
                .isEqualTo("proposal_changed");
        award(person, 20_00).expect(201);
        long sequence = town.approve(proposal).getLong("sequence");
        assertThat(award(person, 1).code()).isEqualTo("emergency_limit_exceeded");
        JsonObject shown = node.get("/programmes/" + fund.programmeId + "?min_sequence=" + sequence, town.social)
                .expect(200)
                .getJsonObject("emergency_fund");
        assertThat(shown.getJsonObject("month_max")).isEqualTo(euro(20_00));
        assertThat(shown.getInteger("review_days")).isEqualTo(REVIEW_DAYS);
        assertThat(node.get("/programmes/" + town.programmeId, town.social)
                        .expect(200)
                        .fieldNames())
                .doesNotContain("emergency_fund");
    }

    @Test
    void shouldGiveNothingToWhoHasNoCardOrIsGoneAndAskForTheCase() {
        JsonObject person = fund.person(null);
        assertThat(award(person, 10_00).expect(409).getString("code")).isEqualTo("person_without_card");
        JsonObject byCard = fund.request(person, 10_00);
        byCard.remove("person_id");
        assertThat(award(byCard.copy().put("card_id", town.issueCard().getString("id")))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("wallet_unassigned");
        assertThat(award(fund.request(person, 10_00).put("person_id", "hld_zzzz"))
                        .status())
                .isEqualTo(404);
        JsonObject holder = fund.holder();
        JsonObject without = fund.request(holder, 10_00);
        without.remove("case_id");
        assertThat(award(without).code()).isEqualTo("case_needed");
        assertThat(award(fund.request(holder, 10_00).put("case_id", "cas_zzzz")).code())
                .isEqualTo("case_not_open");
        assertThat(award(holder, 0).code()).isEqualTo("invalid_amount");

        award(holder, 10_00).expect(201);
        assertThat(node
                        .get("/people/reads?person_id=" + holder.getString("id"), town.social)
                        .expect(200)
                        .getJsonArray("items")
                        .stream()
                        .map(each -> ((JsonObject) each).getString("operation")))
                .contains("read");
        restrict(holder);
        assertThat(award(holder, 10_00).expect(403).getString("code")).isEqualTo("person_restricted");
    }

    private void restrict(JsonObject person) {
        town.grant(town.requestOf(person.getString("id"), "restriction"));
    }
}

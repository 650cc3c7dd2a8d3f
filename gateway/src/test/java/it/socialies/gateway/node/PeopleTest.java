// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestNode.OWN_CASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The people vault as offices meet it: over HTTP, on a real node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleTest {
    private static final String IN_CASE = "?case_id=" + OWN_CASE;
    private static final int SEARCHES_MAX = 3;

    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;
    private String admin;
    private String social;
    private String auditor;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(data, "ies.people.searches-max=" + SEARCHES_MAX);
        town = TestTown.create(node, each -> {
            admin = each.appoint("ada", "RSSMRA82A01H501W", "admin");
            social = each.appoint("sara", "RSSMRA91A01H501X", "social");
            auditor = each.appoint("aldo", "RSSMRA82A01H501W", "auditor");
        });
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    private static JsonObject inCase() {
        return new JsonObject().put("case_id", OWN_CASE);
    }

    private static JsonObject data(String familyName) {
        return new JsonObject()
                .put("given_name", "Ermenegilda")
                .put("family_name", familyName)
                .put("birth_date", "1980-01-01")
                .put("tax_code_absence", "foreigner_awaiting")
                .put(
                        "contacts",
                        new JsonObject()
                                .put(
                                        "postal_address",
                                        new JsonObject()
                                                .put("street", "Via Libertà 12")
                                                .put("postcode", "90041")
                                                .put("municipality", "Balestrate")
                                                .put("province", "PA")));
    }

    private String register(JsonObject person) {
        return node.post("/people", social, inCase().put("person", person))
                .expect(201)
                .getString("id");
    }

    private JsonObject open(String personId, String kind, LocalDate receivedOn) {
        return node.post(
                        "/data-subject-requests",
                        social,
                        inCase().put("person_id", personId).put("kind", kind).put("received_on", receivedOn.toString()))
                .expect(201);
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneId.of("Europe/Rome"));
    }

    private static JsonObject granted() {
        return inCase().put("decision", "granted").put("reasons", new JsonArray().add("well_founded"));
    }

    @Test
    void shouldHandACardToTheNumberAndExportWhatBecameOfIt() throws Exception {
        String personId = register(data("Cinquegrana"));
        JsonObject card = town.newCard();
        node.post(
                        "/cards/" + card.getString("id") + "/assignments",
                        town.social,
                        new JsonObject().put("holder_id", personId).put("household_size", 2))
                .expect(201);
        town.topUp(card.getString("wallet_id"), 5_000);
        String paymentId = town.pay(card, 1_240).expect(201).getString("id");

        await().until(() -> !node.get("/people/" + personId + "/export" + IN_CASE, social)
                .expect(200)
                .getJsonArray("payments")
                .isEmpty());
        JsonObject export =
                node.get("/people/" + personId + "/export" + IN_CASE, social).expect(200);

        assertThat(export.getJsonObject("person").getString("family_name")).isEqualTo("Cinquegrana");
        assertThat(export.getJsonArray("cards").getJsonObject(0).getString("id"))
                .isEqualTo(card.getString("id"));
        assertThat(export.getJsonArray("payments").getJsonObject(0).getString("id"))
                .isEqualTo(paymentId);
        assertThat(export.getJsonArray("reads").stream().map(read -> ((JsonObject) read).getString("operation")))
                .contains("export");
    }

    @Test
    void shouldShowTheExportAsAPageThatIsNothingButText() {
        String personId = register(data("<script>alert(1)</script>"));

        Answer page = node.get("/people/" + personId + "/export" + IN_CASE + "&format=html", social);

        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.response().body())
                .contains("<html lang=\"it\">")
                .contains("<dt>Cognome</dt><dd>&lt;script&gt;alert(1)&lt;/script&gt;</dd>")
                .contains("Chi ha letto questi dati")
                .doesNotContain("<script>");
    }

    @Test
    void shouldTellNoNameWithoutACase() {
        String personId = register(data("Cinquegrana"));

        assertThat(node.get("/people/" + personId, social).expect(403).getString("code"))
                .isEqualTo("case_needed");
        assertThat(node.get("/people/" + personId + "?case_id=cas_zzzz", social)
                        .expect(403)
                        .getString("code"))
                .isEqualTo("case_not_open");
        assertThat(node.post("/people", social, new JsonObject().put("person", data("Altri")))
                        .expect(403)
                        .getString("code"))
                .isEqualTo("case_needed");
        assertThat(node.post("/people/cases", social, new JsonObject().put("purpose", "perché sì"))
                        .status())
                .isEqualTo(400);
        assertThat(node.get("/people/" + personId + IN_CASE, social)
                        .expect(200)
                        .getJsonObject("person")
                        .getString("family_name"))
                .isEqualTo("Cinquegrana");
    }

    @Test
    void shouldLetAdministratorsAnswerRequestsAndReadNothingElse() {
        String personId = register(data("Cinquegrana"));

        assertThat(node.post("/people/cases", admin, new JsonObject().put("purpose", "holder_assistance"))
                        .status())
                .isEqualTo(403);
        assertThat(node.get("/people/" + personId + IN_CASE, admin).status()).isEqualTo(403);
        assertThat(node.get("/people/" + personId + IN_CASE, auditor).status()).isEqualTo(403);
        assertThat(node.get("/people/" + personId + IN_CASE, town.treasurer).status())
                .as("who also is of social services")
                .isEqualTo(200);
    }

    @Test
    void shouldHaveNoPlaceForAnIsee() {
        String path = "/people/" + register(data("Cinquegrana")) + "/eligibilities";
        JsonObject outcome = new JsonObject()
                .put("call", "Buoni spesa 2026")
                .put("outcome", "excluded")
                .put("act_reference", "DD 12/2026")
                .put("valid_until", "2026-12-31");
        node.post(path, social, inCase().put("eligibility", outcome)).expect(201);

        for (JsonObject wrong : List.of(
                outcome.copy().put("isee", 7_999),
                outcome.copy().put("act_reference", "DD 12, Isee 7999"),
                outcome.copy().put("call", "ISEE fino a 8000"))) {
            assertThat(node.post(path, social, inCase().put("eligibility", wrong))
                            .status())
                    .isEqualTo(400);
        }
        assertThat(node.post(
                                "/people",
                                social,
                                inCase().put("person", data("Cinquegrana").put("isee", 7_999)))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shouldWantATaxCodeOrTheReasonForNone() {
        JsonObject both = data("Cinquegrana").put("tax_code", "RSSMRA80A01H501U");
        JsonObject neither = data("Cinquegrana");
        neither.remove("tax_code_absence");
        JsonObject wrong = neither.copy().put("tax_code", "RSSMRA80A01H501A");
        JsonObject tomorrow =
                data("Cinquegrana").put("birth_date", today().plusDays(2).toString());

        for (JsonObject each : List.of(both, neither, tomorrow)) {
            assertThat(node.post("/people", social, inCase().put("person", each))
                            .expect(422)
                            .getString("code"))
                    .isEqualTo("invalid_field");
        }
        assertThat(node.post("/people", social, inCase().put("person", wrong))
                        .expect(422)
                        .getString("code"))
                .isEqualTo("tax_code_invalid");
    }

    @Test
    void shouldKeepNobodysNameWithAnIdempotencyKey() throws Exception {
        String key = TestNode.newKey();
        String body = inCase().put("person", data("Cinquegrana")).encode();

        Answer first = node.post("/people", social, key, body);
        Answer second = node.post("/people", social, key, body);

        assertThat(second.expect(201)).isEqualTo(first.expect(201));
        assertThat(second.header("Idempotency-Hit")).isEqualTo("true");
        assertThat(node.post(
                                "/people",
                                social,
                                key,
                                inCase().put("person", data("Altri")).encode())
                        .expect(422)
                        .getString("code"))
                .isEqualTo("idempotency_key_reused");
        assertThat(node.inOffice("DELETE FROM office.office_request WHERE answer ILIKE '%cinquegrana%'"))
                .isZero();
    }

    @Test
    void shouldBoundHowOftenSomebodySearches() throws Exception {
        JsonObject who = inCase().put("tax_code", "RSSMRA80A41H501Y");
        for (int i = 0; i < SEARCHES_MAX; i++) {
            assertThat(node.post("/people/searches", town.social, who)
                            .expect(200)
                            .getJsonArray("items"))
                    .isEmpty();
        }

        Answer refused = node.post("/people/searches", town.social, who);

        assertThat(refused.expect(429).getString("code")).isEqualTo("rate_limited");
        assertThat(refused.header("Retry-After")).isNotEmpty();
    }

    @Test
    void shouldFindThePersonThatIsThereAlready() {
        JsonObject person = data("Bevilacqua").put("tax_code", "RSSMRA80A01H501U");
        person.remove("tax_code_absence");
        String personId = register(person);

        assertThat(node.post("/people", social, inCase().put("person", person))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("person_exists");
        assertThat(node.post("/people/searches", social, inCase().put("tax_code", "rssmra80a01h501u"))
                        .expect(200)
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("id"))
                .isEqualTo(personId);
        assertThat(node.post("/people/searches", social, inCase().put("family_name", "Bevilacqua"))
                        .status())
                .as("no search by half a name")
                .isEqualTo(422);
    }

    @Test
    void shouldShowWhoReadToWhoWatchesAndNobodyElse() {
        String personId = register(data("Cinquegrana"));
        node.get("/people/" + personId + IN_CASE, social).expect(200);

        for (String watcher : new String[] {admin, auditor}) {
            Answer log = node.get("/people/reads?person_id=" + personId, watcher);
            JsonArray items = log.expect(200).getJsonArray("items");
            assertThat(items).hasSize(1);
            assertThat(items.getJsonObject(0).getString("operation")).isEqualTo("read");
            assertThat(items.getJsonObject(0).getString("operator_id")).isEqualTo(town.operatorIds.get("sara"));
            assertThat(items.getJsonObject(0).getString("purpose")).isEqualTo("legal_duty_or_defence");
            assertThat(log.response().body()).doesNotContain("Cinquegrana");
        }
        assertThat(node.get("/people/reads", social).status()).isEqualTo(403);
    }

    @Test
    void shouldAnswerARequestInAMonthOrTellWhyInThree() {
        String personId = register(data("Cinquegrana"));
        LocalDate received = today().minusDays(3);
        JsonObject request = open(personId, "access", received);
        String path = "/data-subject-requests/" + request.getString("id");
        assertThat(request.getString("due_on")).isEqualTo(received.plusMonths(1).toString());

        JsonObject extension = inCase().put("reason", "complexity").put("text", "L'archivio è su carta.");
        assertThat(node.post(path + "/extensions", social, extension).status()).isEqualTo(403);
        assertThat(node.post(path + "/extensions", admin, extension).expect(201).getString("due_on"))
                .isEqualTo(received.plusMonths(3).toString());
        assertThat(node.post(path + "/extensions", admin, extension).expect(409).getString("code"))
                .isEqualTo("request_state_conflict");
        assertThat(node.get(path + "/letter" + IN_CASE, social).response().body())
                .contains("prorogato di due mesi")
                .contains("L'archivio è su carta.");

        assertThat(node.post(path + "/decisions", social, granted()).status()).isEqualTo(403);
        String letter =
                node.post(path + "/decisions", admin, granted()).expect(201).getString("letter");
        assertThat(letter)
                .contains("Ermenegilda Cinquegrana")
                .contains("Via Libertà 12")
                .contains("la richiesta è accolta")
                .contains("Garante");
        assertThat(node.get(path + "/letter" + IN_CASE, social).response().body())
                .isEqualTo(letter);
        assertThat(node.post(path + "/decisions", admin, granted()).expect(409).getString("code"))
                .isEqualTo("request_state_conflict");
    }

    @Test
    void shouldListTheOverdueFirstAndPageByPage() {
        String personId = register(data("Cinquegrana"));
        String late = open(personId, "access", today().minusMonths(5)).getString("id");
        String later = open(personId, "portability", today().minusMonths(4)).getString("id");
        String done = open(personId, "objection", today().minusMonths(6)).getString("id");
        node.post(
                        "/data-subject-requests/" + done + "/decisions",
                        admin,
                        inCase().put("decision", "refused").put("reasons", new JsonArray().add("public_interest")))
                .expect(201);
        assertThat(node.post(
                                "/data-subject-requests/" + late + "/extensions",
                                admin,
                                inCase().put("reason", "number_of_requests"))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("extension_too_late");

        JsonObject first = node.get("/data-subject-requests?limit=1", admin).expect(200);
        JsonObject second = node.get("/data-subject-requests?limit=1&cursor=" + first.getString("next_cursor"), admin)
                .expect(200);

        JsonObject top = first.getJsonArray("items").getJsonObject(0);
        assertThat(top.getString("id")).isEqualTo(late);
        assertThat(top.getBoolean("overdue")).isTrue();
        assertThat(second.getJsonArray("items").getJsonObject(0).getString("id"))
                .isEqualTo(later);
    }

    @Test
    void shouldEraseAtOnceWhereNothingMustBeKept() {
        String personId = register(data("Cinquegrana"));
        String path =
                "/data-subject-requests/" + open(personId, "erasure", today()).getString("id");
        String key = TestNode.newKey();
        String decision = granted().encode();

        JsonObject decided =
                node.post(path + "/decisions", admin, key, decision).expect(201);
        JsonObject again = node.post(path + "/decisions", admin, key, decision).expect(201);

        assertThat(decided.getString("effect")).isEqualTo("erasure");
        assertThat(decided.getString("letter"))
                .contains("Ermenegilda Cinquegrana")
                .contains("la chiave");
        assertThat(again.containsKey("letter")).isFalse();
        assertThat(node.get("/people/" + personId + IN_CASE, social).expect(410).getString("code"))
                .isEqualTo("person_erased");
        assertThat(node.get("/people/" + personId + "/export" + IN_CASE, social).status())
                .isEqualTo(410);
        assertThat(node.get(path, admin).expect(200).getString("state")).isEqualTo("decided");
    }

    @Test
    void shouldRestrictWhatMustBeKeptUntilItsTerm() {
        String personId = register(data("Cinquegrana"));
        node.post(
                        "/people/" + personId + "/eligibilities",
                        social,
                        inCase().put(
                                        "eligibility",
                                        new JsonObject()
                                                .put("call", "Buoni spesa")
                                                .put("outcome", "admitted")
                                                .put("act_reference", "DD 12/2026")
                                                .put("valid_until", today().toString())))
                .expect(201);
        String path =
                "/data-subject-requests/" + open(personId, "erasure", today()).getString("id");

        JsonObject decided = node.post(path + "/decisions", admin, granted()).expect(201);

        assertThat(decided.getString("effect")).isEqualTo("restricted_until_term");
        assertThat(decided.getString("erase_on"))
                .isEqualTo(today().plusYears(10).plusDays(1).toString());
        assertThat(decided.getString("letter")).contains("è limitato");
        String assistance = node.post("/people/cases", social, new JsonObject().put("purpose", "holder_assistance"))
                .expect(201)
                .getString("id");
        assertThat(node.get("/people/" + personId + "?case_id=" + assistance, social)
                        .expect(403)
                        .getString("code"))
                .isEqualTo("person_restricted");
        assertThat(node.get("/people/" + personId + IN_CASE, social).expect(200).getString("state"))
                .isEqualTo("restricted");
    }
}

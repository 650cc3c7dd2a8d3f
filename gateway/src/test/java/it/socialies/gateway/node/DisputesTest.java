// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.DisputeTown.WORDS;
import static it.socialies.gateway.node.DisputeTown.decision;
import static it.socialies.gateway.node.DisputeTown.request;
import static it.socialies.gateway.node.DisputeTown.statement;
import static it.socialies.gateway.node.TestNode.OWN_CASE;
import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import it.socialies.gateway.people.OldCopy;
import it.socialies.gateway.security.MasterKeys;
import it.socialies.gateway.security.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disputes over HTTP, on a real node: held, heard, decided by two, told; and what nobody may see. */
class DisputesTest {
    private static final String NAME = "Bisogno";
    private static final String SHOP_WORDS = "Abbiamo battuto due volte il Cuddrireddru";
    private static final String REASON = "La signora Teodolinda Bisogno ha ragione";
    private static final String SHOP_REASON = "Lo scontrino porta due volte lo stesso articolo";

    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private DisputeTown disputes;
    private final Map<String, String> single = new HashMap<>();
    private long aheadMs;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data, "ies.tokens.operator-life=PT2000H");
        town = TestTown.create(node, each -> {
            for (String role : new String[] {"social", "treasurer", "auditor"}) {
                single.put(role, each.appoint("solo." + role, "RSSMRA82A01H501W", role));
            }
        });
        disputes = new DisputeTown(town);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private JsonObject shown(String id, String token) {
        return node.get("/disputes/" + id + "?min_sequence=" + sequence(), token)
                .expect(200);
    }

    private long sequence() {
        return node.get("/status", null).expect(200).getLong("sequence");
    }

    private Answer post(String path, String key, JsonObject body) {
        return node.post(path, town.social, key, body.encode());
    }

    private long rows(String table) throws Exception {
        try (Connection office = node.database("office");
                Statement statement = office.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM office." + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private String letter(String id, String query) throws Exception {
        byte[] pdf = node.bytes("/disputes/" + id + "/letter?min_sequence=" + sequence() + query, town.social);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }

    private void pass(Duration time) {
        JsonObject operator = node.bootstrap(1);
        node.post(
                        "/clock-steps",
                        node.operatorToken(operator.getString("username"), operator.getString("password")),
                        key(),
                        new JsonObject().put("advance_ms", time.toMillis()).encode())
                .expect(201);
        aheadMs += time.toMillis();
        town.social = town.logIn("anna.sociali");
        town.treasurer = town.logIn("bruno.conti");
    }

    /** Of the sandbox's time. */
    private String key() {
        return TestNode.keyOf(System.currentTimeMillis() + aheadMs).toString();
    }

    @Test
    void shouldHoldWhatIsDisputedHearBothAndDecideByTwoPersons() throws Exception {
        JsonObject card = disputes.cardOfAPerson(new EmergencyTown(town));
        String paymentId = town.pay(card, 12_40).expect(201).getString("id");
        String path = "/payments/" + paymentId + "/disputes";
        assertThat(post(path + "?dry_run=true", key(), request(6_20))
                        .expect(200)
                        .getString("outcome"))
                .isEqualTo("ok");
        assertThat(rows("dispute_case")).isZero();
        String key = key();
        JsonObject opened = post(path, key, request(6_20)).expect(201);
        String id = opened.getString("id");
        assertThat(id).startsWith("dsp_");
        assertThat(opened.getString("payment_id")).isEqualTo(paymentId);
        assertThat(Duration.between(
                        Instant.parse(opened.getString("opened_at")), Instant.parse(opened.getString("answer_by"))))
                .isBetween(Duration.ofDays(10), Duration.ofDays(11).plusHours(1));
        assertThat(Instant.parse(opened.getString("answer_by"))
                        .atZone(ZoneId.of("Europe/Rome"))
                        .getHour())
                .isZero();

        Answer again = post(path, key, request(6_20));
        assertThat(again.expect(201)).isEqualTo(opened);
        assertThat(again.header("Idempotency-Hit")).isEqualTo("true");
        assertThat(post(path, key, request(6_20).put("statement", "Altro")).code())
                .isEqualTo("idempotency_key_reused");
        assertThat(post(path, key(), request(1)).expect(409).getString("code")).isEqualTo("payment_disputed");
        assertThat(rows("dispute_case")).isEqualTo(1);
        assertThat(rows("dispute_statement")).isEqualTo(1);

        JsonObject open = shown(id, town.treasurer);
        assertThat(open.getString("state")).isEqualTo("open");
        assertThat(open.getString("merchant_id")).isEqualTo(town.merchantId);
        assertThat(open.getJsonArray("held"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("programme_id", town.programmeId)
                                .put("amount", euro(6_20))));
        JsonObject said = open.getJsonArray("statements").getJsonObject(0);
        assertThat(said.getString("text")).isEqualTo(WORDS);
        assertThat(said.getString("party")).isEqualTo("holder");
        assertThat(said.getString("heard_by")).isEqualTo("counter");
        assertThat(said.getString("operator_id")).isEqualTo(town.operatorIds.get("anna.sociali"));
        assertThat(node.post(
                                "/payments/" + paymentId + "/refunds",
                                town.treasurer,
                                new JsonObject().put("amount", euro(1)))
                        .code())
                .isEqualTo("payment_disputed");

        assertThat(disputes.decide(id, decision(6_20)).expect(409).getString("code"))
                .isEqualTo("dispute_not_heard");
        assertThat(node.post("/disputes/" + id + "/decisions?dry_run=true", town.social, decision(6_20))
                        .code())
                .isEqualTo("dispute_not_heard");
        assertThat(node.get("/disputes/" + id + "/letter?party=shop", town.social)
                        .expect(409)
                        .getString("code"))
                .isEqualTo("dispute_state_conflict");
        String hearing = key();
        JsonObject heard = post("/disputes/" + id + "/statements", hearing, statement("shop", SHOP_WORDS))
                .expect(201);
        assertThat(post("/disputes/" + id + "/statements", hearing, statement("shop", SHOP_WORDS))
                        .expect(201))
                .isEqualTo(heard);
        assertThat(rows("dispute_statement")).isEqualTo(2);

        assertThat(disputes.decide(id, decision(6_21)).expect(422).getString("code"))
                .isEqualTo("amount_exceeds_refundable");
        JsonObject decision = decision(6_20).put("reason", REASON).put("shop_reason", SHOP_REASON);
        String proposing = key();
        JsonObject proposal =
                post("/disputes/" + id + "/decisions", proposing, decision).expect(202);
        assertThat(post("/disputes/" + id + "/decisions", proposing, decision)
                        .expect(202)
                        .getString("id"))
                .isEqualTo(proposal.getString("id"));
        assertThat(rows("dispute_decision")).isEqualTo(1);
        assertThat(proposal.getString("kind")).isEqualTo("decide_dispute");
        assertThat(proposal.getString("subject_id")).isEqualTo(id);
        assertThat(proposal.getJsonObject("amount")).isEqualTo(euro(6_20));
        assertThat(shown(id, town.treasurer)
                        .getJsonArray("decisions")
                        .getJsonObject(0)
                        .getString("reason"))
                .isEqualTo(REASON);
        assertThat(node.post(
                                "/proposals/" + proposal.getString("id") + "/approvals",
                                town.social,
                                TestTown.seen(proposal))
                        .code())
                .isEqualTo("same_person");
        long before = town.available(card);
        town.approve(proposal);

        assertThat(town.available(card)).isEqualTo(before + 6_20);
        JsonObject decided = shown(id, town.social);
        assertThat(decided.getString("state")).isEqualTo("decided");
        assertThat(decided.getJsonObject("refunded")).isEqualTo(euro(6_20));
        assertThat(decided.getJsonArray("held")).isEmpty();
        assertThat(decided.getString("proposal_id")).isEqualTo(proposal.getString("id"));
        assertThat(decided.getJsonArray("decisions").getJsonObject(0).getString("decided_by"))
                .isEqualTo(town.operatorIds.get("bruno.conti"));
        assertThat(disputes.hear(id, "holder", "Ancora").expect(409).getString("code"))
                .isEqualTo("dispute_state_conflict");
        assertThat(disputes.decide(id, decision(0)).expect(409).getString("code"))
                .isEqualTo("dispute_state_conflict");
        assertThat(listed("state=open")).isEmpty();
        assertThat(listed("state=decided&merchant_id=" + town.merchantId + "&programme_id=" + town.programmeId))
                .containsExactly(id);

        String holders = letter(id, "&party=holder&case_id=" + OWN_CASE);
        assertThat(holders)
                .contains(
                        NAME,
                        id,
                        paymentId,
                        "6,20 €",
                        "tornano sulla tua tessera",
                        REASON,
                        "Panificio Prova",
                        "Via Roma 1, 0917 123 456")
                .doesNotContain(SHOP_REASON);
        String shops = letter(id, "&party=shop");
        assertThat(shops)
                .contains("Panificio Prova", id, paymentId, "6,20 €", "non vi sono dovuti", SHOP_REASON, "0917 123 456")
                .doesNotContain(NAME, "Teodolinda", REASON, WORDS, "Buoni di prova", card.getString("id"), "tessera");
        assertThat(letter(id, "&party=shop&language=en")).contains("are not due to you");
        assertThat(node.get("/disputes/" + id + "/letter?party=holder", town.social)
                        .code())
                .isEqualTo("case_needed");
        JsonObject held = node.get(
                        "/people/" + card.getString("person_id") + "/export?case_id=" + OWN_CASE, town.social)
                .expect(200);
        assertThat(held.getJsonArray("statements").getJsonObject(0).getString("text"))
                .isEqualTo(WORDS);
        assertThat(held.getJsonArray("statements").getJsonObject(0).getString("payment_id"))
                .isEqualTo(paymentId);
        assertThat(held.encode()).doesNotContain(SHOP_WORDS);
        requireNoFileSays(WORDS, SHOP_WORDS, REASON, SHOP_REASON);
    }

    /** Journal, snapshots, logs: texts stand nowhere but sealed in the office. */
    private void requireNoFileSays(String... texts) throws Exception {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(texts);
            }
        }
    }

    private List<String> listed(String query) {
        return node
                .get("/disputes?min_sequence=" + sequence() + "&" + query, single.get("auditor"))
                .expect(200)
                .getJsonArray("items")
                .stream()
                .map(each -> ((JsonObject) each).getString("id"))
                .toList();
    }

    @Test
    void shouldDecideWithoutTheShopOnceItsDaysHavePassed() throws Exception {
        JsonObject opened = disputes.dispute(10_00);
        String id = opened.getString("id");
        Duration rest = Duration.between(
                Instant.parse(node.get("/status", null).json().getString("time")),
                Instant.parse(opened.getString("answer_by")));
        pass(rest.minusMinutes(5));
        assertThat(post("/disputes/" + id + "/decisions", key(), decision(0)).code())
                .isEqualTo("dispute_not_heard");
        pass(Duration.ofMinutes(5));

        JsonObject proposal =
                post("/disputes/" + id + "/decisions", key(), decision(0)).expect(202);
        long before = town.available(town.card);
        node.post(
                        "/proposals/" + proposal.getString("id") + "/approvals",
                        town.treasurer,
                        key(),
                        TestTown.seen(proposal).encode())
                .expect(201);
        assertThat(town.available(town.card)).isEqualTo(before);
        JsonObject decided = shown(id, town.social);
        assertThat(decided.getString("state")).isEqualTo("decided");
        assertThat(decided.getJsonObject("refunded")).isEqualTo(euro(0));
        // Nobody knows whose card it is: the letter is handed over, and needs no case.
        assertThat(letter(id, "&party=holder")).contains("non è accolta", "Lo scontrino lo prova");
        assertThat(letter(id, "&party=shop"))
                .contains("torna tra quelle da pagarvi")
                .doesNotContain("Lo scontrino lo prova");
    }

    @Test
    void shouldShowShopsWhatIsHeldAndNothingElse() throws Exception {
        JsonObject opened = disputes.dispute(3_00);
        String id = opened.getString("id");
        assertThat(node.get("/till/disputes", town.terminalToken()).expect(200).getJsonArray("items"))
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("payment_id", opened.getString("payment_id"))
                                .put("held", euro(3_00))
                                .put("state", "open")));
        TestTill other = TestTill.enrol(node, town.newOutlet(town.newMerchant()), town.social);
        assertThat(node.get("/till/disputes?min_sequence=" + sequence(), other.token())
                        .expect(200)
                        .getJsonArray("items"))
                .isEmpty();
        for (String token : new String[] {town.terminalToken(), town.holderToken(town.card)}) {
            for (String path :
                    new String[] {"/disputes", "/disputes/" + id, "/disputes/" + id + "/letter?party=shop"}) {
                assertThat(node.get(path, token).status()).as(path).isEqualTo(403);
            }
        }
        assertThat(node.get("/till/disputes", town.social).status()).isEqualTo(403);

        // Who audits sees that there are words, and not the words; who proposes is of the social office or an
        // administrator.
        JsonObject audited = shown(id, single.get("auditor"));
        assertThat(audited.getJsonArray("statements").getJsonObject(0).fieldNames())
                .contains("party")
                .doesNotContain("text");
        assertThat(audited.encode()).doesNotContain(WORDS);
        for (String path : new String[] {"/statements", "/decisions"}) {
            assertThat(node.post("/disputes/" + id + path, single.get("auditor"), body(path))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(node.post("/disputes/" + id + "/decisions", single.get("treasurer"), decision(0))
                        .status())
                .isEqualTo(403);
        TestTown elsewhere = TestTown.create(node);
        assertThat(node.get("/disputes/" + id, elsewhere.social).status()).isEqualTo(404);
        assertThat(node.post("/disputes/" + id + "/statements", elsewhere.social, statement("shop", "No"))
                        .status())
                .isEqualTo(404);
        assertThat(node.post("/payments/" + opened.getString("payment_id") + "/disputes", elsewhere.social, request(1))
                        .status())
                .isEqualTo(404);
    }

    /** The day of a granted erasure, that a duty to keep has put off. */
    private void comeTheDay() throws Exception {
        try (Connection office = node.database("office");
                Statement statement = office.createStatement()) {
            assertThat(statement.executeUpdate(
                            "UPDATE office.vault_record SET erase_on = DATE '2000-01-01' WHERE erase_on IS NOT NULL"))
                    .isEqualTo(1);
        }
        node.restart();
        town.afterRestart();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rows("vault_tombstone")).isEqualTo(1));
    }

    private MasterKeys masters() {
        Secrets secrets = Secrets.open(data.resolve("secrets/keys"));
        return new MasterKeys(secrets.ring(Secrets.Purpose.PEOPLE_MASTER), secrets.random());
    }

    private static JsonObject body(String path) {
        return path.equals("/statements") ? statement("shop", "No") : decision(0);
    }

    @Test
    void shouldRefuseWhatCannotBeAndWriteNothingDown() throws Exception {
        String paymentId = town.pay(town.card, 5_00).expect(201).getString("id");
        assertThat(disputes.open(paymentId, request(5_01)).expect(422).getString("code"))
                .isEqualTo("amount_exceeds_refundable");
        assertThat(disputes.open(paymentId, request(0)).expect(422).getString("code"))
                .isEqualTo("invalid_amount");
        assertThat(disputes.open("pay_zzzz", request(1)).status()).isEqualTo(404);
        for (JsonObject wrong : List.of(
                request(1).put("statement", "x".repeat(2_001)),
                request(1).put("statement", "  \n "),
                request(1).put("statement", "a\u0000b"),
                request(1).put("opened_by", "fax"),
                request(1).put("reason", "regret"),
                request(1).put("amount", new JsonObject().put("amount", 1).put("currency", "IES")),
                request(1).put("holder", "Bisogno"))) {
            assertThat(disputes.open(paymentId, wrong).status())
                    .as(wrong.encode())
                    .isEqualTo(400);
        }
        assertThat(node.post(
                                "/payments/" + paymentId + "/disputes",
                                town.social,
                                null,
                                request(1).encode())
                        .code())
                .isEqualTo("idempotency_key_missing");
        String voided = town.till(
                        "/payments",
                        TestNode.newKey(),
                        town.payment(town.card, 1).put("capture", "manual").encode())
                .expect(201)
                .getString("id");
        assertThat(disputes.open(voided, request(1)).expect(409).getString("code"))
                .isEqualTo("payment_state_conflict");
        assertThat(rows("dispute_case")).isZero();
        assertThat(rows("dispute_statement")).isZero();
        assertThat(disputes.hear("dsp_zzzz", "shop", "No").status()).isEqualTo(404);
        assertThat(disputes.decide("dsp_zzzz", decision(0)).status()).isEqualTo(404);

        // As long as it may be, over more lines than a page has.
        String id = disputes.open(paymentId, request(5_00).put("statement", "è\n".repeat(1_000)))
                .expect(201)
                .getString("id");
        disputes.hear(id, "shop", "No").expect(201);
        town.approve(disputes.decide(id, decision(2_00).put("reason", "è un caso lungo\n".repeat(125)))
                .expect(202));
        assertThat(letter(id, "&party=holder")).contains("accolta in parte: 2,00 €");
    }

    @Test
    void shouldForgetWordsWithThePersonAndStillComeToADecision() throws Exception {
        JsonObject card = disputes.cardOfAPerson(new EmergencyTown(town));
        String first = town.pay(card, 1_00).expect(201).getString("id");
        String second = town.pay(card, 1_00).expect(201).getString("id");
        String id = disputes.open(first, request(1_00)).expect(201).getString("id");
        disputes.hear(id, "shop", SHOP_WORDS).expect(201);

        town.grant(town.requestOf(card.getString("person_id"), "erasure"));
        disputes.decide(id, decision(1_00).put("reason", REASON)).expect(202);
        assertThat(shown(id, town.social).encode()).as("until its day").contains(WORDS, SHOP_WORDS, REASON);
        try (Connection office = node.database("office");
                Connection keys = node.database("vault_keys")) {
            OldCopy copy = OldCopy.of(office);
            assertThat(copy.placesWith(WORDS, keys, masters()))
                    .containsExactly("dispute_statement.sealed as STATEMENT");
            assertThat(copy.placesWith(REASON, keys, masters()))
                    .containsExactly("dispute_decision.sealed as STATEMENT");
            comeTheDay();
            for (String text : new String[] {WORDS, SHOP_WORDS, REASON, NAME}) {
                assertThat(copy.placesWith(text, keys, masters())).as(text).isEmpty();
            }
        }

        JsonObject open = shown(id, town.social);
        assertThat(open.encode()).doesNotContain(WORDS, SHOP_WORDS, REASON);
        assertThat(open.getJsonArray("statements")).hasSize(2);
        assertThat(disputes.hear(id, "holder", "Chi parla?").expect(410).getString("code"))
                .isEqualTo("person_erased");
        assertThat(disputes.open(second, request(1_00)).expect(410).getString("code"))
                .isEqualTo("person_erased");
        disputes.hear(id, "shop", "Altro").expect(201);
        town.approve(disputes.decide(id, decision(0)).expect(202));
        assertThat(letter(id, "&party=shop")).contains("non è accolta");
        assertThat(node.get("/disputes/" + id + "/letter?party=holder&case_id=" + OWN_CASE, town.social)
                        .status())
                .isEqualTo(410);
    }
}

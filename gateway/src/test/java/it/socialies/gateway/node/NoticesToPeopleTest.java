// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestNode.OWN_CASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.gateway.people.OldCopy;
import it.socialies.gateway.security.MasterKeys;
import it.socialies.gateway.security.Secrets;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices to people and shops on a real node with a real mail server: once each, after a day without it, and nothing of who was erased. */
class NoticesToPeopleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FAMILY_NAME = "Cinquegrana";
    private static final String EMAIL = "teodolinda.cinquegrana@posta.example";

    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private int port;
    private GreenMail mail;
    private long aheadMs;

    @BeforeEach
    void start() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(data.resolve("secrets"));
        Files.writeString(
                data.resolve("secrets/mail.json"),
                new JsonObject()
                        .put("host", "127.0.0.1")
                        .put("port", port)
                        .put("encryption", "none")
                        .put("username", "ies")
                        .put("password", "una parola")
                        .put("from", "avvisi@comune.example")
                        .encode());
        mail = serve();
        node = TestNode.create(
                data,
                "ies.tokens.operator-life=PT2000H",
                "ies.notices.letters=true",
                "ies.notices.expiry-days=20,7",
                "ies.people.retention-years=0");
        town = TestTown.create(node);
    }

    @AfterEach
    void stop() throws Exception {
        mail.stop();
        node.close();
    }

    private GreenMail serve() {
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("ies", "una parola");
        server.start();
        return server;
    }

    private String person(JsonObject contacts) {
        return node.post(
                        "/people",
                        town.social,
                        new JsonObject()
                                .put("case_id", OWN_CASE)
                                .put(
                                        "person",
                                        new JsonObject()
                                                .put("given_name", "Teodolinda")
                                                .put("family_name", FAMILY_NAME)
                                                .put("birth_date", "1980-02-03")
                                                .put("tax_code_absence", "stateless")
                                                .put("contacts", contacts)))
                .expect(201)
                .getString("id");
    }

    /** A wallet of a person. */
    private String wallet(String personId) {
        JsonObject card = town.issueCard();
        String path = "/cards/" + card.getString("id");
        node.post(
                        path + "/assignments",
                        town.social,
                        new JsonObject().put("holder_id", personId).put("household_size", 2))
                .expect(201);
        node.post(path + "/activations", town.social, new JsonObject().put("new_pin", TestTown.PIN))
                .expect(201);
        return card.getString("wallet_id");
    }

    private static JsonObject byMail() {
        return new JsonObject().put("email", EMAIL);
    }

    private List<JsonObject> notices(String state, String walletId) {
        return node.get("/notices?state=" + state, town.social).expect(200).getJsonArray("items").stream()
                .map(JsonObject.class::cast)
                .filter(each -> walletId.equals(each.getString("wallet_id")))
                .toList();
    }

    private List<MimeMessage> received() {
        return List.of(mail.getReceivedMessages());
    }

    private void pass(Duration time) {
        JsonObject operator = node.bootstrap(1);
        node.post(
                        "/clock-steps",
                        node.operatorToken(operator.getString("username"), operator.getString("password")),
                        TestNode.keyOf(System.currentTimeMillis() + aheadMs).toString(),
                        new JsonObject().put("advance_ms", time.toMillis()).encode())
                .expect(201);
        aheadMs += time.toMillis();
        town.social = town.logIn("anna.sociali");
        town.treasurer = town.logIn("bruno.conti");
    }

    @Test
    void shouldTellARechargeOnceInNeutralWords() throws Exception {
        String wallet = wallet(person(byMail()));
        town.topUp(wallet, 25_00);
        await().atMost(PATIENCE).until(() -> notices("sent", wallet).size() == 1);

        assertThat(received()).hasSize(1);
        MimeMessage one = received().getFirst();
        assertThat(one.getSubject()).isEqualTo("Comunicazione: Comune di Prova");
        assertThat(one.getAllRecipients()).extracting(Object::toString).containsExactly(EMAIL);
        assertThat(one.getHeader("Message-ID")[0])
                .isEqualTo("<" + notices("sent", wallet).getFirst().getString("id") + "@comune.example>");
        assertThat(one.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat((String) one.getContent())
                .contains("Gentile Teodolinda " + FAMILY_NAME, "25,00 €", "Servizi sociali")
                .doesNotContain("Buoni di prova", "Panificio");
        assertThat(GreenMailUtil.getWholeMessage(one)).doesNotContain("Buoni", "wal_");
        JsonObject listed = notices("sent", wallet).getFirst();
        assertThat(listed.getString("channel")).isEqualTo("email");
        assertThat(listed.encode()).doesNotContain("posta.example", FAMILY_NAME, "hld_");

        // What was told is not told again, also by a node that starts again.
        node.restart();
        town.social = town.logIn("anna.sociali");
        town.treasurer = town.logIn("bruno.conti");
        town.topUp(wallet, 1_00);
        await().atMost(PATIENCE).until(() -> notices("sent", wallet).size() == 2);
        assertThat(received()).hasSize(2);
    }

    @Test
    void shouldGoByWhatThePersonWants() throws Exception {
        String none = wallet(person(byMail().put("notices", "none")));
        town.topUp(none, 1_00);
        await().atMost(PATIENCE).until(() -> !notices("dropped", none).isEmpty());
        assertThat(notices("dropped", none).getFirst().getString("last_result")).isEqualTo("not_wanted");
        String stranger = town.newCard().getString("wallet_id");
        town.topUp(stranger, 2_00);
        await().atMost(PATIENCE).until(() -> !notices("dropped", stranger).isEmpty());
        assertThat(notices("dropped", stranger).getFirst().getString("last_result"))
                .isEqualTo("nobody");
        assertThat(received()).isEmpty();
        JsonArray channels =
                node.get("/notice-channels", town.social).expect(200).getJsonArray("items");
        assertThat(channels.encode()).contains("{\"channel\":\"email\",\"on\":true,\"queued\":0,\"dead\":0}");
    }

    @Test
    void shouldLoseNothingWhileTheMailServerIsAwayForADayAndTheNodeIsStopped() throws Exception {
        mail.stop();
        String wallet = wallet(person(byMail()));
        for (int cents = 1; cents <= 3; cents++) {
            town.topUp(wallet, cents);
        }
        await().atMost(PATIENCE)
                .until(() -> notices("queued", wallet).stream()
                                .filter(each -> each.getInteger("tries") > 0)
                                .count()
                        == 3);
        assertThat(notices("queued", wallet).getFirst().getString("last_result"))
                .isEqualTo("unreachable");
        node.restart();
        town.social = town.logIn("anna.sociali");
        mail = serve();
        pass(Duration.ofDays(1));
        await().atMost(PATIENCE).until(() -> notices("sent", wallet).size() == 3);

        assertThat(received()).hasSize(3);
        assertThat(received().stream().map(each -> GreenMailUtil.getHeaders(each)))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldTellOfMoneyThatComesToItsEndOnceForEachNumberOfDays() throws Exception {
        String wallet = wallet(person(byMail()));
        town.topUp(wallet, 12_34);
        await().atMost(PATIENCE).until(() -> received().size() == 1);
        pass(Duration.ofDays(11));
        await().atMost(PATIENCE).until(() -> received().size() == 2);
        assertThat((String) received().getLast().getContent()).contains("12,34 €", "da usare entro il");
        assertThat(received().getLast().getSubject()).isEqualTo("Comunicazione: Comune di Prova");
        node.restart();
        town.social = town.logIn("anna.sociali");
        pass(Duration.ofDays(5));
        pass(Duration.ofDays(8));
        await().atMost(PATIENCE).until(() -> received().size() == 3);
        List<JsonObject> told = notices("sent", wallet);
        assertThat(told)
                .extracting(each -> each.getString("type") + each.getInteger("days"))
                .containsExactly("pocket.expiring7", "pocket.expiring20", "wallet.rechargednull");
        pass(Duration.ofDays(1));
        assertThat(notices("sent", wallet)).hasSize(3);
        assertThat(notices("queued", wallet)).isEmpty();
    }

    @Test
    void shouldWriteNothingToWhoWasErasedAndKeepNothingOfHer() throws Exception {
        mail.stop();
        String personId = person(byMail());
        String wallet = wallet(personId);
        town.topUp(wallet, 25_00);
        await().atMost(PATIENCE)
                .until(() -> notices("queued", wallet).stream().anyMatch(each -> each.getInteger("tries") > 0));
        try (Connection office = node.database("office");
                Connection keys = node.database("vault_keys")) {
            OldCopy copy = OldCopy.of(office);
            Secrets secrets = Secrets.open(data.resolve("secrets/keys"));
            MasterKeys masters = new MasterKeys(secrets.ring(Secrets.Purpose.PEOPLE_MASTER), secrets.random());
            assertThat(copy.placesWith(EMAIL, keys, masters))
                    .as("the queue has none of it")
                    .containsExactly("vault_record.sealed as RECORD");
            town.grant(town.requestOf(personId, "erasure"));
            mail = serve();
            pass(Duration.ofDays(40));
            await().atMost(PATIENCE).until(() -> !notices("dropped", wallet).isEmpty());
            node.restart();
            town.social = town.logIn("anna.sociali");
            await().atMost(PATIENCE)
                    .until(() -> copy.placesWith(FAMILY_NAME, keys, masters).isEmpty());
            // What is there now, besides what was there then.
            try (Statement drop = office.createStatement()) {
                drop.execute("DROP SCHEMA old CASCADE");
            }
            OldCopy now = OldCopy.of(office);
            for (String word : List.of(FAMILY_NAME, EMAIL)) {
                assertThat(now.placesWith(word, keys, masters)).as(word).isEmpty();
            }
        }
        assertThat(notices("dropped", wallet))
                .hasSize(1)
                .allSatisfy(each -> assertThat(each.getString("last_result")).isEqualTo("nobody"));
        assertThat(received()).isEmpty();
        requireNoFileSays(FAMILY_NAME);
        requireNoFileSays(EMAIL);
    }

    @Test
    void shouldPrintALetterForWhoHasNoMailAndTheSameAgain() throws Exception {
        String personId = person(new JsonObject()
                .put(
                        "postal_address",
                        new JsonObject()
                                .put("street", "Via Libertà 12")
                                .put("postcode", "90041")
                                .put("municipality", "Balestrate")));
        String wallet = wallet(personId);
        town.topUp(wallet, 25_00);
        town.topUp(wallet, 7_50);
        await().atMost(PATIENCE)
                .until(() -> notices("queued", wallet).stream()
                                .filter(each -> "letter".equals(each.getString("channel")))
                                .count()
                        == 2);
        assertThat(notices("queued", wallet).getFirst().getString("last_result"))
                .isEqualTo("no_address");
        node.post("/notices/letters", town.social, new JsonObject().put("notices_max", 0))
                .expect(400);
        JsonObject run =
                node.post("/notices/letters", town.social, new JsonObject()).expect(201);
        assertThat(run.getInteger("notices")).isEqualTo(2);
        assertThat(node.post("/notices/letters", town.social, new JsonObject())
                        .expect(201)
                        .getInteger("notices"))
                .as("what was printed is not printed again")
                .isZero();
        assertThat(notices("sent", wallet)).hasSize(2);

        String file = "/notices/letters/" + run.getString("id") + "?case_id=" + OWN_CASE;
        assertThat(node.get("/notices/letters/" + run.getString("id"), town.social)
                        .code())
                .isEqualTo("case_needed");
        byte[] pdf = node.bytes(file, town.social);
        assertThat(node.bytes(file, town.social)).isEqualTo(pdf);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(document))
                    .contains(
                            "Via Libertà 12",
                            "90041 Balestrate",
                            "25,00 €",
                            "7,50 €",
                            "Gentile Teodolinda " + FAMILY_NAME)
                    .doesNotContain("Buoni di prova");
        }
        assertThat(received()).isEmpty();
    }

    private void requireNoFileSays(String word) throws Exception {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(word);
            }
        }
    }

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
                        new JsonObject().put("amount", TestTown.euro(10_000)))
                .expect(202));
        town.approve(node.post(
                        "/programmes/" + id + "/commitments",
                        town.social,
                        new JsonObject().put("amount", TestTown.euro(3_000)).put("act_reference", 7))
                .expect(202));
        return id;
    }

    @Test
    void shouldTellAShopOfAPaymentWhereItWants() throws Exception {
        String path = "/merchants/" + town.merchantId + "/notice-contacts";
        node.post(path, town.social, new JsonObject().put("email", "nessuno")).expect(400);
        node.post(path, null, new JsonObject().put("email", "negozio@posta.example"))
                .expect(401);
        node.post("/merchants/mer_zzz/notice-contacts", town.social, new JsonObject().put("email", "a@posta.example"))
                .expect(404);
        assertThat(node.post(path, town.social, new JsonObject().put("email", "negozio@posta.example"))
                        .expect(201)
                        .encode())
                .doesNotContain("posta.example");
        Operations.webhookEndpoint(town);
        String other = shortProgramme();
        town.approve(node.post(
                        "/top-ups",
                        town.social,
                        new JsonObject()
                                .put("programme_id", other)
                                .put(
                                        "rows",
                                        new JsonArray()
                                                .add(new JsonObject()
                                                        .put("wallet_id", town.card.getString("wallet_id"))
                                                        .put("amount", TestTown.euro(10_00)))))
                .expect(202));
        town.pay(town.card, 15_00).expect(201);
        SettlementTown desk = new SettlementTown(town);
        String settlement = desk.noted("7/2026");
        JsonObject item = desk.order(settlement, SettlementTown.transfer()).getJsonObject(0);
        assertThat(desk.told(
                        item.getString("reference"),
                        "paid",
                        item.getJsonObject("amount").getLong("amount")))
                .isEqualTo("noted");
        await().atMost(PATIENCE).until(() -> received().size() == 1);
        assertThat(received().getFirst().getSubject()).isEqualTo("Pagamento eseguito");
        assertThat(item.getJsonArray("lines"))
                .as("one payment for two programmes")
                .hasSize(2);
        assertThat((String) received().getFirst().getContent()).contains("15,50 €");
        assertThat(node.get("/notices", town.social).expect(200).getJsonArray("items").stream()
                        .map(JsonObject.class::cast)
                        .filter(each -> "settlement.paid".equals(each.getString("type"))))
                .as("one by mail and one by webhook")
                .extracting(each ->
                        each.getString("channel") + each.getJsonObject("amount").getLong("amount"))
                .containsExactlyInAnyOrder("email1550", "webhook1550");
    }
}

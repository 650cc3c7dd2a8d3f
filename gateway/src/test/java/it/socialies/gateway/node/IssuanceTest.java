// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestNode.OWN_CASE;
import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.kamaladafrica.codicefiscale.internal.ControlPart;
import it.socialies.gateway.api.Ids;
import it.socialies.gateway.node.TestNode.Answer;
import it.socialies.gateway.qr.PrintedCode;
import it.socialies.gateway.security.Secrets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Issuance as an office meets it: from the file to the money on the cards, over HTTP, on a real node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuanceTest {
    private static final String HEADERS = "Protocollo;CF;Cognome;Nome;Componenti;Punteggio;Importo\n";
    private static final long DELAY_MS = 60_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** No log, metric, address or problem may know her. */
    private static final String MARKER = "Zaccagnini";

    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;
    /** Another login of the person behind {@code town.social}. */
    private String secondLogin;

    private int people;
    private int purposes;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(data, "ies.issuance.delay=PT60S", "ies.tokens.operator-life=PT10H");
    }

    @BeforeEach
    void ownTown() throws Exception {
        town = TestTown.create(
                node,
                each -> secondLogin = each.appoint("anna.due", "RSSMRA80A01H501U", "treasurer", "social", "admin"));
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    private static String taxCode(int i) {
        String code = String.format(
                Locale.ROOT,
                "MRANCL%02d%c%02dA%03d",
                50 + i / 336 % 40,
                "ABCDEHLMPRST".charAt(i / 28 % 12),
                1 + i % 28,
                1 + i / 13_440 % 899);
        return code + ControlPart.of(code).getValue();
    }

    /** A file of new people. */
    private String file(int rows, long cents) {
        StringBuilder csv = new StringBuilder(HEADERS);
        for (int i = 0; i < rows; i++) {
            csv.append(row(people++, 1 + i % 4, cents));
        }
        return csv.toString();
    }

    private static String row(int person, int size, long cents) {
        return "2026/" + person + ';' + taxCode(person) + ";Amari;Niccolò;" + size + ';' + (100 - person % 50) + ';'
                + cents / 100 + ',' + String.format(Locale.ROOT, "%02d", cents % 100) + '\n';
    }

    private JsonObject call() {
        return definition("call").put("purpose", "spesa-" + ++purposes);
    }

    private JsonObject definition(String kind) {
        return new JsonObject()
                .put("programme_id", town.programmeId)
                .put("kind", kind)
                .put("act_reference", "DD 12/2026");
    }

    private String define(JsonObject definition) {
        return node.post("/issuance-batches", town.social, definition)
                .expect(201)
                .getString("id");
    }

    private Answer upload(String batchId, String csv) {
        return node.post(
                "/issuance-batches/" + batchId + "/files?case_id=" + OWN_CASE, town.social, TestNode.newKey(), csv);
    }

    private JsonObject get(String batchId) {
        return node.get("/issuance-batches/" + batchId, town.social).expect(200);
    }

    private JsonObject awaitState(String batchId, String... states) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            String state = get(batchId).getString("state");
            return List.of(states).contains(state);
        });
        return get(batchId);
    }

    private String ready(JsonObject definition, String csv) {
        String batchId = define(definition);
        upload(batchId, csv).expect(202);
        assertThat(awaitState(batchId, "ready", "faulty").getString("state")).isEqualTo("ready");
        return batchId;
    }

    private Answer act(String batchId, String what, String token) {
        return node.post("/issuance-batches/" + batchId + "/" + what, token);
    }

    private JsonObject submit(String batchId) {
        assertThat(act(batchId, "submissions", town.social).expect(202).getString("state"))
                .isIn("submitting", "submitted");
        JsonObject batch = awaitState(batchId, "submitted", "ready");
        assertThat(batch.getString("state"))
                .as(() -> batch.getJsonObject("submission_problem", batch).encode())
                .isEqualTo("submitted");
        return batch;
    }

    /** What is told of a submission that comes to nothing. */
    private JsonObject problemOfSubmission(String batchId) {
        act(batchId, "submissions", town.social).expect(202);
        JsonObject batch = awaitState(batchId, "submitted", "ready");
        assertThat(batch.getString("state")).isEqualTo("ready");
        assertThat(batch.containsKey("submitted_by") || batch.containsKey("digest"))
                .isFalse();
        return batch.getJsonObject("submission_problem");
    }

    private static JsonObject seen(JsonObject batch) {
        return new JsonObject()
                .put("row_count", batch.getInteger("row_count"))
                .put("amount", batch.getJsonObject("amount"))
                .put("digest", batch.getString("digest"));
    }

    private Answer approve(String batchId, String token, JsonObject seen) {
        return node.post("/issuance-batches/" + batchId + "/approvals", token, seen);
    }

    private void approve(JsonObject submitted) {
        approve(submitted.getString("id"), town.treasurer, seen(submitted)).expect(201);
    }

    private void passDelay() {
        node.post("/clock-steps", installation(), new JsonObject().put("advance_ms", DELAY_MS + 1_000))
                .expect(201);
    }

    /** Logged in again: tokens end with a restart. */
    private String installation() {
        JsonObject operator = node.bootstrap(1);
        return node.operatorToken(operator.getString("username"), operator.getString("password"));
    }

    private List<JsonObject> rows(String batchId, String query) {
        List<JsonObject> rows = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonObject page = node.get(
                            "/issuance-batches/" + batchId + "/rows?limit=200" + query
                                    + (cursor.isEmpty() ? "" : "&cursor=" + cursor),
                            town.social)
                    .expect(200);
            page.getJsonArray("items").forEach(each -> rows.add((JsonObject) each));
            cursor = page.getString("next_cursor");
        }
        return rows;
    }

    private long balance(String walletId) {
        return town.available(new JsonObject().put("wallet_id", walletId));
    }

    private void stock(int cards) {
        for (int left = cards; left > 0; left -= 100) {
            JsonObject issued = node.post("/cards", town.social, new JsonObject().put("count", Math.min(100, left)))
                    .expect(201);
            node.get("/cards?limit=1&min_sequence=" + issued.getLong("sequence"), town.social)
                    .expect(200);
        }
    }

    /** Every wallet of the batch has exactly its sum, once, and no two rows share one. */
    private void requireCredited(String batchId, long cents, int rows) {
        Set<String> wallets = new HashSet<>();
        for (JsonObject row : rows(batchId, "&outcome=admitted")) {
            assertThat(row.getString("result")).isEqualTo("credited");
            assertThat(wallets.add(row.getString("wallet_id"))).isTrue();
            assertThat(balance(row.getString("wallet_id"))).isEqualTo(cents);
        }
        assertThat(wallets).hasSize(rows);
    }

    @Test
    void shouldExplainAFaultyFileAndCarryTheMendedOneToTheCards() throws Exception {
        String batchId = define(call());
        int first = people;
        people += 3;
        String faulty = HEADERS
                + row(first, 2, 30_000).replace(taxCode(first), taxCode(first).replace('A', '4'))
                + row(first + 1, 0, 30_000)
                + row(first + 2, 3, 40_000);
        upload(batchId, faulty).expect(202);
        JsonObject told = awaitState(batchId, "faulty", "ready");
        assertThat(told.getString("state")).isEqualTo("faulty");
        assertThat(told.getInteger("errors")).isEqualTo(2);
        assertThat(told.getInteger("rows_entered")).isZero();

        String report = "/issuance-batches/" + batchId + "/validation-report?case_id=" + OWN_CASE;
        JsonObject json = node.get(report, town.social).expect(200);
        assertThat(json.getJsonArray("faults").stream().map(each -> ((JsonObject) each).getInteger("row")))
                .contains(2, 3);
        assertThat(node.get(report + "&format=csv", town.social).response().body())
                .startsWith("\ufeffRapporto");
        assertThat(node.get(report, town.treasurer).status()).isEqualTo(200);
        assertThat(node.get("/issuance-batches/" + batchId + "/validation-report", town.social)
                        .code())
                .isEqualTo("case_needed");
        assertThat(act(batchId, "submissions", town.social).code()).isEqualTo("issuance_state_conflict");

        String mended = HEADERS
                + row(first, 2, 30_000).replace("Amari;Niccolò", MARKER + ";Niccolò")
                + row(first + 1, 1, 30_000)
                + row(first + 2, 3, 40_000);
        upload(batchId, mended).expect(202);
        awaitState(batchId, "ready");
        assertThat(problemOfSubmission(batchId))
                .isEqualTo(new JsonObject().put("code", "card_stock_short").put("missing_cards", 3));
        stock(3);
        JsonObject submitted = submit(batchId);
        assertThat(submitted.containsKey("submission_problem")).isFalse();
        assertThat(submitted.getInteger("rows_prepared")).isEqualTo(3);
        assertThat(submitted.getInteger("row_count")).isEqualTo(3);
        assertThat(submitted.getJsonObject("amount")).isEqualTo(euro(100_000));

        approve(submitted);
        assertThat(awaitState(batchId, "approved").getString("execute_at")).isNotEmpty();
        passDelay();
        JsonObject done = awaitState(batchId, "executed", "stopped");
        assertThat(done.getString("state")).isEqualTo("executed");
        assertThat(done.getInteger("rows_done")).isEqualTo(3);
        assertThat(rows(batchId, "").stream().map(row -> balance(row.getString("wallet_id"))))
                .containsExactlyInAnyOrder(30_000L, 30_000L, 40_000L);

        JsonObject named = node.get("/issuance-batches/" + batchId + "/lists?case_id=" + OWN_CASE, town.social)
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(named.getString("family_name")).isEqualTo(MARKER);
        assertThat(named.getString("application")).isEqualTo("2026/" + first);
        JsonObject held = node.get(
                        "/people/" + rows(batchId, "").getFirst().getString("holder_id") + "/export?case_id="
                                + OWN_CASE,
                        town.social)
                .expect(200)
                .getJsonArray("applications")
                .getJsonObject(0);
        assertThat(held.getJsonObject("application").getString("number")).isEqualTo("2026/" + first);
        assertThat(held.getJsonObject("amount")).isEqualTo(euro(30_000));
        String published = node.get("/issuance-batches/" + batchId + "/public-list", town.treasurer)
                .response()
                .body();
        assertThat(published)
                .contains("Ammessa")
                .doesNotContain("2026/" + first)
                .doesNotContain(MARKER);
        assertThat(node.get("/issuance-batches/" + batchId + "/public-list?format=pdf", town.treasurer)
                        .response()
                        .body())
                .startsWith("%PDF");
        requireUnknown(MARKER);
    }

    private static String text(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void shouldWriteToEverybodyWhoGotAnAward() throws Exception {
        stock(2);
        int first = people;
        people += 2;
        String batchId = ready(
                call().put("act_reference", Operations.act(town, TestTown.act("118/2026"))),
                HEADERS
                        + row(first, 2, 30_000).replace("Amari;Niccolò", MARKER + ";Ermenegilda")
                        + row(first + 1, 1, 25_000));
        String letters = "/issuance-batches/" + batchId + "/award-letters?case_id=" + OWN_CASE;
        assertThat(node.get(letters, town.social).code()).isEqualTo("issuance_state_conflict");
        JsonObject submitted = submit(batchId);
        approve(submitted);
        passDelay();
        assertThat(awaitState(batchId, "executed", "stopped").getString("state"))
                .isEqualTo("executed");

        assertThat(node.get(letters, town.social).code()).isEqualTo("programme_not_described");
        town.describe();
        assertThat(node.get("/issuance-batches/" + batchId + "/award-letters", town.social)
                        .code())
                .isEqualTo("case_needed");
        String all = text(node.bytes(letters, town.social));
        assertThat(all)
                .contains("Ermenegilda " + MARKER, "Niccolò Amari", "Misura regionale contro la povertà")
                .contains("Determinazione 118/2026 del 2 marzo 2026")
                .contains("300,00", "250,00", "Alimenti", "Esclusi: Alcolici");
        String holderId = rows(batchId, "").stream()
                .filter(each -> each.getJsonObject("amount").equals(euro(30_000)))
                .findFirst()
                .orElseThrow()
                .getString("holder_id");
        assertThat(text(node.bytes(letters + "&language=en&person_id=" + holderId, town.social)))
                .contains(MARKER, "Regional measure", "Not: Alcohol")
                .doesNotContain("Amari");
        assertThat(node.get(letters + "&part=2", town.social).status()).isEqualTo(404);
        assertThat(
                        node
                                .get("/people/reads?person_id=" + holderId, town.social)
                                .expect(200)
                                .getJsonArray("items")
                                .stream()
                                .map(each -> ((JsonObject) each).getString("operation")))
                .filteredOn("letter"::equals)
                .hasSize(2);
        requireUnknown(MARKER);
    }

    /** A programme whose household of two may get 100 euros in all. */
    private String capped() {
        JsonObject made = node.post(
                        "/programmes",
                        town.social,
                        new JsonObject()
                                .put("name", "Buoni con tetto")
                                .put("categories", new JsonArray().add("bakery"))
                                .put(
                                        "valid_from",
                                        Instant.now().minusSeconds(3_600).toString())
                                .put(
                                        "valid_until",
                                        Instant.now().plusSeconds(300 * 86_400L).toString())
                                .put("household_caps", new JsonArray(List.of(20_000, 10_000, 20_000, 20_000, 20_000))))
                .expect(201);
        String path = "/programmes/" + made.getString("id");
        town.approve(node.post(path + "/publications", town.social).expect(202));
        town.approve(node.post(path + "/fund-movements", town.social, new JsonObject().put("amount", euro(30_000)))
                .expect(202));
        JsonObject committed = town.approve(node.post(
                        path + "/commitments",
                        town.social,
                        new JsonObject().put("amount", euro(26_000)).put("act_reference", 8))
                .expect(202));
        node.get("/programmes?min_sequence=" + committed.getLong("sequence"), town.social)
                .expect(200);
        return made.getString("id");
    }

    private JsonObject dryRun(String batchId) {
        return node.post("/issuance-batches/" + batchId + "/submissions?dry_run=true", town.social)
                .expect(200);
    }

    @Test
    void shouldSayWhatASubmissionWouldDoAndRefuseARowOverItsCapAlone() throws Exception {
        String programmeId = capped();
        int first = people;
        people += 2;
        String list = HEADERS + row(first, 2, 6_000) + row(first + 1, 3, 6_000);
        JsonObject definition = definition("recharge").put("programme_id", programmeId);
        String before = ready(definition, list);

        JsonObject short2 = dryRun(before);
        assertThat(short2.getString("outcome")).isEqualTo("card_stock_short");
        assertThat(short2.getInteger("missing_cards")).isEqualTo(2);
        assertThat(short2.getJsonObject("amount")).isEqualTo(euro(12_000));
        assertThat(get(before).getString("state")).isEqualTo("ready");
        assertThat(get(before).containsKey("proposal_id")).isFalse();
        stock(2);
        assertThat(dryRun(before).getString("outcome")).isEqualTo("ok");
        assertThat(rows(before, "").stream().filter(each -> each.containsKey("wallet_id")))
                .isEmpty();
        approve(submit(before));
        passDelay();
        assertThat(awaitState(before, "executed", "stopped").getString("state")).isEqualTo("executed");

        String again = ready(definition, list);
        JsonObject seen = dryRun(again);
        assertThat(seen.getString("outcome")).isEqualTo("ok");
        assertThat(seen.getInteger("cards_needed")).isZero();
        assertThat(seen.getJsonObject("commitment_left")).isEqualTo(euro(14_000));
        assertThat(seen.getInteger("rows_over_cap")).isEqualTo(1);
        JsonObject over = seen.getJsonArray("over_cap").getJsonObject(0);
        assertThat(over.getJsonObject("granted")).isEqualTo(euro(6_000));
        assertThat(over.getJsonObject("cap")).isEqualTo(euro(10_000));
        approve(submit(again));
        passDelay();
        assertThat(awaitState(again, "executed", "stopped").getInteger("refused"))
                .isEqualTo(1);
        JsonObject refused = rows(again, "&outcome=refused").getFirst();
        assertThat(refused.getString("result")).isEqualTo("household_cap_exceeded");
        assertThat(refused.getInteger("row")).isEqualTo(over.getInteger("row"));

        // What is left of the commitment covers one of two more.
        String third = ready(definition, list.replace("60,00", "50,00"));
        JsonObject tooMuch = dryRun(third);
        assertThat(tooMuch.getString("outcome")).isEqualTo("commitment_exceeded");
        assertThat(tooMuch.getJsonObject("commitment_short")).isEqualTo(euro(2_000));
    }

    private int putAside() throws SQLException {
        return Integer.parseInt(node.textInOffice("SELECT count(*) FROM office.issuance_card"));
    }

    @Test
    void shouldPutNothingAsideForABatchThatCannotBeSubmitted() throws Exception {
        int before = putAside();
        stock(2);
        String batchId = ready(call(), file(3, 10_00));
        assertThat(problemOfSubmission(batchId).getInteger("missing_cards")).isEqualTo(1);
        assertThat(putAside()).isEqualTo(before);
        assertThat(rows(batchId, "").stream().filter(row -> row.containsKey("wallet_id")))
                .isEmpty();
        // The core has its say after the cards: they are free again too.
        stock(1);
        node.post("/programmes/" + town.programmeId + "/suspensions", town.social)
                .expect(201);
        assertThat(problemOfSubmission(batchId).getString("code")).isEqualTo("programme_state_conflict");
        assertThat(putAside()).isEqualTo(before);
        assertThat(get(batchId).getInteger("rows_prepared")).isZero();
        node.post("/programmes/" + town.programmeId + "/resumptions", town.social)
                .expect(201);
        submit(batchId);
        assertThat(putAside()).isEqualTo(before + 3);
        act(batchId, "rejections", town.treasurer).expect(201);
        assertThat(putAside()).isEqualTo(before);
    }

    /** A submission that was interrupted when the core had made its proposal, and nobody here had heard of it. */
    private void forgetProposal(JsonObject submitted, String key) throws SQLException {
        long proposal = Long.parseLong(submitted.getString("proposal_id").substring(4), 36);
        node.inOffice("DELETE FROM office.top_up_batch_row WHERE proposal_id = " + proposal);
        node.inOffice("DELETE FROM office.top_up_batch WHERE proposal_id = " + proposal);
        node.inOffice("UPDATE office.issuance_batch SET state = 'SUBMITTING', proposal_id = NULL, submit_key = " + key
                + " WHERE proposal_id = " + proposal);
    }

    @Test
    void shouldMakeOneProposalHoweverOftenTheCoreIsAsked() throws Exception {
        stock(2);
        String batchId = ready(call(), file(2, 10_00));
        JsonObject submitted = submit(batchId);

        forgetProposal(submitted, "submit_key");
        JsonObject again = awaitState(batchId, "submitted", "ready");
        assertThat(again.getString("proposal_id")).isEqualTo(submitted.getString("proposal_id"));
        assertThat(again.getString("digest")).isEqualTo(submitted.getString("digest"));

        // The core has forgotten the key by now, and the projection knows what it made.
        String forgotten = "'00000000-0000-7000-8000-000000000001'";
        node.inProjection("UPDATE projection.command_key SET key = " + forgotten + " WHERE key = '"
                + node.textInOffice("SELECT submit_key FROM office.issuance_batch WHERE batch_id = "
                        + Long.parseLong(batchId.substring(4), 36))
                + "'");
        forgetProposal(submitted, forgotten);
        assertThat(awaitState(batchId, "submitted", "ready").getString("proposal_id"))
                .isEqualTo(submitted.getString("proposal_id"));

        // A key that made nothing is replaced.
        forgetProposal(submitted, "'00000000-0000-7000-8000-000000000002'");
        JsonObject renewed = awaitState(batchId, "submitted", "ready");
        assertThat(renewed.getString("state")).isEqualTo("submitted");
        assertThat(renewed.getString("proposal_id")).isNotEqualTo(submitted.getString("proposal_id"));
        approve(renewed);
        passDelay();
        awaitState(batchId, "executed");
        requireCredited(batchId, 10_00, 2);
    }

    @Test
    void shouldAnswerARepeatedSubmissionAndRefuseWhatComesInBetween() {
        stock(1);
        String batchId = ready(call(), file(1, 10_00));
        String key = TestNode.newKey();
        String path = "/issuance-batches/" + batchId + "/submissions";
        JsonObject first = node.post(path, town.social, key, "").expect(202);
        assertThat(node.post(path, town.social, key, "").expect(202)).isEqualTo(first);
        assertThat(act(batchId, "submissions", secondLogin).code()).isEqualTo("issuance_state_conflict");
        awaitState(batchId, "submitted");
        assertThat(act(batchId, "submissions", town.social).expect(202).getString("state"))
                .isEqualTo("submitted");
    }

    /** Nothing that anybody keeps or shows in clear knows the name. */
    private void requireUnknown(String marker) throws Exception {
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContainIgnoringCase(marker);
            }
        }
        assertThat(data.resolve("issuance")).isEmptyDirectory();
    }

    @Test
    void shouldLetNobodyApproveTheOwnBatchWhateverLogin() {
        stock(2);
        String batchId = ready(call(), file(2, 10_00));
        JsonObject submitted = submit(batchId);

        assertThat(approve(batchId, town.social, seen(submitted)).code()).isEqualTo("same_person");
        assertThat(approve(batchId, secondLogin, seen(submitted)).code()).isEqualTo("same_person");
        // Nor around the batch, by the proposal behind it.
        String proposalId = submitted.getString("proposal_id");
        JsonObject proposal =
                node.get("/proposals/" + proposalId, town.treasurer).expect(200);
        for (String path : new String[] {"/proposals/", "/top-ups/"}) {
            assertThat(node.post(path + proposalId + "/approvals", town.treasurer, TestTown.seen(proposal))
                            .code())
                    .isEqualTo("issuance_of_a_batch");
            assertThat(node.post(path + proposalId + "/rejections", town.treasurer)
                            .code())
                    .isEqualTo("issuance_of_a_batch");
        }
        assertThat(node.post("/top-ups/" + proposalId + "/executions", town.treasurer)
                        .code())
                .isEqualTo("issuance_of_a_batch");
        assertThat(get(batchId).getString("state")).isEqualTo("submitted");
        act(batchId, "rejections", town.treasurer).expect(201);
    }

    @Test
    void shouldLetNobodyHandOverByItselfACardThatABatchMeansForSomebody() {
        JsonObject issued = node.post("/cards", town.social, new JsonObject().put("count", 1))
                .expect(201);
        node.get("/cards?limit=1&min_sequence=" + issued.getLong("sequence"), town.social)
                .expect(200);
        String cardId = issued.getJsonArray("items").getJsonObject(0).getString("id");
        String batchId = ready(call(), file(1, 10_00));
        submit(batchId);
        JsonObject stock = new JsonObject().put("stock_card_id", cardId);
        JsonObject holder = new JsonObject().put("holder_id", "hld_2").put("household_size", 1);

        assertThat(node.post("/cards/" + cardId + "/assignments", town.social, holder)
                        .expect(409)
                        .getString("code"))
                .isEqualTo("card_put_aside");
        assertThat(node.post("/cards/" + town.card.getString("id") + "/stock-replacements", town.social, stock)
                        .code())
                .isEqualTo("card_put_aside");
        assertThat(node.post("/wallets/" + town.card.getString("wallet_id") + "/delegates", town.social, stock)
                        .code())
                .isEqualTo("card_put_aside");
        act(batchId, "rejections", town.treasurer).expect(201);
        node.post("/cards/" + cardId + "/assignments", town.social, holder).expect(201);
    }

    @Test
    void shouldRefuseAnApprovalOfAnythingElseThanWhatStandsThere() {
        stock(2);
        String batchId = ready(call(), file(2, 10_00));
        JsonObject submitted = submit(batchId);
        List<JsonObject> others = List.of(
                seen(submitted).put("row_count", 1),
                seen(submitted).put("amount", euro(1)),
                seen(submitted).put("digest", "0".repeat(64)));

        for (JsonObject other : others) {
            assertThat(approve(batchId, town.treasurer, other).code()).isEqualTo("issuance_batch_changed");
        }
        approve(submitted);
        assertThat(approve(batchId, town.treasurer, seen(submitted)).code()).isEqualTo("proposal_state_conflict");
        act(batchId, "cancellations", town.treasurer).expect(201);
        passDelay();
        assertThat(get(batchId).getString("state")).isEqualTo("cancelled");
        assertThat(node.get("/proposals/" + submitted.getString("proposal_id"), town.social)
                        .expect(200)
                        .getString("state"))
                .isEqualTo("cancelled");
        assertThat(act(batchId, "executions", town.social).code()).isEqualTo("issuance_state_conflict");
        // Its cards are free for the next one.
        submit(ready(call(), file(2, 10_00)));
    }

    @Test
    void shouldExecuteNothingOfRowsThatWereChangedAfterTheApproval() throws Exception {
        stock(3);
        String batchId = ready(call(), file(3, 12_00));
        JsonObject submitted = submit(batchId);
        approve(submitted);
        long number = Long.parseLong(batchId.substring(4), 36);
        long proposal = Long.parseLong(submitted.getString("proposal_id").substring(4), 36);

        node.inOffice(
                "UPDATE office.issuance_row SET amount = 99900 WHERE batch_id = " + number + " AND row_number = 1");
        passDelay();
        JsonObject stopped = awaitState(batchId, "stopped", "executed");
        assertThat(stopped.getString("stop_code")).isEqualTo("issuance_rows_changed");
        assertThat(stopped.getInteger("rows_done")).isZero();
        assertThat(stopped.getInteger("cards_assigned")).isZero();

        node.inOffice(
                "UPDATE office.issuance_row SET amount = 1200 WHERE batch_id = " + number + " AND row_number = 1");
        node.inOffice("UPDATE office.top_up_batch_row SET amount = 99900 WHERE proposal_id = " + proposal
                + " AND row_number = 1");
        act(batchId, "executions", town.social).expect(201);
        assertThat(awaitState(batchId, "stopped", "executed").getString("stop_code"))
                .isEqualTo("issuance_rows_changed");

        node.inOffice("UPDATE office.top_up_batch_row SET amount = 1200 WHERE proposal_id = " + proposal);
        act(batchId, "executions", town.social).expect(201);
        awaitState(batchId, "executed");
        requireCredited(batchId, 12_00, 3);
    }

    @Test
    void shouldTopUpThePresentCardAndRefuseASecondAwardToAHousehold() {
        stock(2);
        int first = people;
        JsonObject definition = call();
        String batchId = ready(definition, file(2, 20_00));
        approve(submit(batchId));
        passDelay();
        awaitState(batchId, "executed");
        requireCredited(batchId, 20_00, 2);

        String again = HEADERS + row(first, 1, 50_00) + row(first + 1, 2, 50_00);
        String second = ready(definition, again);
        assertThat(rows(second, "").stream().map(row -> row.getString("reason")))
                .containsExactly("household_served", "household_served");
        assertThat(act(second, "submissions", town.social).code()).isEqualTo("issuance_nothing_to_award");

        String recharge = ready(definition("recharge"), again);
        approve(submit(recharge));
        passDelay();
        awaitState(recharge, "executed");
        requireCredited(recharge, 70_00, 2);
        assertThat(rows(recharge, "").stream().map(row -> row.getString("wallet_id")))
                .containsExactlyElementsOf(rows(batchId, "").stream()
                        .map(row -> row.getString("wallet_id"))
                        .toList());
    }

    /** What is printed beside the QR code, for a till that cannot scan it. */
    private String secretCode(String cardId) throws Exception {
        return new PrintedCode(Secrets.open(data.resolve("secrets/keys")).ring(Secrets.Purpose.PRINTED_CODE))
                .grouped(PrintedCode.Use.CARD, Ids.CARD.parse(cardId));
    }

    @Test
    void shouldRechargeByCardAndSumAloneAndExplainEveryRowThatIsNone() throws Exception {
        stock(4);
        int first = people;
        String call = ready(call(), file(3, 20_00));
        approve(submit(call));
        passDelay();
        awaitState(call, "executed");
        List<JsonObject> holders = rows(call, "");
        List<String> cards =
                holders.stream().map(row -> row.getString("card_id")).toList();
        String stocked = node.get("/cards?limit=200", town.social).expect(200).getJsonArray("items").stream()
                .map(each -> (JsonObject) each)
                .filter(each -> each.getString("state").equals("issued") && !each.containsKey("holder_id"))
                .filter(each -> holders.stream()
                        .noneMatch(row -> row.getString("card_id").equals(each.getString("id"))))
                .findFirst()
                .orElseThrow()
                .getString("id");
        node.post("/cards/" + holders.get(1).getString("card_id") + "/blocks", town.social)
                .expect(201);
        String batchId = define(definition("recharge"));
        String list = "Numero tessera;Importo\n";
        upload(
                        batchId,
                        list + secretCode(cards.get(0)) + ";5,00\n"
                                + "crd_zzzz;5,00\n"
                                + stocked + ";5,00\n"
                                + cards.get(0) + ";5,00\n"
                                + cards.get(0).replace('_', '-').toUpperCase(Locale.ROOT) + ";5,00\n")
                .expect(202);
        assertThat(awaitState(batchId, "faulty", "ready").getInteger("errors")).isEqualTo(4);
        assertThat(node
                        .get("/issuance-batches/" + batchId + "/validation-report?case_id=" + OWN_CASE, town.social)
                        .expect(200)
                        .getJsonArray("faults")
                        .stream()
                        .map(each -> ((JsonObject) each).getString("code")))
                .containsExactly("card_wrong", "card_unknown", "card_without_holder", "card_twice");

        String mended = list + cards.get(0) + ";5,00\n" + cards.get(1) + ";7,00\nTotale;12,00\n";
        upload(batchId, mended).expect(202);
        JsonObject ready = awaitState(batchId, "faulty", "ready");
        assertThat(ready.getInteger("warnings")).isEqualTo(1);
        assertThat(ready.getInteger("row_count")).isEqualTo(2);
        JsonObject tried = dryRun(batchId);
        assertThat(tried.getString("outcome")).isEqualTo("ok");
        assertThat(tried.getInteger("cards_needed")).isZero();
        JsonObject submitted = submit(batchId);
        assertThat(approve(batchId, town.social, seen(submitted)).code()).isEqualTo("same_person");
        approve(submitted);
        passDelay();
        assertThat(awaitState(batchId, "executed", "stopped").getString("state"))
                .isEqualTo("executed");
        assertThat(rows(batchId, "").stream().map(row -> row.getString("wallet_id")))
                .containsExactly(
                        holders.get(0).getString("wallet_id"), holders.get(1).getString("wallet_id"));
        assertThat(holders.stream().map(row -> balance(row.getString("wallet_id"))))
                .containsExactly(25_00L, 27_00L, 20_00L);
        assertThat(rows(batchId, "").stream().map(row -> row.getString("holder_id")))
                .containsExactly(
                        holders.get(0).getString("holder_id"), holders.get(1).getString("holder_id"));
        assertThat(node.get("/issuance-batches/" + batchId + "/lists?case_id=" + OWN_CASE, town.social)
                        .expect(200)
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .getString("family_name"))
                .isEqualTo("Amari");
        assertThat(people).isEqualTo(first + 3);

        erase(holders.get(2).getString("holder_id"));
        String gone = define(definition("recharge"));
        upload(gone, list + cards.get(2) + ";5,00\n").expect(202);
        assertThat(awaitState(gone, "faulty", "ready").getString("state")).isEqualTo("faulty");
    }

    @Test
    void shouldRankByThePublishedCriteria() {
        stock(2);
        JsonObject criteria = new JsonObject()
                .put("tie_breakers", new JsonArray().add("more_minors").add("earlier_application"))
                .put("draw_seed", "estrazione 12/2026")
                .put(
                        "formula",
                        new JsonObject()
                                .put("kind", "per_member")
                                .put("base", euro(10_00))
                                .put("each", euro(5_00))
                                .put("maximum", euro(20_00)))
                .put("budget", euro(30_00));
        StringBuilder csv = new StringBuilder("Protocollo;CF;Cognome;Nome;Componenti;Minori;Punteggio;Esito;Motivo\n");
        int[][] figures = {{1, 0, 10}, {2, 1, 50}, {2, 0, 50}, {4, 2, 40}};
        for (int[] each : figures) {
            csv.append("2026/" + people + ';' + taxCode(people++) + ";Amari;Niccolò;" + each[0] + ';' + each[1] + ';'
                    + each[2] + ";Ammesso;\n");
        }
        csv.append("2026/" + people + ';' + taxCode(people++) + ";Amari;Niccolò;1;0;90;Escluso;Non residente\n");

        String batchId = ready(call().put("criteria", criteria), csv.toString());

        List<JsonObject> rows = rows(batchId, "");
        assertThat(rows.stream().map(row -> row.getInteger("position"))).containsExactly(4, 1, 2, 3, 0);
        assertThat(rows.stream().map(row -> row.getString("outcome")))
                .containsExactly("reserve", "admitted", "admitted", "reserve", "excluded");
        assertThat(rows.get(2).getString("decided_by")).isEqualTo("more_minors");
        assertThat(rows.get(4).getString("reason")).isEqualTo("not_eligible");
        assertThat(get(batchId).getJsonObject("amount")).isEqualTo(euro(30_00));
        assertThat(act(batchId, "cancellations", town.social).expect(201).getString("state"))
                .isEqualTo("cancelled");
    }

    @Test
    void shouldRankAnewAfterAReviewAndSayWhatChanged() {
        stock(2);
        JsonObject criteria = new JsonObject()
                .put("draw_seed", "estrazione 12/2026")
                .put(
                        "formula",
                        new JsonObject().put("kind", "by_size").put("amounts", new JsonArray().add(euro(10_00))))
                .put("budget", euro(20_00));
        StringBuilder csv = new StringBuilder("Protocollo;CF;Cognome;Nome;Componenti;Punteggio;Esito;Motivo\n");
        String[] outcomes = {"Ammesso;", "Ammesso;", "Escluso;Documenti mancanti"};
        for (int i = 0; i < outcomes.length; i++) {
            csv.append("2026/" + people + ';' + taxCode(people++) + ";Amari;Niccolò;1;" + (i + 1) * 10 + ';'
                    + outcomes[i] + '\n');
        }
        String batchId = ready(call().put("criteria", criteria), csv.toString());
        JsonObject review = new JsonObject()
                .put("case_id", OWN_CASE)
                .put("row", 2)
                .put("decision", "eligible")
                .put("words", "Documenti pervenuti il 3 marzo");
        String path = "/issuance-batches/" + batchId + "/reviews";

        JsonObject told = node.post(path, town.social, review).expect(201);

        assertThat(told.getInteger("ranking_version")).isEqualTo(2);
        assertThat(told.getJsonArray("changes").stream().map(each -> ((JsonObject) each).getString("kind")))
                .containsExactlyInAnyOrder("entered", "left", "moved");
        assertThat(rows(batchId, "").stream().map(row -> row.getString("outcome")))
                .containsExactly("reserve", "admitted", "admitted");
        JsonObject named = node.get("/issuance-batches/" + batchId + "/lists?case_id=" + OWN_CASE, town.social)
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(2);
        assertThat(named.getString("words")).isEqualTo("Documenti pervenuti il 3 marzo");

        JsonObject submitted = submit(batchId);
        assertThat(node.post(path, town.social, review).code()).isEqualTo("issuance_state_conflict");
        act(batchId, "rejections", town.treasurer).expect(201);
        node.post(path, town.social, review.copy().put("decision", "excluded")).expect(201);
        assertThat(submit(batchId).getString("digest")).isNotEqualTo(submitted.getString("digest"));
    }

    private void erase(String personId) {
        town.grant(town.requestOf(personId, "erasure"));
    }

    /** What was kept of an application goes with the person, and so does the person's place. */
    @Test
    void shouldAwardNothingToWhoWasErasedBeforeTheBatchWasSubmitted() {
        stock(2);
        String batchId = ready(call(), file(2, 10_00));
        String personId = rows(batchId, "").getFirst().getString("holder_id");
        erase(personId);

        assertThat(problemOfSubmission(batchId).getString("code")).isEqualTo("issuance_ranking_changed");
        assertThat(rows(batchId, "").stream().map(row -> row.getString("reason")))
                .containsExactly("person_erased", null);
        assertThat(submit(batchId).getInteger("row_count")).isEqualTo(1);
        assertThat(node.get("/issuance-batches/" + batchId + "/lists?case_id=" + OWN_CASE, town.social)
                        .expect(200)
                        .getJsonArray("items")
                        .getJsonObject(0)
                        .containsKey("family_name"))
                .isFalse();
    }

    @Test
    void shouldGoOnWhereverItWasInterruptedAndPayNobodyTwice() throws Exception {
        int rows = 700;
        stock(rows);
        String batchId = define(call());
        upload(batchId, file(rows, 1_00)).expect(202);
        restart();
        awaitState(batchId, "ready");
        act(batchId, "submissions", town.social).expect(202);
        restart();
        JsonObject submitted = awaitState(batchId, "submitted", "ready");
        assertThat(submitted.getString("state")).isEqualTo("submitted");
        restart();
        approve(submitted);
        restart();
        passDelay();
        awaitState(batchId, "executing", "executed");
        restart();
        awaitState(batchId, "executing", "executed");
        restart();
        JsonObject done = awaitState(batchId, "executed");

        assertThat(done.getInteger("rows_done")).isEqualTo(rows);
        assertThat(done.getJsonObject("amount_done")).isEqualTo(euro(rows * 100L));
        assertThat(done.getInteger("refused")).isZero();
        requireCredited(batchId, 1_00, rows);
    }

    private void restart() throws Exception {
        node.restart();
        town = town.afterRestart();
    }

    @Test
    void shouldListWhatTheCoreRefusesAndStopWhenTheProgrammeIsSuspended() {
        stock(2);
        String batchId = ready(call(), file(2, 10_00));
        approve(submit(batchId));
        node.post("/programmes/" + town.programmeId + "/suspensions", town.social)
                .expect(201);
        passDelay();
        JsonObject stopped = awaitState(batchId, "stopped", "executed");
        assertThat(stopped.getString("stop_code")).isEqualTo("programme_state_conflict");
        assertThat(stopped.getInteger("rows_done")).isZero();
        node.post("/programmes/" + town.programmeId + "/resumptions", town.social)
                .expect(201);
        act(batchId, "executions", town.social).expect(201);
        awaitState(batchId, "executed");
        requireCredited(batchId, 10_00, 2);
        assertThat(rows(batchId, "&outcome=refused")).isEmpty();
    }
}

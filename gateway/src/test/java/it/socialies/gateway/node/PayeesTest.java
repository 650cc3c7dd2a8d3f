// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.SettlementTown.IBAN;
import static it.socialies.gateway.node.SettlementTown.OTHER_IBAN;
import static it.socialies.gateway.node.SettlementTown.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import it.socialies.gateway.node.TestNode.Answer;
import it.socialies.gateway.security.KeyRotation;
import it.socialies.gateway.security.KeyRotation.Rotatable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Where shops are paid, over HTTP on a real node: what it takes to change it, and what does not do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PayeesTest {
    private static final String THIRD_IBAN = "DE89370400440532013000";
    private static final Pattern CODE = Pattern.compile("\\b[0-9A-HJKMNP-TV-Z]{4} [0-9A-HJKMNP-TV-Z]{4}\\b");
    private static final int TRIES = 5;

    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;
    private SettlementTown desk;
    private String auditor;
    /** Another login of the person behind {@code town.social}, who proposes here. */
    private String secondLogin;

    private String shop;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node, each -> {
            secondLogin = each.appoint("anna.due", "RSSMRA80A01H501U", "social", "treasurer", "admin");
            auditor = each.appoint("carla.vede", "RSSMRA80A01H501U", "auditor");
        });
        desk = new SettlementTown(town);
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    @BeforeEach
    void newShop() {
        shop = town.newMerchant();
        desk.now();
    }

    private String path(String rest) {
        return "/merchants/" + shop + rest;
    }

    private Answer propose(JsonObject account) {
        return node.post(path("/payee-changes?" + desk.now()), town.social, account);
    }

    /** Proposed by one person, approved by another; the number of the account. */
    private String set(String iban) {
        town.approve(propose(account(iban)).expect(202));
        return payees().getFirst().getString("id");
    }

    private List<JsonObject> payees() {
        return desk.payees(shop);
    }

    private List<String> states() {
        return payees().stream().map(each -> each.getString("state")).toList();
    }

    private String letterPath(String payeeId) {
        return path("/payees/" + payeeId + "/letter?" + desk.now());
    }

    private String letter(String payeeId) throws Exception {
        return text(node.bytes(letterPath(payeeId), town.treasurer));
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static String code(String letter) {
        Matcher code = CODE.matcher(letter);
        assertThat(code.find()).as(letter).isTrue();
        return code.group();
    }

    private Answer confirm(String payeeId, String code, String token) {
        return node.post(
                path("/payee-confirmations"),
                token,
                new JsonObject().put("payee_id", payeeId).put("code", code));
    }

    private static String wrong(String code) {
        return (code.charAt(0) == 'Z' ? 'Y' : 'Z') + code.substring(1);
    }

    @Test
    void shouldProposeOnceHoweverOftenItIsAsked() {
        String key = TestNode.newKey();
        String changes = path("/payee-changes?" + desk.now());
        JsonObject first =
                node.post(changes, town.social, key, account(IBAN).encode()).expect(202);
        Answer again = node.post(
                changes,
                town.social,
                key,
                account("it60 x054 2811 1010 0000 0123 456").encode());

        assertThat(again.expect(202).getString("proposal_id")).isEqualTo(first.getString("proposal_id"));
        assertThat(again.response().headers().firstValue("Idempotency-Hit")).hasValue("true");
        assertThat(payees()).hasSize(1);
        JsonObject payee = payees().getFirst();
        assertThat(first.getString("kind")).isEqualTo("set_payee");
        assertThat(first.getString("subject_id")).isEqualTo(shop);
        assertThat(first.getString("target_id"))
                .isEqualTo(payee.getString("id"))
                .startsWith("pye_");
        assertThat(payee.getString("state")).isEqualTo("proposed");
        assertThat(payee.getString("account_holder")).isEqualTo("Panificio Prova di A. Rossi");
        assertThat(payee.getString("iban_ending")).isEqualTo("3456");
        assertThat(payee.getString("proposed_by")).isEqualTo(town.operatorIds.get("anna.sociali"));

        for (Answer other : List.of(
                node.post(changes, town.social, key, account(OTHER_IBAN).encode()),
                node.post(
                        changes,
                        town.social,
                        key,
                        account(IBAN).put("account_holder", "Altri").encode()),
                node.post(changes, town.treasurer, key, account(IBAN).encode()),
                node.post(
                        "/merchants/" + town.merchantId + "/payee-changes",
                        town.social,
                        key,
                        account(IBAN).encode()))) {
            assertThat(other.expect(422).getString("code")).isEqualTo("idempotency_key_reused");
        }
        assertThat(payees()).hasSize(1);
        assertThat(desk.payees(town.merchantId)).isEmpty();
    }

    @Test
    void shouldPayToTheFirstAccountOnceAnotherPersonApprovedWhatItSaw() {
        JsonObject proposal = propose(account(IBAN)).expect(202);
        String approvals = "/proposals/" + proposal.getString("proposal_id") + "/approvals";
        for (String token : new String[] {town.social, secondLogin}) {
            assertThat(node.post(approvals, token, TestTown.seen(proposal))
                            .expect(403)
                            .getString("code"))
                    .isEqualTo("same_person");
        }
        JsonObject changed = TestTown.seen(proposal).put("digest", "00".repeat(32));
        assertThat(node.post(approvals, town.treasurer, changed).code()).isEqualTo("proposal_changed");
        assertThat(states()).containsExactly("proposed");
        node.post("/proposals/" + proposal.getString("proposal_id") + "/rejections", town.treasurer, new JsonObject())
                .expect(201);
        assertThat(states()).containsExactly("rejected");

        String payeeId = set(IBAN);
        assertThat(states()).containsExactly("in_force", "rejected");
        assertThat(node.get(letterPath(payeeId), town.treasurer).expect(409).getString("code"))
                .isEqualTo("payee_state_conflict");
    }

    @Test
    void shouldHoldAChangeUntilTheContactOfBeforeTellsTheCodeToSomebodyElse() throws Exception {
        node.post(
                        path("/outlets"),
                        town.social,
                        new JsonObject().put("name", "Forno").put("address", "Via Vecchia 1, Balestrate"))
                .expect(201);
        String first = set(IBAN);
        String changed = set(OTHER_IBAN);
        assertThat(states()).containsExactly("held", "replaced");
        assertThat(payees().toString()).doesNotContain(IBAN, OTHER_IBAN);

        for (String token : new String[] {town.social, secondLogin}) {
            assertThat(node.get(letterPath(changed), token).expect(403).getString("code"))
                    .isEqualTo("same_person");
        }
        String italian = letter(changed);
        String english = text(node.bytes(letterPath(changed) + "&language=en", town.treasurer));
        String code = code(italian);
        assertThat(italian)
                .contains("Comune di Prova", "Panificio Prova", "Via Vecchia 1", "… 3456", "… 0001")
                .doesNotContain(IBAN, OTHER_IBAN);
        assertThat(english).contains("Account until now", code);
        for (String token : new String[] {town.social, secondLogin}) {
            assertThat(confirm(changed, code, token).expect(403).getString("code"))
                    .isEqualTo("same_person");
        }
        assertThat(states()).containsExactly("held", "replaced");

        JsonObject confirmed = confirm(changed, code.replace(" ", "").toLowerCase(Locale.ROOT), town.treasurer)
                .expect(201);
        assertThat(confirmed.getString("state")).isEqualTo("in_force");
        JsonObject shown = payees().getFirst();
        assertThat(shown.getString("state")).isEqualTo("in_force");
        assertThat(shown.getString("confirmed_by")).isEqualTo(town.operatorIds.get("bruno.conti"));
        assertThat(confirm(changed, code, town.treasurer).expect(409).getString("code"))
                .isEqualTo("payee_state_conflict");
        for (String done : new String[] {first, changed}) {
            assertThat(node.get(letterPath(done), town.treasurer).expect(409).getString("code"))
                    .isEqualTo("payee_state_conflict");
        }
    }

    @Test
    void shouldWriteToWhoWasPaidBeforeAndNotToWhoOnlyWaited() throws Exception {
        set(IBAN);
        String waited = set(OTHER_IBAN);
        String waitedCode = code(letter(waited));
        JsonObject proposal = propose(account(THIRD_IBAN)).expect(202);
        node.post(
                        path("/outlets"),
                        town.social,
                        new JsonObject().put("name", "Ufficio").put("address", "Casella postale 666"))
                .expect(201);
        town.approve(proposal);
        String last = payees().getFirst().getString("id");

        assertThat(states()).containsExactly("held", "replaced", "replaced");
        assertThat(letter(last))
                .contains("… 3456", "… 3000")
                .doesNotContain("0001")
                .doesNotContain("Casella postale");
        assertThat(node.get(letterPath(waited), town.treasurer).expect(409).getString("code"))
                .isEqualTo("payee_state_conflict");
        assertThat(confirm(waited, waitedCode, town.treasurer).expect(409).getString("code"))
                .isEqualTo("payee_state_conflict");
        assertThat(confirm(last, waitedCode, town.treasurer).expect(409).getString("code"))
                .isEqualTo("payee_code_wrong");
        confirm(last, code(letter(last)), town.treasurer).expect(201);

        String next = set(OTHER_IBAN);
        assertThat(letter(next)).contains("… 3000", "… 0001", "Casella postale 666");
    }

    @Test
    void shouldTakeFiveWrongCodesEvenWhenTheyComeAtOnceAndThenANewLetterOnly() throws Exception {
        set(IBAN);
        String held = set(OTHER_IBAN);
        String code = code(letter(held));
        // What is right costs no try.
        assertThat(confirm(held, wrong(code), town.treasurer).code()).isEqualTo("payee_code_wrong");
        List<Callable<String>> guesses = new ArrayList<>();
        for (int i = 0; i < 4 * TRIES; i++) {
            guesses.add(() -> confirm(held, wrong(code), town.treasurer).code());
        }
        Map<String, Long> answers;
        try (ExecutorService guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> codes = new ArrayList<>();
            for (Future<String> guess : guessers.invokeAll(guesses)) {
                codes.add(guess.get());
            }
            answers = codes.stream().collect(Collectors.groupingBy(each -> each, Collectors.counting()));
        }
        assertThat(answers)
                .isEqualTo(Map.of(
                        "payee_code_wrong",
                        (long) TRIES - 1,
                        "payee_code_exhausted",
                        (long) guesses.size() - TRIES + 1));
        assertThat(confirm(held, code, town.treasurer).expect(409).getString("code"))
                .isEqualTo("payee_code_exhausted");
        assertThat(node.get(letterPath(held), town.treasurer).expect(409).getString("code"))
                .isEqualTo("payee_code_exhausted");
        assertThat(states()).containsExactly("held", "replaced");

        String again = set(OTHER_IBAN);
        String letter = letter(again);
        assertThat(letter).contains("… 3456", "… 0001");
        assertThat(code(letter)).isNotEqualTo(code);
        confirm(again, code(letter), town.treasurer).expect(201);
        assertThat(states()).containsExactly("in_force", "replaced", "replaced");
    }

    @Test
    void shouldLetTheDeskAloneSeeAndSetThem() throws Exception {
        set(IBAN);
        String held = set(OTHER_IBAN);
        assertThat(node.get(path("/payees"), auditor).expect(200).getJsonArray("items"))
                .hasSize(2);
        assertThat(node.post(path("/payee-changes"), auditor, account(THIRD_IBAN))
                        .status())
                .isEqualTo(403);
        assertThat(node.get(letterPath(held), auditor).status()).isEqualTo(403);
        assertThat(confirm(held, "0000 0000", auditor).status()).isEqualTo(403);
        String holder = town.holderToken(town.card);
        String till = town.terminalToken();
        for (String token : new String[] {holder, till}) {
            assertThat(node.get(path("/payees"), token).status()).isEqualTo(403);
            assertThat(node.get(letterPath(held), token).status()).isEqualTo(403);
            assertThat(confirm(held, "0000 0000", token).status()).isEqualTo(403);
        }
        // The account of another shop is none of this one.
        String owner = shop;
        newShop();
        assertThat(node.get(letterPath(held), town.treasurer).status()).isEqualTo(404);
        assertThat(confirm(held, "0000 0000", town.treasurer).status()).isEqualTo(404);
        TestTown elsewhere = TestTown.create(node);
        assertThat(node.get("/merchants/" + owner + "/payees", elsewhere.treasurer)
                        .status())
                .isEqualTo(404);
        assertThat(node.get("/merchants/" + owner + "/payees/" + held + "/letter", elsewhere.treasurer)
                        .status())
                .isEqualTo(404);
        assertThat(node.post("/merchants/" + owner + "/payee-changes", elsewhere.treasurer, account(IBAN))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldRefuseWhatNoMoneyCanBeSentToAndKeepNothingOfIt() {
        for (String[] faulty : new String[][] {
            {"IT61X0542811101000000123456", "check_digits"},
            {"IT60X05428111010000001234", "length"},
            {"IT64Y0542811101000000123456", "cin"},
            {"TR330006100519786457841326", "country"}
        }) {
            JsonObject fault = propose(account(faulty[0]))
                    .expect(422)
                    .getJsonArray("errors")
                    .getJsonObject(0);
            assertThat(fault.getString("field")).as(faulty[0]).isEqualTo("/iban");
            assertThat(fault.getString("code")).as(faulty[0]).isEqualTo(faulty[1]);
        }
        assertThat(propose(account(IBAN).put("bic", "BPMOXX22")).expect(422).getJsonArray("errors"))
                .hasSize(1);
        for (JsonObject malformed : List.of(
                account(IBAN).put("account_holder", "   "),
                account(IBAN).put("account_holder", "Pane\nVino"),
                account("IT60-X054-2811-1010-0000-0123-456"),
                account(IBAN).put("note", "x"),
                new JsonObject().put("iban", IBAN))) {
            assertThat(propose(malformed).status()).as(malformed.encode()).isEqualTo(400);
        }
        assertThat(node.post(
                                path("/payee-changes"),
                                town.social,
                                null,
                                account(IBAN).encode())
                        .status())
                .isEqualTo(400);
        assertThat(node.post("/merchants/mer_zzzz/payee-changes", town.social, account(IBAN))
                        .status())
                .isEqualTo(404);
        assertThat(payees()).isEmpty();
    }

    @Test
    void shouldOpenAccountsAndKnowCodesOfBeforeAKeyWasRotated() throws Exception {
        set(IBAN);
        String held = set(OTHER_IBAN);
        String code = code(letter(held));

        new KeyRotation(data.resolve("secrets/keys")).rotate(Rotatable.PAYEES, System.currentTimeMillis());
        node.restart();
        town.afterRestart();
        secondLogin = town.logIn("anna.due");
        auditor = town.logIn("carla.vede");

        assertThat(payees().getFirst().getString("account_holder")).isEqualTo("Panificio Prova di A. Rossi");
        assertThat(code(letter(held))).isNotEqualTo(code);
        confirm(held, code, town.treasurer).expect(201);
        set(THIRD_IBAN);
        assertThat(states()).containsExactly("held", "replaced", "replaced");
    }

    @Test
    void shouldKnowShopsByTheirTaxNumbersAndShowATaxCodeToTheDeskAlone() {
        JsonObject request = new JsonObject()
                .put("name", "Bar Prova")
                .put("category", "bar")
                .put("vat_number", "01234567897")
                .put("tax_code", "rssmra80a01h501u");
        String key = TestNode.newKey();
        JsonObject registered =
                node.post("/merchants", town.social, key, request.encode()).expect(201);
        assertThat(node.post("/merchants", town.social, key, request.encode())
                        .expect(201)
                        .getString("id"))
                .isEqualTo(registered.getString("id"));
        assertThat(registered.getString("tax_code")).isEqualTo("RSSMRA80A01H501U");
        String read = "/merchants/" + registered.getString("id") + "?" + desk.now();
        assertThat(node.get(read, town.treasurer).expect(200).getString("tax_code"))
                .isEqualTo("RSSMRA80A01H501U");
        JsonObject audited = node.get(read, auditor).expect(200);
        assertThat(audited.fieldNames()).doesNotContain("tax_code");
        assertThat(audited.getString("vat_number")).isEqualTo("01234567897");
        assertThat(node.get("/merchants", town.social).expect(200).encode()).doesNotContain("RSSMRA80A01H501U");

        JsonObject problem = node.post(
                        "/merchants",
                        town.social,
                        request.copy().put("vat_number", "01234567890").put("tax_code", "RSSMRA80A01H501X"))
                .expect(422);
        assertThat(problem.getJsonArray("errors").stream()
                        .map(each -> ((JsonObject) each).getString("field"))
                        .toList())
                .containsExactly("/vat_number", "/tax_code");
        assertThat(problem.encode()).doesNotContain("RSSMRA80A01H501X");
        assertThat(node.post("/merchants", town.social, request.copy().put("vat_number", "IT01234567897"))
                        .status())
                .isEqualTo(400);
    }
}

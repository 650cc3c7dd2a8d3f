// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A card of the stock becomes that of a person who is at the desk. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandOversTest {
    @TempDir
    private static Path data;

    private TestNode node;
    private TestTown town;
    private String caseId;
    private String personId;
    private LocalDate born = LocalDate.of(1951, 2, 3);

    @BeforeAll
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
        caseId = node.post("/people/cases", town.social, new JsonObject().put("purpose", "issuance"))
                .expect(201)
                .getString("id");
    }

    /** Everybody has one wallet. */
    @BeforeEach
    void somebodyNew() {
        born = born.plusDays(1);
        personId = node.post(
                        "/people",
                        town.social,
                        new JsonObject()
                                .put("case_id", caseId)
                                .put(
                                        "person",
                                        new JsonObject()
                                                .put("given_name", "Teodolinda")
                                                .put("family_name", "Bevilacqua")
                                                .put("birth_date", born.toString())
                                                .put(
                                                        "contacts",
                                                        new JsonObject()
                                                                .put(
                                                                        "postal_address",
                                                                        new JsonObject()
                                                                                .put("street", "Via Libertà 12")
                                                                                .put("municipality", "Balestrate")))
                                                .put("tax_code_absence", "stateless")))
                .expect(201)
                .getString("id");
    }

    @AfterAll
    void stop() throws Exception {
        node.close();
    }

    private JsonObject handOver(String pin) {
        return new JsonObject()
                .put("case_id", caseId)
                .put("holder_id", personId)
                .put("household_size", 2)
                .put("new_pin", pin);
    }

    @Test
    void shouldHandACardOverInOneStepThatCanBeRepeated() throws Exception {
        JsonObject card = town.issueCard();
        String path = "/cards/" + card.getString("id") + "/hand-overs";
        String key = TestNode.newKey();

        JsonObject done =
                node.post(path, town.social, key, handOver("48213").encode()).expect(201);
        JsonObject again =
                node.post(path, town.social, key, handOver("48213").encode()).expect(201);

        assertThat(done.getString("state")).isEqualTo("active");
        assertThat(done.getString("holder_id")).isEqualTo(personId);
        assertThat(again.getString("block_code")).isEqualTo(done.getString("block_code"));
        town.topUp(card.getString("wallet_id"), 1_000);
        assertThat(town.pay(card, 1_000).status()).isEqualTo(201);
        assertThat(node.post(
                                "/public/card-blocks",
                                null,
                                null,
                                new JsonObject()
                                        .put("code", done.getString("block_code"))
                                        .encode())
                        .status())
                .isEqualTo(201);
    }

    @Test
    void shouldGiveNobodyASecondWallet() {
        String path = "/cards/" + town.issueCard().getString("id") + "/hand-overs";
        node.post(path, town.social, handOver("48213")).expect(201);
        String second = "/cards/" + town.issueCard().getString("id");

        assertThat(node.post(second + "/hand-overs", town.social, handOver("48213"))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("person_has_card");
        assertThat(node.post(
                                second + "/assignments",
                                town.social,
                                new JsonObject().put("holder_id", personId).put("household_size", 6))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("person_has_card");
        assertThat(node.get(second, town.social).expect(200).getString("state")).isEqualTo("issued");
    }

    @Test
    void shouldLeaveACardAsItIsWhenTheHandOverIsRefused() {
        JsonObject card = town.issueCard();
        String path = "/cards/" + card.getString("id");

        assertThat(node.post(path + "/hand-overs", town.social, handOver("11111"))
                        .expect(422)
                        .getString("code"))
                .isEqualTo("pin_too_weak");
        JsonObject nobody = handOver("48213").put("holder_id", "hld_zzzz");
        assertThat(node.post(path + "/hand-overs", town.social, nobody).status())
                .isEqualTo(404);
        JsonObject withoutCase = handOver("48213");
        withoutCase.remove("case_id");
        assertThat(node.post(path + "/hand-overs", town.social, withoutCase)
                        .expect(403)
                        .getString("code"))
                .isEqualTo("case_needed");
        assertThat(node.get(path, town.social).expect(200).getString("state")).isEqualTo("issued");
        JsonObject held = town.newCard();
        assertThat(node.post("/cards/" + held.getString("id") + "/hand-overs", town.social, handOver("48213"))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("card_state_conflict");
        assertThat(node.get("/wallets/" + held.getString("wallet_id"), town.social)
                        .expect(200)
                        .getString("holder_id"))
                .isEqualTo(TestTown.holderOf(held));
    }

    @Test
    void shouldPrintTheReceiptWithTheNameAndTheBlockOnlyCode() throws Exception {
        JsonObject card = town.issueCard();
        String path = "/cards/" + card.getString("id");
        String code = node.post(path + "/hand-overs", town.social, handOver("48213"))
                .expect(201)
                .getString("block_code");

        String text = text(path + "/hand-over-receipts", inCase());

        assertThat(text).contains("Teodolinda Bevilacqua").contains(code.replace('-', ' '));
        JsonObject read = node.get("/people/reads", town.social)
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(read.encode()).contains("letter");
    }

    @Test
    void shouldPrintTheSlipOfAnErrandWithNobodysNameUntilTheErrandIsDone() throws Exception {
        JsonObject card = town.issueCard();
        node.post("/cards/" + card.getString("id") + "/hand-overs", town.social, handOver("48213"))
                .expect(201);
        JsonObject errand = node.post(
                        "/wallets/" + card.getString("wallet_id") + "/errands",
                        town.social,
                        new JsonObject()
                                .put("merchant_id", town.merchantId)
                                .put("payment_max", TestTown.euro(1_250))
                                .put(
                                        "valid_until",
                                        Instant.now()
                                                .plusSeconds(3_600)
                                                .truncatedTo(ChronoUnit.MILLIS)
                                                .toString()))
                .expect(201);
        String path = "/cards/" + errand.getString("id");

        String text = text(path + "/errand-slips", new JsonObject().put("language", "en"));

        assertThat(text)
                .contains(
                        "Panificio Prova",
                        "€12.50",
                        errand.getString("card_code").replace('-', ' '))
                .doesNotContain("Teodolinda", "Bevilacqua");
        node.post(path + "/blocks", town.social).expect(201);
        assertThat(node.post(path + "/errand-slips", town.social, new JsonObject())
                        .expect(409)
                        .getString("code"))
                .isEqualTo("card_state_conflict");
        assertThat(node.post("/cards/" + card.getString("id") + "/errand-slips", town.social, new JsonObject())
                        .code())
                .isEqualTo("card_state_conflict");
    }

    private JsonObject inCase() {
        return new JsonObject().put("case_id", caseId);
    }

    private String text(String path, JsonObject body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> pdf = client.send(
                    node.request(TestNode.BASE + path)
                            .header("Authorization", "Bearer " + town.social)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", TestNode.newKey())
                            .POST(BodyPublishers.ofString(body.encode()))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            try (PDDocument document = Loader.loadPDF(pdf.body())) {
                return new PDFTextStripper().getText(document);
            }
        }
    }

    @Test
    void shouldSendANewPinByPostOnceTwoPersonsWantIt() throws Exception {
        JsonObject card = town.issueCard();
        String path = "/cards/" + card.getString("id");
        node.post(path + "/hand-overs", town.social, handOver("48213")).expect(201);
        town.topUp(card.getString("wallet_id"), 1_000);
        JsonObject proposal = node.post(path + "/pin-mailers", town.social).expect(202);
        String id = proposal.getString("id");
        String prints = "/pin-mailers/" + id + "/prints";
        JsonObject inCase = new JsonObject().put("case_id", caseId);

        assertThat(proposal.getString("digest")).matches("0{64}");
        assertThat(node.post(prints, town.social, inCase).expect(409).getString("code"))
                .isEqualTo("proposal_state_conflict");
        node.post("/proposals/" + id + "/approvals", town.treasurer, TestTown.seen(proposal))
                .expect(201);
        Matcher pin = Pattern.compile("(?m)^([0-9]{5})$").matcher(text(prints, inCase()));

        assertThat(pin.find()).isTrue();
        assertThat(town.pay(card, 100).expect(402).getString("code")).isEqualTo("pin_wrong");
        assertThat(town.till
                        .send(
                                "POST",
                                "/payments",
                                TestNode.newKey(),
                                town.payment(card, 100).put("pin", pin.group(1)).encode())
                        .status())
                .isEqualTo(201);
        assertThat(node.post(prints, town.social, inCase).expect(409).getString("code"))
                .isEqualTo("pin_mailer_printed");
    }

    @Test
    void shouldPrintNoReceiptOfACardThatNobodyHolds() {
        String id = town.issueCard().getString("id");
        assertThat(node.post(
                                "/cards/" + id + "/hand-over-receipts",
                                town.social,
                                new JsonObject().put("case_id", caseId))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("card_state_conflict");
    }
}

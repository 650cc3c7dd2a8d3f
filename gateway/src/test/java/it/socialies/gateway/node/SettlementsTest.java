// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.SettlementTown.IBAN;
import static it.socialies.gateway.node.SettlementTown.OTHER_IBAN;
import static it.socialies.gateway.node.SettlementTown.note;
import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.prowidesoftware.swift.model.mx.MxPain00100109;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what a shop is owed to its order, over HTTP on a real node. */
class SettlementsTest {
    @TempDir
    private Path data;

    private TestNode node;
    private TestTown town;
    private SettlementTown desk;

    @BeforeEach
    void start() throws Exception {
        node = TestNode.create(data);
        town = TestTown.create(node);
        desk = new SettlementTown(town);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    @Test
    void shouldSettleWhatAShopIsOwedFromTheTillToTheOrder() throws Exception {
        town.pay(town.card, 70_00).expect(201);
        town.pay(town.card, 10_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);

        JsonObject drawn = desk.draw(desk.request());

        String id = drawn.getString("id");
        assertThat(drawn.getString("state")).isEqualTo("proposed");
        assertThat(drawn.getJsonObject("total")).isEqualTo(euro(80_00));
        assertThat(drawn.getInteger("line_count")).isEqualTo(1);
        assertThat(drawn.getJsonArray("left_out")).isEmpty();
        // Who drew it does not approve it.
        JsonObject proposal = node.get("/proposals/" + drawn.getString("proposal_id"), town.social)
                .expect(200);
        assertThat(proposal.getJsonObject("amount")).isEqualTo(euro(80_00));
        JsonObject seen = new JsonObject()
                .put("amount", proposal.getJsonObject("amount"))
                .put("row_count", proposal.getInteger("row_count"))
                .put("digest", proposal.getString("digest"));
        String approvals = "/proposals/" + drawn.getString("proposal_id") + "/approvals";
        assertThat(node.post(approvals, town.treasurer, seen).expect(403).getString("code"))
                .isEqualTo("same_person");
        assertThat(node.post("/settlement-batches/" + id + "/orders", town.treasurer, SettlementTown.mandate())
                        .expect(409)
                        .getString("code"))
                .isEqualTo("settlement_state_conflict");
        node.post(approvals, town.social, seen).expect(201);
        assertThat(desk.settlement(id).getString("state")).isEqualTo("approved");

        // Nothing is ordered before the shop has confirmed its note.
        JsonObject nothing = node.post(
                        "/settlement-batches/" + id + "/orders", town.treasurer, SettlementTown.mandate())
                .expect(409);
        assertThat(nothing.getString("code")).isEqualTo("nothing_to_order");
        assertThat(nothing.getJsonArray("left_out").getJsonObject(0).getString("reason"))
                .isEqualTo("debit_note_missing");
        JsonObject draft = node.get("/till/debit-notes", town.terminalToken())
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(0);
        assertThat(draft.getString("state")).isEqualTo("drafted");
        assertThat(draft.getJsonObject("total")).isEqualTo(euro(80_00));
        assertThat(draft.getJsonObject("stamp_duty")).isEqualTo(euro(2_00));
        assertThat(draft.getLong("payments")).isEqualTo(2);
        assertThat(draft.fieldNames()).doesNotContain("programme_id");
        String path = desk.notePath(id, town.merchantId) + "/confirmations";
        assertThat(node.post(path, town.treasurer, note("7", 79_00)).expect(409).getString("code"))
                .isEqualTo("debit_note_total_differs");
        node.post(path, town.terminalToken(), note("7", 80_00)).expect(201);
        assertThat(node.post(path, town.treasurer, note("8", 80_00)).expect(409).getString("code"))
                .isEqualTo("debit_note_confirmed");

        String order = node.post("/settlement-batches/" + id + "/orders", town.treasurer, SettlementTown.mandate())
                .expect(201)
                .getString("id");
        JsonArray items = desk.ordered(order);
        assertThat(items).hasSize(1);
        assertThat(items.getJsonObject(0).getString("state")).isEqualTo("ordered");
        assertThat(items.getJsonObject(0).getString("programme_id")).isEqualTo(town.programmeId);
        assertThat(desk.settlement(id).getJsonObject("lines").getInteger("ordered"))
                .isEqualTo(1);
        // A line is in one order at a time.
        assertThat(node.post(
                                "/settlement-batches/" + id + "/orders?" + desk.now(),
                                town.treasurer,
                                SettlementTown.mandate())
                        .expect(409)
                        .getString("code"))
                .isEqualTo("nothing_to_order");
    }

    @Test
    void shouldLeaveOutAShopWithoutAccountAndGoOnWithTheOthers() throws Exception {
        town.pay(town.card, 30_00).expect(201);

        JsonObject empty = desk.draw(desk.request());

        assertThat(empty.getString("state")).isEqualTo("empty");
        JsonObject leftOut = empty.getJsonArray("left_out").getJsonObject(0);
        assertThat(leftOut.getString("merchant_id")).isEqualTo(town.merchantId);
        assertThat(leftOut.getString("reason")).isEqualTo("payee_missing");
        assertThat(leftOut.getJsonObject("amount")).isEqualTo(euro(30_00));

        desk.setPayee(town.merchantId, IBAN);
        JsonObject later = desk.draw(desk.request());
        assertThat(later.getJsonObject("total")).isEqualTo(euro(30_00));
    }

    @Test
    void shouldSettleNothingThatWasCapturedBehindThePeriod() throws Exception {
        town.pay(town.card, 30_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);
        String hourAgo = Instant.now().minus(1, ChronoUnit.HOURS).toString();

        assertThat(desk.draw(desk.request().put("period_end", hourAgo)).getString("state"))
                .isEqualTo("empty");
        assertThat(node.post(
                                "/settlement-batches",
                                town.treasurer,
                                desk.request()
                                        .put(
                                                "period_end",
                                                Instant.now()
                                                        .plus(1, ChronoUnit.HOURS)
                                                        .toString()))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void shouldGiveLinesBackWhenASettlementIsCancelled() throws Exception {
        town.pay(town.card, 30_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);
        JsonObject drawn = desk.draw(desk.request());

        node.post("/settlement-batches/" + drawn.getString("id") + "/cancellations", town.treasurer, new JsonObject())
                .expect(201);

        String id = drawn.getString("id");
        await().until(() -> desk.settlement(id).getJsonObject("lines").getInteger("returned") == 1);
        assertThat(desk.settlement(id).getString("state")).isEqualTo("cancelled");
        assertThat(desk.draw(desk.request()).getJsonObject("total")).isEqualTo(euro(30_00));
    }

    @Test
    void shouldBeProposedAgainOnceItWasRejected() throws Exception {
        town.pay(town.card, 30_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);
        JsonObject drawn = desk.draw(desk.request());
        String path = "/settlement-batches/" + drawn.getString("id") + "/proposals?" + desk.now();

        assertThat(node.post(path, town.treasurer, new JsonObject()).expect(409).getString("code"))
                .isEqualTo("settlement_proposed");
        node.post("/proposals/" + drawn.getString("proposal_id") + "/rejections", town.social, new JsonObject())
                .expect(201);
        desk.now();
        JsonObject again = node.post(
                        "/settlement-batches/" + drawn.getString("id") + "/proposals?" + desk.now(),
                        town.treasurer,
                        new JsonObject())
                .expect(202);

        assertThat(again.getString("id")).isNotEqualTo(drawn.getString("proposal_id"));
        JsonObject settlement = desk.settlement(drawn.getString("id"));
        assertThat(settlement.getString("proposal_id")).isEqualTo(again.getString("id"));
        desk.approve(settlement);
        assertThat(desk.settlement(drawn.getString("id")).getString("state")).isEqualTo("approved");
    }

    @Test
    void shouldGiveOpenLinesBackUnlessTheShopHasMadeItsNote() throws Exception {
        town.pay(town.card, 30_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);
        String id = desk.approved();
        JsonObject lines = new JsonObject().put("lines", new JsonArray().add(desk.lineOf(id)));
        String path = "/settlement-batches/" + id + "/line-returns";

        JsonObject returned = node.post(path, town.treasurer, lines).expect(201);

        assertThat(returned.getJsonArray("lines")).isEqualTo(lines.getJsonArray("lines"));
        assertThat(desk.settlement(id).getJsonObject("lines").getInteger("returned"))
                .isEqualTo(1);
        assertThat(node.post(path, town.treasurer, lines).expect(404).getString("code"))
                .isEqualTo("not_found");
        String later = desk.approved();
        node.post(desk.notePath(later, town.merchantId) + "/confirmations", town.treasurer, note("1", 30_00))
                .expect(201);
        assertThat(node.post(
                                "/settlement-batches/" + later + "/line-returns",
                                town.treasurer,
                                new JsonObject().put("lines", new JsonArray().add(desk.lineOf(later))))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("debit_note_confirmed");
        assertThat(node.post(
                                "/settlement-batches/" + id + "/line-returns",
                                town.treasurer,
                                new JsonObject().put("lines", new JsonArray().add(desk.lineOf(later))))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void shouldDrawOnceHoweverOftenItIsAskedUnderOneKey() throws Exception {
        town.pay(town.card, 30_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);
        String key = TestNode.newKey();
        String body = desk.request().encode();

        String id = node.post("/settlement-batches", town.treasurer, key, body)
                .expect(202)
                .getString("id");
        assertThat(node.post("/settlement-batches", town.treasurer, key, body)
                        .expect(202)
                        .getString("id"))
                .isEqualTo(id);
        assertThat(desk.items("/settlement-batches?" + desk.now())).hasSize(1);
    }

    @Test
    void shouldHoldAChangedAccountUntilTheShopHasToldTheCodeOfItsLetter() throws Exception {
        desk.setPayee(town.merchantId, IBAN);
        String changed = desk.setPayee(town.merchantId, OTHER_IBAN);
        List<JsonObject> payees = desk.payees(town.merchantId);
        assertThat(payees).extracting(each -> each.getString("state")).containsExactly("held", "replaced");
        assertThat(payees.getFirst().getString("iban_ending")).isEqualTo("0001");
        assertThat(payees.toString()).doesNotContain(IBAN, OTHER_IBAN);
        town.pay(town.card, 30_00).expect(201);
        assertThat(desk.draw(desk.request())
                        .getJsonArray("left_out")
                        .getJsonObject(0)
                        .getString("reason"))
                .isEqualTo("payee_held");

        String letter = "/merchants/" + town.merchantId + "/payees/" + changed + "/letter";
        assertThat(node.get(letter, town.social).expect(403).getString("code")).isEqualTo("same_person");
        String confirmations = "/merchants/" + town.merchantId + "/payee-confirmations";
        JsonObject right = desk.confirmation(town.merchantId);
        assertThat(node.post(confirmations, town.social, right).expect(403).getString("code"))
                .isEqualTo("same_person");
        assertThat(node.post(confirmations, town.treasurer, right.copy().put("code", "0000 0000"))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("payee_code_wrong");
        node.post(confirmations, town.treasurer, right).expect(201);

        assertThat(desk.payees(town.merchantId).getFirst().getString("state")).isEqualTo("in_force");
        assertThat(desk.draw(desk.request()).getJsonObject("total")).isEqualTo(euro(30_00));
    }

    @Test
    void shouldSayWhatIsWrongWithAnIban() {
        for (String[] faulty : new String[][] {
            {"IT61X0542811101000000123456", "check_digits"},
            {"IT60X05428111010000001234", "length"},
            {"US60X0542811101000000123456", "country"},
            {"IT65A0542811101000000123456", "cin"}
        }) {
            JsonObject problem = node.post(
                            "/merchants/" + town.merchantId + "/payee-changes",
                            town.social,
                            SettlementTown.account(faulty[0]))
                    .expect(422);
            assertThat(problem.getJsonArray("errors").getJsonObject(0).getString("code"))
                    .as(faulty[0])
                    .isEqualTo(faulty[1]);
        }
    }

    @Test
    void shouldHoldBackOneShopThatACheckBlocksAndPayItLater() throws Exception {
        town.pay(town.card, 30_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);
        String id = desk.approved();
        node.post(desk.notePath(id, town.merchantId) + "/confirmations", town.treasurer, note("1", 30_00))
                .expect(201);
        JsonObject check = new JsonObject()
                .put("kind", "durc")
                .put("outcome", "blocked")
                .put("valid_until", SettlementTown.today())
                .put("reference", "INPS 4711");
        String checks = "/merchants/" + town.merchantId + "/payment-checks";
        node.post(checks, town.treasurer, check).expect(201);

        JsonObject nothing = node.post(
                        "/settlement-batches/" + id + "/orders", town.treasurer, SettlementTown.transfer())
                .expect(409);
        assertThat(nothing.getJsonArray("left_out").getJsonObject(0).getString("reason"))
                .isEqualTo("durc");

        node.post(checks, town.treasurer, check.copy().put("outcome", "clear")).expect(201);
        String order = node.post("/settlement-batches/" + id + "/orders", town.treasurer, SettlementTown.transfer())
                .expect(201)
                .getString("id");
        assertThat(desk.ordered(order).getJsonObject(0).getString("state")).isEqualTo("ordered");
    }

    @Test
    void shouldNoteWhatBecameOfPaymentsOnceAndReopenTheRejected() throws Exception {
        town.pay(town.card, 30_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);
        String id = desk.approved();
        node.post(desk.notePath(id, town.merchantId) + "/confirmations", town.treasurer, note("1", 30_00))
                .expect(201);
        String first =
                desk.order(id, SettlementTown.transfer()).getJsonObject(0).getString("reference");

        assertThat(desk.told("IES-0-1", "paid", 30_00)).isEqualTo("unknown_reference");
        assertThat(desk.told(first, "paid", 29_00)).isEqualTo("amount_differs");
        assertThat(desk.told(first, "rejected", 30_00)).isEqualTo("noted");
        assertThat(desk.told(first, "rejected", 30_00)).isEqualTo("noted_before");
        assertThat(desk.told(first, "paid", 30_00)).isEqualTo("not_ordered");
        assertThat(desk.settlement(id).getJsonObject("lines").getInteger("open"))
                .isEqualTo(1);

        String second =
                desk.order(id, SettlementTown.mandate()).getJsonObject(0).getString("reference");
        assertThat(second).isNotEqualTo(first);
        assertThat(desk.told(first, "paid", 30_00)).isEqualTo("not_ordered");
        assertThat(desk.told(second, "paid", 30_00)).isEqualTo("noted");
        assertThat(desk.told(second, "paid", 30_00)).isEqualTo("noted_before");
        JsonObject settled = desk.settlement(id);
        assertThat(settled.getJsonObject("paid")).isEqualTo(euro(30_00));
        assertThat(settled.getJsonObject("lines").getInteger("paid")).isEqualTo(1);
    }

    @Test
    void shouldNetWhatIsRefundedAfterTheCutOffFromTheNextSettlement() throws Exception {
        JsonObject payment = town.pay(town.card, 30_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);
        String id = desk.approved();

        town.till(
                        "/payments/" + payment.getString("id") + "/refunds",
                        TestNode.newKey(),
                        new JsonObject().put("amount", euro(12_00)).encode())
                .expect(201);
        town.pay(town.card, 20_00).expect(201);

        assertThat(desk.settlement(id).getJsonObject("total")).isEqualTo(euro(30_00));
        JsonObject next = desk.draw(desk.request());
        assertThat(next.getJsonObject("total")).isEqualTo(euro(8_00));
        JsonObject line = desk.items("/settlement-batches/" + next.getString("id") + "/lines?" + desk.now())
                .getFirst();
        assertThat(line.getJsonObject("amount")).isEqualTo(euro(20_00));
        assertThat(line.getJsonObject("netted")).isEqualTo(euro(12_00));
    }

    @Test
    void shouldLetASettlementThatOnlyPaysDebtsBeApproved() throws Exception {
        JsonObject payment = town.pay(town.card, 30_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);
        desk.approved();
        town.till(
                        "/payments/" + payment.getString("id") + "/refunds",
                        TestNode.newKey(),
                        new JsonObject().put("amount", euro(12_00)).encode())
                .expect(201);
        town.pay(town.card, 5_00).expect(201);

        JsonObject drawn = desk.draw(desk.request());

        assertThat(drawn.getString("stop_code")).isNull();
        assertThat(drawn.getJsonObject("total")).isEqualTo(euro(0));
        desk.approve(drawn);
        JsonObject approved = desk.settlement(drawn.getString("id"));
        assertThat(approved.getString("state")).isEqualTo("approved");
        assertThat(approved.getJsonObject("lines").getInteger("netted")).isEqualTo(1);
        // There is nothing to pay, so nothing to confirm.
        assertThat(desk.items("/settlement-batches/" + drawn.getString("id") + "/debit-notes"))
                .isEmpty();
    }

    @Test
    void shouldChargeMandatesToTheFirstCommitmentThatCoversThem() throws Exception {
        String commitments = "/programmes/" + town.programmeId + "/accounting-commitments";
        node.post(commitments, town.treasurer, SettlementTown.commitment("412", 20_00))
                .expect(201);
        assertThat(node.post(commitments, town.treasurer, SettlementTown.commitment("412", 90_00))
                        .expect(409)
                        .getString("code"))
                .isEqualTo("accounting_commitment_known");
        assertThat(node.post(commitments, town.terminalToken(), SettlementTown.commitment("413", 90_00))
                        .status())
                .isEqualTo(403);
        town.pay(town.card, 30_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);
        String id = desk.approved();
        node.post(desk.notePath(id, town.merchantId) + "/confirmations", town.treasurer, note("=1+1", 30_00))
                .expect(201);

        JsonObject nothing = node.post(
                        "/settlement-batches/" + id + "/orders", town.treasurer, SettlementTown.mandate())
                .expect(409);
        assertThat(nothing.getJsonArray("left_out").getJsonObject(0).getString("reason"))
                .isEqualTo("commitment_short");
        node.post(commitments, town.treasurer, SettlementTown.commitment("413", 90_00))
                .expect(201);
        String order = desk.orderId(id, SettlementTown.mandate());
        String reference = desk.ordered(order).getJsonObject(0).getString("reference");

        assertThat(desk.items(commitments))
                .extracting(each -> each.getJsonObject("left"))
                .containsExactly(euro(20_00), euro(60_00));
        String csv = new String(
                node.bytes("/payment-orders/" + order + "/liquidation-lines", town.treasurer), StandardCharsets.UTF_8);
        List<String> lines = csv.lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("\uFEFFriferimento;esercizio;capitolo;impegno;importo;creditore;");
        assertThat(lines.get(1)).startsWith(reference + ";2026;12.04.1.104;413;30,00;");
        // What a shop writes is no formula in the treasurer's spreadsheet.
        assertThat(lines.get(1)).contains(IBAN).doesNotContain(";=1+1");
        // A payment that failed is charged no longer.
        desk.told(reference, "rejected", 30_00);
        assertThat(desk.items(commitments))
                .extracting(each -> each.getJsonObject("charged"))
                .containsExactly(euro(0), euro(0));
        assertThat(node.get(
                                "/payment-orders/" + desk.orderId(id, SettlementTown.transfer()) + "/liquidation-lines",
                                town.treasurer)
                        .expect(409)
                        .getString("code"))
                .isEqualTo("not_by_mandate");
    }

    @Test
    void shouldWriteTheFileForTheBankOnceAndForAll() throws Exception {
        town.pay(town.card, 30_00).expect(201);
        desk.setPayee(town.merchantId, IBAN);
        String id = desk.approved();
        node.post(desk.notePath(id, town.merchantId) + "/confirmations", town.treasurer, note("12/2026", 30_00))
                .expect(201);
        JsonObject made = node.post("/settlement-batches/" + id + "/orders", town.treasurer, SettlementTown.transfer())
                .expect(201);
        JsonObject item = desk.ordered(made.getString("id")).getJsonObject(0);
        String path = "/payment-orders/" + made.getString("id") + "/sepa-file";

        byte[] file = node.bytes(path, town.treasurer);

        MxPain00100109 read = MxPain00100109.parse(new String(file, StandardCharsets.UTF_8));
        var transfers = read.getCstmrCdtTrfInitn().getPmtInf().getFirst().getCdtTrfTxInf();
        assertThat(transfers).hasSize(1);
        assertThat(transfers.getFirst().getPmtId().getEndToEndId()).isEqualTo(item.getString("reference"));
        assertThat(transfers.getFirst().getAmt().getInstdAmt().getValue()).isEqualByComparingTo("30.00");
        assertThat(transfers.getFirst().getCdtrAcct().getId().getIBAN()).isEqualTo(IBAN);
        assertThat(transfers.getFirst().getRmtInf().getUstrd())
                .containsExactly("Nota di debito 12/2026 del " + SettlementTown.today());
        desk.told(item.getString("reference"), "rejected", 30_00);
        assertThat(node.bytes(path, town.treasurer)).isEqualTo(file);
        // Whole IBANs are for the treasurer; the Italian variant needs the CUC.
        assertThat(node.get(path + "?variant=cbi", town.treasurer).expect(409).getString("code"))
                .isEqualTo("cuc_missing");
        String mandate = desk.orderId(id, SettlementTown.mandate());
        assertThat(node.get("/payment-orders/" + mandate + "/sepa-file", town.treasurer)
                        .expect(409)
                        .getString("code"))
                .isEqualTo("not_by_transfer");
    }
}

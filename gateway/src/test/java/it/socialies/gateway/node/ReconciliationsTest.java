// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.bankfiles.BankFiles.cameBack;
import static it.socialies.gateway.bankfiles.BankFiles.journal;
import static it.socialies.gateway.bankfiles.BankFiles.movement;
import static it.socialies.gateway.bankfiles.BankFiles.paid;
import static it.socialies.gateway.bankfiles.BankFiles.statement;
import static it.socialies.gateway.node.SettlementTown.IBAN;
import static it.socialies.gateway.node.SettlementTown.note;
import static it.socialies.gateway.node.TestTown.euro;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of banks and of accounting, over HTTP on a real node: each entry comes to something once, and the settlement adds up. */
class ReconciliationsTest {
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

    /** A shop is owed this, and has confirmed its note. */
    private String owed(long cents) throws Exception {
        town.pay(town.card, cents).expect(201);
        if (desk.payees(town.merchantId).isEmpty()) {
            desk.setPayee(town.merchantId, IBAN);
        }
        String id = desk.approved();
        node.post(desk.notePath(id, town.merchantId) + "/confirmations", town.treasurer, note(id, cents))
                .expect(201);
        return id;
    }

    private String ordered(String settlementId, JsonObject order) {
        return desk.order(settlementId, order).getJsonObject(0).getString("reference");
    }

    private static List<String> results(JsonObject reconciliation) {
        return reconciliation.getJsonArray("results").stream()
                .map(each -> ((JsonObject) each).getString("result") + " " + ((JsonObject) each).getInteger("entries"))
                .toList();
    }

    private JsonObject sums(String settlementId) {
        return node.get("/settlement-batches/" + settlementId + "/reconciliation?" + desk.now(), town.treasurer)
                .expect(200);
    }

    private void assertSums(String settlementId, long open, long ordered, long paid) {
        JsonObject sums = sums(settlementId);
        assertThat(sums.getBoolean("agrees")).as(sums.encode()).isTrue();
        assertThat(sums.getJsonObject("open")).isEqualTo(euro(open));
        assertThat(sums.getJsonObject("ordered")).isEqualTo(euro(ordered));
        assertThat(sums.getJsonObject("paid")).isEqualTo(euro(paid));
        assertThat(sums.getJsonObject("total")).isEqualTo(euro(open + ordered + paid));
    }

    @Test
    void shouldNoteWhatAStatementTellsOnce() throws Exception {
        String id = owed(30_00);
        String reference = ordered(id, SettlementTown.transfer());
        assertSums(id, 0, 30_00, 0);
        String file = statement("08", paid(reference, "30.00") + paid("IES-0-7", "5.00") + paid("WAGES-11", "1500.00"));

        JsonObject first = desk.reconciled("statement", file);

        assertThat(results(first)).containsExactly("noted 1", "unknown_reference 1");
        assertThat(first.getInteger("entries")).isEqualTo(3);
        assertSums(id, 0, 0, 30_00);
        JsonArray lines = node.get(
                        "/reconciliations/" + first.getString("id") + "/lines?result=unknown_reference", town.treasurer)
                .expect(200)
                .getJsonArray("items");
        assertThat(lines).hasSize(1);
        assertThat(lines.getJsonObject(0).getString("reference")).isEqualTo("IES-0-7");
        assertThat(lines.getJsonObject(0).getInteger("line")).isEqualTo(2);
        // Told again, nothing is noted again.
        JsonObject again = desk.reconciled("statement", file);
        assertThat(results(again)).containsExactly("noted_before 1", "unknown_reference 1");
        assertThat(again.getString("same_file_as")).isEqualTo(first.getString("id"));
        assertSums(id, 0, 0, 30_00);
        assertThat(desk.items("/reconciliations"))
                .extracting(each -> each.getString("id"))
                .containsExactly(again.getString("id"), first.getString("id"));
        // Nothing of the file is left, and no wages in the database.
        try (var left = Files.list(data.resolve("outcome-files"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldPayAgainWhatCameBack() throws Exception {
        String id = owed(30_00);
        String first = ordered(id, SettlementTown.transfer());
        assertThat(results(desk.reconciled("statement", statement("08", paid(first, "30.00")))))
                .containsExactly("noted 1");

        String back = statement("08", cameBack(first, "30.00"));
        assertThat(results(desk.reconciled("statement", back))).containsExactly("noted 1");

        assertSums(id, 30_00, 0, 0);
        assertThat(sums(id).getJsonObject("orders").getJsonObject("bounced")).isEqualTo(euro(30_00));
        assertThat(results(desk.reconciled("statement", back))).containsExactly("noted_before 1");
        String second = ordered(id, SettlementTown.transfer());
        assertThat(second).isNotEqualTo(first);
        // The old statement once more: it says nothing of the second payment.
        assertThat(results(desk.reconciled("statement", back))).containsExactly("noted_before 1");
        assertThat(results(desk.reconciled(
                        "statement", statement("02", paid(second, "30.00").replace("<Cd>BOOK</Cd>", "BOOK")))))
                .containsExactly("noted 1");
        assertSums(id, 0, 0, 30_00);
    }

    @Test
    void shouldNoteAFileOfAPartOfOneSettlementAndOfAnotherEachWhereItBelongs() throws Exception {
        String first = owed(30_00);
        String ofFirst = ordered(first, SettlementTown.transfer());
        String second = owed(12_00);
        String ofSecond = ordered(second, SettlementTown.transfer());
        String third = owed(5_00);
        String ofThird = ordered(third, SettlementTown.transfer());
        TestTown elsewhere = TestTown.create(node);
        SettlementTown theirs = new SettlementTown(elsewhere);
        String settled = theirs.noted("1");
        String ofOthers = theirs.order(settled, SettlementTown.transfer())
                .getJsonObject(0)
                .getString("reference");

        String file = statement("08", paid(ofSecond, "12.00") + paid(ofOthers, "0.50") + paid(ofFirst, "29.99"));
        assertThat(results(desk.reconciled("statement", file)))
                .containsExactlyInAnyOrder("noted 1", "unknown_reference 1", "amount_differs 1");

        assertSums(first, 0, 30_00, 0);
        assertSums(second, 0, 0, 12_00);
        assertSums(third, 0, 5_00, 0);
        assertThat(theirs.settlement(settled).getJsonObject("lines").getInteger("ordered"))
                .isEqualTo(1);
        // The rest comes later, with what was told already.
        String rest = statement("08", paid(ofFirst, "30.00") + paid(ofSecond, "12.00") + paid(ofThird, "5.00"));
        assertThat(results(desk.reconciled("statement", rest))).containsExactlyInAnyOrder("noted 2", "noted_before 1");
        assertSums(first, 0, 0, 30_00);
        assertSums(second, 0, 0, 12_00);
        assertSums(third, 0, 0, 5_00);
    }

    @Test
    void shouldTakeAFileThatTellsBothThatItWasPaidAndThatItCameBack() throws Exception {
        String id = owed(30_00);
        String reference = ordered(id, SettlementTown.transfer());
        String file = statement("08", paid(reference, "30.00") + cameBack(reference, "30.00"));

        assertThat(results(desk.reconciled("statement", file))).containsExactly("noted 2");
        assertSums(id, 30_00, 0, 0);
        assertThat(results(desk.reconciled("statement", file))).containsExactly("noted_before 2");
        assertSums(id, 30_00, 0, 0);
    }

    @Test
    void shouldFindMandatesOfTheCashJournalByWhatAccountingTold() throws Exception {
        String id = owed(30_00);
        String reference = ordered(id, SettlementTown.mandate());
        String journal = journal(
                movement("MANDATO", "ESEGUITO", "1207", "30.00") + movement("MANDATO", "ESEGUITO", "1", "999.00"));
        // The journal comes before accounting told the numbers: nothing is known, nothing is kept.
        JsonObject early = desk.reconciled("cash_journal", journal);
        assertThat(early.getJsonArray("results")).isEmpty();
        assertThat(early.getInteger("entries")).isEqualTo(2);
        String mandates = "riferimento;esercizio;mandato;importo\n%s;2026;1207;%s\n";

        assertThat(results(desk.reconciled("mandates", mandates.formatted(reference, "29,00"))))
                .containsExactly("amount_differs 1");
        assertThat(results(desk.reconciled("mandates", mandates.formatted(reference, "30,00"))))
                .containsExactly("mandate_noted 1");
        assertThat(results(desk.reconciled("cash_journal", journal(movement("MANDATO", "ESEGUITO", "1207", "29.99")))))
                .containsExactly("amount_differs 1");
        assertThat(results(desk.reconciled("cash_journal", journal))).containsExactly("noted 1");

        assertSums(id, 0, 0, 30_00);
        JsonObject order = node.get("/settlement-batches/" + id + "/orders", town.treasurer)
                .expect(200)
                .getJsonArray("items")
                .getJsonObject(0);
        JsonObject item = desk.ordered(order.getString("id")).getJsonObject(0);
        assertThat(item.getString("mandate")).isEqualTo("1207/2026");
        assertThat(item.getString("state")).isEqualTo("paid");
        // The treasurer's bank takes it back.
        assertThat(results(desk.reconciled("cash_journal", journal(movement("MANDATO", "STORNATO", "1207", "30.00")))))
                .containsExactly("noted 1");
        assertSums(id, 30_00, 0, 0);
    }

    @Test
    void shouldTellByHandWhatCameBack() throws Exception {
        String id = owed(30_00);
        String reference = ordered(id, SettlementTown.transfer());

        assertThat(desk.told(reference, "bounced", 30_00)).isEqualTo("not_ordered");
        assertThat(desk.told(reference, "paid", 30_00)).isEqualTo("noted");
        assertThat(desk.told(reference, "bounced", 30_00)).isEqualTo("noted");
        assertThat(desk.told(reference, "bounced", 30_00)).isEqualTo("noted_before");
        assertSums(id, 30_00, 0, 0);
    }

    @Test
    void shouldRefuseAFileThatCannotBeReadAndSayWhere() throws Exception {
        String path = "/outcome-files?format=";
        JsonObject faulty = node.post(path + "statement", town.treasurer, TestNode.newKey(), "\n<Document/>")
                .expect(422);
        assertThat(faulty.getString("code")).isEqualTo("outcome_file_unreadable");
        assertThat(faulty.getJsonArray("errors").getJsonObject(0).getString("code"))
                .isEqualTo("not_a_statement");
        assertThat(faulty.getJsonArray("errors").getJsonObject(0).getString("field"))
                .startsWith("line 2");
        String csv = SettlementTown.UNKNOWN_MANDATE;
        assertThat(node.post(path + "cash_journal", town.treasurer, TestNode.newKey(), csv)
                        .status())
                .isEqualTo(422);
        assertThat(node.post(path + "excel", town.treasurer, TestNode.newKey(), csv)
                        .status())
                .isEqualTo(422);
        assertThat(node.post(path + "mandates", town.terminalToken(), TestNode.newKey(), csv)
                        .status())
                .isEqualTo(403);
        assertThat(node.post(path + "mandates", town.treasurer, null, csv).status())
                .isEqualTo(400);
        assertThat(node.post("/outcome-files", town.treasurer, TestNode.newKey(), csv)
                        .status())
                .isEqualTo(415);
        assertThat(desk.items("/reconciliations")).isEmpty();
        String key = TestNode.newKey();
        JsonObject taken =
                node.post(path + "mandates", town.treasurer, key, csv).expect(202);
        assertThat(node.post(path + "mandates", town.treasurer, key, csv)
                        .expect(202)
                        .getString("id"))
                .isEqualTo(taken.getString("id"));
        assertThat(node.post(path + "mandates", town.treasurer, key, csv.replace("1,00", "2,00"))
                        .status())
                .isEqualTo(422);
    }
}

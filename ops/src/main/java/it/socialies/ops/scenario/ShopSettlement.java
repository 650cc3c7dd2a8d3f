// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.figures.Cents;
import it.socialies.ops.figures.Figures;
import it.socialies.ops.town.InventedIban;
import it.socialies.ops.town.ProgrammePlan.Funder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All shops are paid what they are owed, as a town hall does it: one draws and another approves, each shop confirms its note at its till, accounting makes mandates of the liquidation lines, the treasurer's bank reports. One shop is held back by a check, one
 * payment comes back and is made again. One thread.
 */
final class ShopSettlement {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final int SETTLEMENT_ACT = 311;
    private static final Duration UNTIL_THE_DESK_OPENS = Duration.ofDays(1);
    private static final Duration UNTIL_IT_IS_BACK = Duration.ofDays(3);
    private static final Set<String> UNDER_WAY = Set.of("planning", "drawing");
    private static final long ASK_ABOVE_CENTS = 5_000_00;

    private final ApiClient api;
    private final Bootstrap bootstrap;
    private final TownCircuit circuit;
    private final OwnLedger ledger;
    private final Papers papers;
    private final Told told;
    private final TreasurersBank bank;

    ShopSettlement(
            ApiClient api, Bootstrap bootstrap, TownCircuit circuit, OwnLedger ledger, Papers papers, Told told) {
        this.api = api;
        this.bootstrap = bootstrap;
        this.circuit = circuit;
        this.ledger = ledger;
        this.papers = papers;
        this.told = told;
        bank = new TreasurersBank(api, treasurer(), papers);
    }

    private OperatorSession treasurer() {
        return circuit.staff().treasurers().get(0);
    }

    private OperatorSession secondTreasurer() {
        return circuit.staff().treasurers().get(1);
    }

    /** What was paid of each programme. */
    Map<String, Long> play() throws IOException, InterruptedException {
        Figures own = ledger.figures();
        openAccounts();
        enterCommitments();
        bootstrap.stepClock(api, UNTIL_THE_DESK_OPENS.toMillis());
        String id = drawAndApprove(own);
        String settlement = "/settlement-batches/" + id;
        confirmNotes(id, own);
        Till blocked = circuit.tills().getLast();
        check(blocked, "durc", "blocked");
        for (Till till : circuit.tills()) {
            if (owed(own, till) > ASK_ABOVE_CENTS) {
                check(till, "art_48_bis", "clear");
            }
        }

        List<JsonObject> first = order(settlement, blocked, own);
        List<Mandates.Mandate> mandates = new Mandates(api, treasurer(), papers).make(first, "1");
        bank.execute("mandati-1.csv", "mandates", Mandates.csv(mandates), "mandate_noted", mandates.size());
        String journal = CashJournalFile.executed(mandates, today());
        bank.execute("giornale-di-cassa-1.xml", "cash_journal", journal, "noted", mandates.size());
        bank.execute("giornale-di-cassa-1.xml", "cash_journal", journal, "noted_before", mandates.size());
        long ordered = sum(mandates);
        agree(settlement, owed(own, blocked), 0, ordered);
        told.done(
                mandates.size() + " mandati pagati: " + Cents.format(ordered)
                        + " €, il giornale di cassa letto due volte" + " conta una volta",
                "mandates paid, the cash journal read twice counts once");

        Mandates.Mandate back = mandates.getFirst();
        bootstrap.stepClock(api, UNTIL_IT_IS_BACK.toMillis());
        String reversed = CashJournalFile.reversed(List.of(back), today());
        bank.execute("giornale-di-cassa-2.xml", "cash_journal", reversed, "noted", 1);
        agree(settlement, owed(own, blocked) + back.cents(), 0, ordered - back.cents());
        List<Mandates.Mandate> again =
                new Mandates(api, treasurer(), papers).make(order(settlement, blocked, own), "2");
        Told.require(sum(again), back.cents(), "Di nuovo in pagamento | to be paid again");
        bank.execute("mandati-2.csv", "mandates", Mandates.csv(again), "mandate_noted", 1);
        bank.execute("giornale-di-cassa-3.xml", "cash_journal", CashJournalFile.executed(again, today()), "noted", 1);
        agree(settlement, owed(own, blocked), 0, ordered);
        told.done(
                "Un pagamento tornato indietro (" + Cents.format(back.cents()) + " €) è stato rifatto; "
                        + blocked.shop().name() + " aspetta il DURC con " + Cents.format(owed(own, blocked)) + " €",
                "a payment that came back was made again; one shop waits for its DURC");
        return paid(own, blocked);
    }

    private Map<String, Long> paid(Figures own, Till blocked) {
        Map<String, Long> paid = new TreeMap<>();
        for (String programmeId : circuit.programmeIds().values()) {
            paid.put(
                    programmeId,
                    own.get("programme/" + programmeId + "/owed")
                            - own.get("shop/" + blocked.merchantId() + "/" + programmeId));
        }
        return paid;
    }

    private static long owed(Figures own, Till till) {
        return own.get("shop/" + till.merchantId() + "/EUR");
    }

    private static long sum(List<Mandates.Mandate> mandates) {
        return mandates.stream().mapToLong(Mandates.Mandate::cents).sum();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(api.clock().instant(), ROME);
    }

    /** Proposed by social services, approved by another person. */
    private void openAccounts() {
        int number = 1;
        for (Till till : circuit.tills()) {
            JsonObject proposal = api.post(
                            "/merchants/" + till.merchantId() + "/payee-changes?" + api.now(),
                            circuit.staff().socials().get(0),
                            new JsonObject()
                                    .put("iban", InventedIban.of(number++))
                                    .put("account_holder", till.shop().name()))
                    .orThrow("propose payee")
                    .body();
            SecondPerson.approve(api, circuit.staff().admins().get(0), proposal.getString("id"));
        }
        told.done(
                circuit.tills().size() + " conti dei negozi proposti e approvati da due persone",
                "accounts of shops proposed and approved by two persons");
    }

    private void enterCommitments() {
        int number = 412;
        for (Funder funder : Funder.values()) {
            api.post(
                            "/programmes/" + circuit.programmeId(funder) + "/accounting-commitments",
                            treasurer(),
                            new JsonObject()
                                    .put("chapter", funder == Funder.REGION ? "12.04.1.104/R" : "12.04.1.104")
                                    .put("budget_year", today().getYear())
                                    .put("number", Integer.toString(number++))
                                    .put("amount", SetUp.eur(circuit.town().fundCents(funder))))
                    .orThrow("enter commitment");
        }
    }

    private String drawAndApprove(Figures own) throws InterruptedException {
        String actId = ActRegister.enter(api, treasurer(), SETTLEMENT_ACT, "Liquidazione dei rimborsi agli esercenti");
        String id = api.post(
                        "/settlement-batches",
                        treasurer(),
                        new JsonObject()
                                .put(
                                        "period_end",
                                        SetUp.rfc3339(
                                                Instant.ofEpochMilli(api.clock().millis() - 1)))
                                .put("act_reference", actId))
                .orThrow("draw settlement")
                .body()
                .getString("id");
        JsonObject drawn = Polled.until(
                () -> api.get("/settlement-batches/" + id + "?" + api.now(), treasurer())
                        .orThrow("settlement")
                        .body(),
                each -> !UNDER_WAY.contains(each.getString("state")));
        Told.require(drawn.getString("state"), "proposed", "Liquidazione | settlement " + drawn.encode());
        Told.require(ApiReply.amountOf(drawn, "total"), own.sum("shop/", "/EUR"), "Totale | total");
        Told.require(drawn.getJsonArray("left_out"), new JsonArray(), "Escluse | left out");
        SecondPerson.approve(api, secondTreasurer(), drawn.getString("proposal_id"));
        told.done(
                "Liquidazione " + id + ": " + drawn.getInteger("line_count") + " righe, "
                        + Cents.format(own.sum("shop/", "/EUR")) + " €, approvata da un'altra persona",
                "settlement drawn by one treasurer, approved by another");
        return id;
    }

    /** Each shop at its own till, with its own number. */
    private void confirmNotes(String id, Figures own) {
        int number = 1;
        for (Till till : circuit.tills()) {
            JsonObject draft = CardStock.items(api.get("/till/debit-notes?" + api.now(), till.session())
                            .orThrow("debit notes")
                            .body())
                    .getFirst();
            Told.require(
                    ApiReply.amountOf(draft, "total"),
                    owed(own, till),
                    "Nota | note of " + till.shop().name());
            String path = "/settlement-batches/" + id + "/debit-notes/" + till.merchantId();
            api.post(
                            path + "/confirmations",
                            till.session(),
                            new JsonObject()
                                    .put("number", number++ + "/" + today().getYear())
                                    .put("date", today().toString())
                                    .put("total", SetUp.eur(owed(own, till))))
                    .orThrow("confirm note");
            papers.write("nota-di-debito-" + till.merchantId() + ".pdf", api.getBytes(path + "/document", treasurer()));
        }
        told.done(
                circuit.tills().size() + " note di debito confermate dai negozi alla cassa",
                "debit notes confirmed by the shops at their tills");
    }

    private void check(Till till, String kind, String outcome) {
        api.post(
                        "/merchants/" + till.merchantId() + "/payment-checks",
                        treasurer(),
                        new JsonObject()
                                .put("kind", kind)
                                .put("outcome", outcome)
                                .put("valid_until", today().plusDays(60).toString())
                                .put("reference", "prot. " + till.merchantId()))
                .orThrow("payment check");
    }

    /** What is open is ordered by mandate, but for the one that is held back. */
    private List<JsonObject> order(String settlement, Till blocked, Figures own) throws InterruptedException {
        JsonObject order = api.post(
                        settlement + "/orders?" + api.now(),
                        treasurer(),
                        new JsonObject().put("kind", "mandate").put("execution_date", today().toString()))
                .orThrow("order")
                .body();
        Map<String, Long> leftOut = new HashMap<>();
        order.getJsonArray("left_out").forEach(each -> {
            JsonObject item = (JsonObject) each;
            Told.require(item.getString("reason"), "durc", "Trattenuta | held back");
            leftOut.merge(item.getString("merchant_id"), ApiReply.amountOf(item, "amount"), Long::sum);
        });
        Told.require(leftOut, Map.of(blocked.merchantId(), owed(own, blocked)), "Escluse | left out");
        String id = order.getString("id");
        Polled.until(
                () -> api.get("/payment-orders/" + id, treasurer())
                        .orThrow("order")
                        .body(),
                each -> "ordered".equals(each.getString("state")));
        return List.of(order);
    }

    private void agree(String settlement, long open, long ordered, long paid) {
        JsonObject sums = api.get(settlement + "/reconciliation?" + api.now(), treasurer())
                .orThrow("reconciliation")
                .body();
        Told.require(sums.getBoolean("agrees"), true, "Riconciliazione | reconciliation " + sums.encode());
        Told.require(ApiReply.amountOf(sums, "open"), open, "Aperto | open");
        Told.require(ApiReply.amountOf(sums, "ordered"), ordered, "Ordinato | ordered");
        Told.require(ApiReply.amountOf(sums, "paid"), paid, "Pagato | paid");
        Told.require(ApiReply.amountOf(sums, "total"), open + ordered + paid, "Totale | total");
    }
}

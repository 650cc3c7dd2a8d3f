// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.figures.Cents;
import it.socialies.ops.figures.Figures;
import it.socialies.ops.town.ProgrammePlan.Funder;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What is accounted for to who gave the money: the figures are those of the run's own books, and each file made again is the same, byte for byte. One thread. */
final class RegionReports {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final List<String> FORMATS = List.of("csv", "xlsx", "pdf");

    private final ApiClient api;
    private final TownCircuit circuit;
    private final OwnLedger ledger;
    private final Papers papers;
    private final Told told;

    RegionReports(ApiClient api, TownCircuit circuit, OwnLedger ledger, Papers papers, Told told) {
        this.api = api;
        this.circuit = circuit;
        this.ledger = ledger;
        this.papers = papers;
        this.told = told;
    }

    /** @param paid what was paid of each programme */
    void make(Map<String, Long> paid) throws InterruptedException {
        Figures own = ledger.figures();
        for (Funder funder : Funder.values()) {
            String programmeId = circuit.programmeId(funder);
            compare(programmeId, own, paid.getOrDefault(programmeId, 0L));
            long sequence = api.readClock().getLong("sequence");
            for (String format : FORMATS) {
                byte[] first = file(request(programmeId, format, sequence), format);
                byte[] again = file(request(programmeId, format, sequence), format);
                Told.require(Arrays.equals(first, again), true, "Rifatto uguale | made again the same " + format);
                papers.write("rendiconto-" + programmeId + "." + format, first);
            }
        }
        told.done(
                "Rendiconti di " + Funder.values().length + " programmi al centesimo, rifatti uguali byte per byte in "
                        + FORMATS,
                "accounts of the programmes, to the cent; made again, the same byte for byte");
    }

    private OperatorSession treasurer() {
        return circuit.staff().treasurers().get(0);
    }

    private void compare(String programmeId, Figures own, long paid) {
        JsonObject report = api.get(
                        "/programmes/" + programmeId + "/report?at_sequence="
                                + api.readClock().getLong("sequence") + "&from=" + from() + "&until=" + until(),
                        treasurer())
                .orThrow("report")
                .body();
        JsonObject all = report.getJsonObject("since_beginning");
        JsonObject balances = report.getJsonObject("balances");
        String prefix = "programme/" + programmeId;
        Told.require(ApiReply.amountOf(all, "funded"), own.get(prefix + "/funded"), "Assegnato | funded");
        Told.require(
                ApiReply.amountOf(all, "spent") - ApiReply.amountOf(all, "refunded"),
                own.get(prefix + "/owed"),
                "Speso | spent");
        Told.require(ApiReply.amountOf(all, "settled"), own.get(prefix + "/owed"), "Liquidato | settled");
        Told.require(ApiReply.amountOf(all, "reimbursed"), paid, "Pagato | reimbursed");
        Told.require(ApiReply.amountOf(balances, "unspent"), own.get(prefix + "/in_pockets"), "Rimasto | unspent");
        Told.require(
                ApiReply.amountOf(balances, "settling"),
                own.get(prefix + "/owed") - paid,
                "In liquidazione | settling " + Cents.format(paid));
    }

    private JsonObject request(String programmeId, String format, long sequence) {
        return new JsonObject()
                .put("kind", "region")
                .put("format", format)
                .put("programme_id", programmeId)
                .put("from", from().toString())
                .put("until", until().toString())
                .put("at_sequence", sequence);
    }

    private LocalDate from() {
        return until().minusYears(1);
    }

    private LocalDate until() {
        return LocalDate.ofInstant(api.clock().instant(), ROME).plusDays(1);
    }

    private byte[] file(JsonObject request, String format) throws InterruptedException {
        String id = api.post("/reports", treasurer(), request)
                .orThrow("report " + format)
                .body()
                .getString("id");
        JsonObject report = Polled.until(
                () -> api.get("/reports/" + id, treasurer()).orThrow("report").body(),
                each -> !"making".equals(each.getString("state")));
        Told.require(report.getString("state"), "made", "Rendiconto | report " + report.encode());
        return api.getBytes("/reports/" + id + "/file", treasurer());
    }
}

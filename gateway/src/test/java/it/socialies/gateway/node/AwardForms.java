// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Operations that give money to people: top-ups, issuance batches, emergency awards. */
final class AwardForms extends OperationForms {
    private static final String BENEFICIARY =
            "CF;Cognome;Nome;Componenti;Importo\nRSSMRA80A41H501Y;Rossi;Maria;1;0,01\n";

    private final Map<String, String> batches = new TreeMap<>();

    AwardForms(Things things) {
        super(things);
        topUps();
        issuance();
        siuss();
        emergency();
    }

    private void topUps() {
        forms.put("proposeTopUp", () -> Filled.body(topUp(1)));
        forms.put("getTopUp", () -> Filled.id(proposed("/top-ups", topUp(1))));
        forms.put("approveTopUp", () -> toApprove("/top-ups", topUp(1)));
        forms.put("rejectTopUp", () -> Filled.id(proposed("/top-ups", topUp(1))));
        forms.put("executeTopUp", () -> Filled.id(interruptedBatch()));
        forms.put("cancelTopUp", () -> Filled.id(interruptedBatch()));
        forms.put("proposeReversal", () -> Filled.id(executedBatch()).with(because("mistake")));
        options.add(new Option(
                "proposeReversal",
                () -> Filled.id(executedBatch()).with(because("mistake").put("rows", topUp(1).getJsonArray("rows")))));
    }

    private void issuance() {
        forms.put("defineIssuanceBatch", () -> Filled.body(definition()));
        forms.put("getIssuanceBatch", () -> Filled.id(batchIn("draft")));
        forms.put(
                "uploadIssuanceFile",
                () -> new Filled(
                        batchIn("draft"), null, null, "?drop_isee=true&case_id=" + TestNode.OWN_CASE, BENEFICIARY));
        forms.put("getValidationReport", () -> inCase(batchIn("ready")));
        forms.put("listIssuanceNames", () -> inCase(batchIn("ready")));
        forms.put("getAwardLetters", () -> {
            town.describe();
            return inCase(batchIn("stopped"));
        });
        forms.put("listIssuanceRows", () -> Filled.id(batchIn("ready")));
        forms.put("getPublicList", () -> Filled.id(batchIn("ready")));
        forms.put(
                "reviewIssuanceRow",
                () -> Filled.id(batchIn("ready"))
                        .with(inCase().put("row", 0).put("decision", "eligible").put("words", "Documenti completi")));
        forms.put("submitIssuanceBatch", () -> Filled.id(batchIn("ready")));
        forms.put("approveIssuanceBatch", () -> {
            JsonObject batch = batch(batchIn("submitted"));
            return Filled.id(batch.getString("id"))
                    .with(new JsonObject()
                            .put("row_count", batch.getInteger("row_count"))
                            .put("amount", batch.getJsonObject("amount"))
                            .put("digest", batch.getString("digest")));
        });
        forms.put("rejectIssuanceBatch", () -> Filled.id(batchIn("submitted")));
        forms.put("cancelIssuanceBatch", () -> Filled.id(batchIn("draft")));
        forms.put("executeIssuanceBatch", () -> Filled.id(batchIn("stopped")));
        options.add(new Option("getAwardLetters", () -> {
            town.describe();
            String id = batchIn("stopped");
            String holderId = node.get("/issuance-batches/" + id + "/rows", town.social)
                    .expect(200)
                    .getJsonArray("items")
                    .getJsonObject(0)
                    .getString("holder_id");
            return new Filled(id, null, null, "?case_id=" + TestNode.OWN_CASE + "&person_id=" + holderId);
        }));
        options.add(new Option(
                "defineIssuanceBatch",
                () -> Filled.body(definition().put("act_reference", Operations.act(town, newAct())))));
    }

    private void siuss() {
        forms.put("makeSiussFlow", () -> Filled.id(town.programmeId).with(SiussTown.request()));
        options.add(new Option("makeSiussFlow", () -> {
            JsonObject request = SiussTown.request();
            request.remove("year");
            request.getJsonObject("benefit").put("isee_threshold", euro(6_000_00));
            return Filled.id(town.programmeId)
                    .with(request.put("from", ReportTown.year() + "-01-01")
                            .put("until", ReportTown.year() + 1 + "-01-01")
                            .put("at_sequence", new ReportTown(town).sequence())
                            .put("part", 1)
                            .put("number", 7));
        }));
        options.add(new Option("makeSiussFlow", () -> {
            JsonObject request = SiussTown.request();
            request.remove("year");
            return Filled.id(town.programmeId).with(request.put("quarter", SiussTown.quarter()));
        }));
    }

    private void emergency() {
        forms.put(
                "proposeEmergencyFund",
                () -> Filled.id(emergencyTown().newProgramme()).with(EmergencyTown.terms(EmergencyTown.MONTH_MAX)));
        forms.put(
                "awardEmergency",
                () -> Filled.body(emergencyTown().request(emergencyTown().holder(), 100)));
        forms.put("listEmergencyAwards", Filled::nothing);
        forms.put(
                "reviewEmergencyAward",
                () -> Filled.id(emergencyTown().award(100).getString("id"))
                        .with(new JsonObject().put("verdict", "confirmed")));
        options.add(
                new Option("listEmergencyAwards", () -> Filled.query("?programme_id=" + emergencyTown().programmeId)));
        options.add(new Option("awardEmergency", () -> {
            JsonObject person = emergencyTown().person(null);
            JsonObject byCard = emergencyTown().request(person, 100);
            byCard.remove("person_id");
            return Filled.body(
                    byCard.put("card_id", emergencyTown().card(person).getString("id")));
        }));
        options.add(new Option(
                "awardEmergency",
                () -> Filled.body(emergencyTown()
                        .request(emergencyTown().holder(), 100)
                        .put("act_reference", Operations.act(town, newAct())))));
        options.add(new Option(
                "proposeEmergencyFund",
                () -> Filled.id(emergencyTown().newProgramme())
                        .with(EmergencyTown.terms(EmergencyTown.MONTH_MAX)
                                .put("act_reference", Operations.act(town, newAct())))));
    }

    private JsonObject topUp(int rows) {
        JsonArray array = new JsonArray();
        for (int i = 0; i < rows; i++) {
            array.add(new JsonObject()
                    .put("wallet_id", town.card.getString("wallet_id"))
                    .put("amount", euro(1)));
        }
        return new JsonObject().put("programme_id", town.programmeId).put("rows", array);
    }

    private String executedBatch() {
        JsonObject proposal = node.post("/top-ups", town.social, topUp(2)).expect(202);
        return node.post("/top-ups/" + proposal.getString("id") + "/approvals", town.treasurer, TestTown.seen(proposal))
                .expect(201)
                .getString("id");
    }

    /** A batch that was approved and of which no row was carried out, since the office had lost them for a moment. */
    private String interruptedBatch() throws Exception {
        JsonObject proposal = node.post("/top-ups", town.social, topUp(2)).expect(202);
        node.inOffice("CREATE TABLE parked AS SELECT * FROM office.top_up_batch_row");
        node.inOffice("DELETE FROM office.top_up_batch_row");
        node.post("/top-ups/" + proposal.getString("id") + "/approvals", town.treasurer, TestTown.seen(proposal))
                .expect(409);
        node.inOffice("INSERT INTO office.top_up_batch_row SELECT * FROM parked");
        node.inOffice("DROP TABLE parked");
        return proposal.getString("id");
    }

    private JsonObject definition() {
        return new JsonObject()
                .put("programme_id", town.programmeId)
                .put("kind", "recharge")
                .put("act_reference", "DD 12/2026");
    }

    private JsonObject batch(String id) {
        return node.get("/issuance-batches/" + id, town.social).expect(200);
    }

    /** One in this state: the last, unless somebody was let change it. */
    private String batchIn(String state) throws Exception {
        String last = batches.get(state);
        if (last != null && batch(last).getString("state").equals(state)) {
            return last;
        }
        String id = batchMade(state);
        batches.put(state, id);
        return id;
    }

    private String batchMade(String state) throws Exception {
        if (state.equals("draft")) {
            return node.post("/issuance-batches", town.social, definition())
                    .expect(201)
                    .getString("id");
        }
        String id = batchMade("draft");
        node.post(
                        "/issuance-batches/" + id + "/files?case_id=" + TestNode.OWN_CASE,
                        town.social,
                        TestNode.newKey(),
                        BENEFICIARY)
                .expect(202);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> batch(id).getString("state").equals("ready"));
        if (state.equals("ready")) {
            return id;
        }
        if (batches.get("submitted") == null) {
            JsonObject issued = town.issueCard();
            await().until(() ->
                    node.get("/cards?limit=200", town.social).response().body().contains(issued.getString("id")));
        }
        node.post("/issuance-batches/" + id + "/submissions", town.social).expect(202);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> batch(id).getString("state").equals("submitted"));
        if (state.equals("stopped")) {
            node.inOffice(
                    "UPDATE office.issuance_batch SET state = 'STOPPED', stop_code = 'limit_exceeded', approved_by ="
                            + " submitted_by + 1, executed_as = submitted_by, execute_at_ms = 1, started_ms = 1 WHERE batch_id = "
                            + Long.parseLong(id.substring(4), 36));
        }
        return id;
    }
}

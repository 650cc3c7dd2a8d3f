// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Operations of programmes, their rules, their acts and what is told of them. */
final class ProgrammeForms extends OperationForms {
    ProgrammeForms(Things things) {
        super(things);
        programmes();
        acts();
    }

    private void programmes() {
        forms.put("createProgramme", () -> Filled.body(newProgramme()));
        forms.put("getProgramme", () -> Filled.id(town.programmeId));
        forms.put(
                "proposePublication",
                () -> Filled.id(node.post("/programmes", town.social, newProgramme())
                        .expect(201)
                        .getString("id")));
        forms.put("suspendProgramme", () -> Filled.id(published()));
        forms.put("resumeProgramme", () -> {
            String id = published();
            node.post("/programmes/" + id + "/suspensions", town.social).expect(201);
            return Filled.id(id);
        });
        forms.put(
                "proposeFundMovement",
                () -> Filled.id(town.programmeId).with(new JsonObject().put("amount", euro(100))));
        forms.put(
                "proposeCommitment",
                () -> Filled.id(town.programmeId)
                        .with(new JsonObject().put("amount", euro(-100)).put("act_reference", 7)));
        forms.put(
                "proposeExtension",
                () -> Filled.id(town.programmeId)
                        .with(new JsonObject()
                                .put(
                                        "valid_until",
                                        Instant.now()
                                                .plusSeconds(3_000 * 86_400L)
                                                .toString())
                                .put("act_reference", 9)));
        forms.put("draftRules", () -> Filled.id(town.programmeId).with(newRules()));
        forms.put("proposeRulesChange", () -> {
            int version = node.post("/programmes/" + town.programmeId + "/rules", town.social, newRules())
                    .expect(201)
                    .getInteger("version");
            return Filled.id(town.programmeId)
                    .with(new JsonObject().put("version", version).put("act_reference", 10));
        });
        forms.put("listRules", () -> Filled.id(town.programmeId));
        forms.put("rehearseRules", () -> new Filled(town.programmeId, null, null, "?version=1"));
        for (String each : new String[] {"listExtensions", "listRefusedMeanwhile", "listRecoverables"}) {
            forms.put(each, () -> Filled.id(town.programmeId));
        }
        forms.put(
                "recordCash",
                () -> Filled.id(town.programmeId)
                        .with(new JsonObject().put("amount", euro(100)).put("mandate_reference", 8)));
    }

    private void acts() {
        forms.put("enterAct", () -> Filled.body(newAct()));
        forms.put("getAct", () -> Filled.id(Operations.act(town, newAct())));
        forms.put(
                "describeProgramme",
                () -> Filled.id(town.programmeId)
                        .with(TestTown.description("published")
                                .put("acts", new JsonArray().add(Operations.act(town, newAct())))));
        forms.put("getProgrammeDescription", () -> {
            node.post("/programmes/" + town.programmeId + "/descriptions", town.social, TestTown.description("draft"))
                    .expect(201);
            return Filled.id(town.programmeId);
        });
        forms.put("setProgrammeLogo", () -> Filled.id(town.programmeId).with(TestTown.logo(1)));
        for (String each : new String[] {"getProgrammeLogo", "getPublicLogo"}) {
            forms.put(each, () -> {
                town.describe();
                return Filled.id(town.programmeId);
            });
        }
        options.add(new Option(
                "proposeCommitment",
                () -> Filled.id(town.programmeId)
                        .with(new JsonObject()
                                .put("amount", euro(-100))
                                .put("act_reference", Operations.act(town, newAct())))));
    }

    private static JsonObject newRules() {
        return new JsonObject()
                .put("effective_from", Instant.now().plusSeconds(86_400).toString())
                .put("categories", new JsonArray().add("grocery"))
                .put("payment_min", euro(100))
                .put("day_max", euro(5_000))
                .put("grace_days", 10);
    }

    private static JsonObject newProgramme() {
        Instant now = Instant.now();
        return new JsonObject()
                .put("name", "Altri buoni")
                .put("categories", new JsonArray().add("pharmacy"))
                .put("valid_from", now.toString())
                .put("valid_until", now.plusSeconds(30 * 86_400).toString());
    }

    private String published() {
        String id = node.post("/programmes", town.social, newProgramme())
                .expect(201)
                .getString("id");
        town.approve(
                node.post("/programmes/" + id + "/publications", town.social).expect(202));
        return id;
    }
}

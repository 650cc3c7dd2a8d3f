// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Operations of the installation, of circuits and of who works there. */
final class InstallationForms extends OperationForms {
    InstallationForms(Things things) {
        super(things);
        common();
        installation();
        circuit();
        proposals();
    }

    private void common() {
        for (String each : new String[] {
            "getStatus",
            "getContract",
            "getJwks",
            "listCheckpoints",
            "getLatestCheckpoint",
            "listCircuits",
            "listOperators",
            "listProgrammes",
            "listMerchants",
            "listCards",
            "listPayments",
            "listProposals",
            "listIssuanceBatches",
            "listActs",
            "listPublicProgrammes",
            "listPublicMerchants",
            "getEligibleGoods",
            "getTariff",
            "getBacking"
        }) {
            forms.put(each, Filled::nothing);
        }
        forms.put(
                "getCheckpoint",
                () -> Filled.id(node.get("/audit/checkpoints/latest", null)
                        .json()
                        .getLong("sequence", 1L)
                        .toString()));
        forms.put(
                "createToken",
                () -> Filled.body(new JsonObject()
                        .put("grant_type", "card")
                        .put("card_token", town.card.getString("card_token"))
                        .put("pin", TestTown.PIN)));
    }

    private void installation() {
        forms.put("openCircuit", () -> Filled.body(new JsonObject().put("name", "Comune di Altrove")));
        forms.put("getCircuit", () -> Filled.id(town.circuitId));
        forms.put(
                "proposeConfiguration",
                () -> Filled.id(town.circuitId)
                        .with(new JsonObject()
                                .put("transfers_between_persons", true)
                                .put("redemption_by_persons", true)
                                .put("legal_basis", 1)));
        forms.put("proposeOperator", () -> Filled.body(newOperator(newName())));
        forms.put("getOperator", () -> Filled.id(town.operatorIds.get("anna.sociali")));
        forms.put(
                "approveOperator",
                () -> Filled.id(proposed("/operators", newOperator(newName()))).with(new JsonObject()));
        forms.put("rejectOperator", () -> Filled.id(proposed("/operators", newOperator(newName()))));
        forms.put("activateOperator", this::activation);
        forms.put(
                "grantRoles",
                () -> Filled.id(town.operatorIds.get("bruno.conti")).with(forATime()));
        forms.put("listRoles", () -> Filled.id(town.operatorIds.get("bruno.conti")));
        forms.put("endRoles", () -> {
            JsonObject approved = approvedOperator(newName());
            return Filled.id(approved.getString("id"))
                    .with(new JsonObject().put("appointment_id", approved.getString("proposal_id")));
        });
        forms.put("retireOperator", () -> Filled.id(approvedOperator(newName()).getString("id")));
        forms.put(
                "changePassword",
                () -> Filled.id(town.operatorIds.get("bruno.conti"))
                        .with(new JsonObject()
                                .put("old_password", TestTown.password(town.username("bruno.conti")))
                                .put("new_password", "un gatto giallo sul tetto rosso")));
        forms.put(
                "enrolSecondFactor",
                () -> Filled.id(town.operatorIds.get("bruno.conti"))
                        .with(new JsonObject().put("password", TestTown.password(town.username("bruno.conti")))));
        forms.put(
                "confirmSecondFactor",
                () -> Filled.id(town.operatorIds.get("bruno.conti")).with(new JsonObject().put("code", "492039")));
        forms.put(
                "renewRecoveryCodes",
                () -> Filled.id(town.operatorIds.get("bruno.conti"))
                        .with(new JsonObject()
                                .put("password", TestTown.password(town.username("bruno.conti")))
                                .put("code", "492039")));
        forms.put("stepClock", () -> Filled.body(new JsonObject().put("advance_ms", 1)));
        forms.put(
                "confirmClock",
                () -> Filled.body(
                        new JsonObject().put("wall_clock", Instant.now().toString())));
        options.add(new Option(
                "proposeOperator",
                () -> Filled.body(new JsonObject()
                        .put("operator_id", town.operatorIds.get("bruno.conti"))
                        .put("roles", new JsonArray().add("auditor")))));
    }

    private void circuit() {
        JsonObject oneIes = new JsonObject().put("amount", Operations.ies(1));
        forms.put(
                "transfer",
                () -> Filled.body(oneIes.copy()
                        .put("from_wallet_id", town.card.getString("wallet_id"))
                        .put("to_wallet_id", things.otherCard.getString("wallet_id"))));
        forms.put("quoteTransfer", () -> Filled.body(oneIes));
        forms.put(
                "proposeTariff",
                () -> Filled.body(
                        new JsonObject().put("flat", Operations.ies(0)).put("basis_points", 0)));
        forms.put("proposeReserveMovement", () -> Filled.body(new JsonObject().put("amount", euro(1))));
        forms.put(
                "proposeIssuance", () -> Filled.body(oneIes.copy().put("wallet_id", town.card.getString("wallet_id"))));
        forms.put(
                "proposeRedemption",
                () -> Filled.body(oneIes.copy().put("wallet_id", town.card.getString("wallet_id"))));
        options.add(new Option(
                "proposeRedemption",
                () -> Filled.body(
                        new JsonObject().put("amount", Operations.ies(1)).put("merchant_id", town.merchantId))));
    }

    private void proposals() {
        JsonObject amount = new JsonObject().put("amount", euro(1));
        forms.put("getProposal", () -> Filled.id(proposed("/reserve-movements", amount)));
        forms.put("approveProposal", () -> toApprove("/reserve-movements", amount));
        forms.put("rejectProposal", () -> Filled.id(proposed("/reserve-movements", amount)));
    }

    private String newName() {
        return "nuovo." + things.next();
    }

    private JsonObject newOperator(String name) {
        return new JsonObject()
                .put("username", town.username(name))
                .put(
                        "person",
                        new JsonObject()
                                .put("given_name", "Mario")
                                .put("family_name", "Rossi")
                                .put("tax_code", "RSSMRA91A01H501X"))
                .put("roles", new JsonArray().add("auditor"));
    }

    private static JsonObject forATime() {
        return new JsonObject().put("roles", new JsonArray().add("auditor")).put("act_reference", 45);
    }

    /** A substitute whose roles wait. */
    private JsonObject approvedOperator(String name) {
        JsonObject proposal = node.post(
                        "/operators", town.social, newOperator(name).mergeIn(forATime()))
                .expect(202);
        return node.post(
                        "/operators/" + proposal.getString("proposal_id") + "/approvals",
                        town.treasurer,
                        TestTown.seen(proposal))
                .expect(201);
    }

    private Filled activation() {
        String name = newName();
        JsonObject proposal =
                node.post("/operators", town.social, newOperator(name)).expect(202);
        JsonObject approved = node.post(
                        "/operators/" + proposal.getString("proposal_id") + "/approvals",
                        town.treasurer,
                        new JsonObject())
                .expect(201);
        return Filled.id(approved.getString("id"))
                .with(new JsonObject()
                        .put("username", town.username(name))
                        .put("first_part", proposal.getString("activation_code_part"))
                        .put("second_part", approved.getString("activation_code_part"))
                        .put("password", TestTown.password(name)));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.vertx.core.json.JsonObject;

/** Operations of shops and their tills. */
final class ShopForms extends OperationForms {
    ShopForms(Things things) {
        super(things);
        merchants();
        tills();
        applications();
        agreements();
    }

    private void merchants() {
        forms.put(
                "registerMerchant",
                () -> Filled.body(new JsonObject().put("name", "Bar").put("category", "bar")));
        forms.put("getMerchant", () -> Filled.id(town.merchantId));
        forms.put("suspendMerchant", () -> Filled.id(town.newMerchant()));
        forms.put("reactivateMerchant", () -> {
            String id = town.newMerchant();
            node.post("/merchants/" + id + "/suspensions", town.social).expect(201);
            return Filled.id(id);
        });
        forms.put("openOutlet", () -> Filled.id(town.merchantId).with(new JsonObject().put("name", "Via Nuova 2")));
        forms.put("registerTerminal", () -> Filled.id(town.outletId));
        forms.put("enrolTerminal", () -> {
            JsonObject terminal = newTerminal();
            return Filled.id(terminal.getString("id"))
                    .with(TestTill.enrolment(
                            terminal.getString("enrolment_code"), new ECKeyGenerator(Curve.P_256).generate()));
        });
        forms.put("revokeTerminal", () -> Filled.id(newTerminal().getString("id")));
    }

    private void applications() {
        ApplicationTown applications = new ApplicationTown(town);
        forms.put("applyAsMerchant", () -> Filled.body(applications.request()));
        forms.put("listMerchantApplications", Filled::nothing);
        forms.put("getMerchantApplication", () -> Filled.id(applications.received()));
        forms.put(
                "verifyMerchantApplication",
                () -> Filled.id(applications.received()).with(ApplicationTown.findings("clear")));
        forms.put(
                "rejectMerchantApplication",
                () -> Filled.id(applications.received()).with(new JsonObject().put("reason", "Fuori Comune")));
        forms.put("approveMerchantApplication", () -> Filled.id(applications.verified()));
        forms.put("closeMerchant", () -> Filled.id(town.newMerchant()));
    }

    private void agreements() {
        AgreementTown agreements = new AgreementTown(town);
        forms.put("proposeAgreement", () -> Filled.body(AgreementTown.text(AgreementTown.LONG)));
        forms.put("publishAgreement", () -> {
            JsonObject proposed = agreements.proposed(AgreementTown.LONG);
            return Filled.id(proposed.getString("id")).with(AgreementTown.digest(proposed));
        });
        forms.put(
                "rejectAgreement",
                () -> Filled.id(agreements.proposed(AgreementTown.LONG).getString("id")));
        forms.put("listAgreements", Filled::nothing);
        forms.put("listAgreementArrears", Filled::nothing);
        forms.put(
                "acceptAgreement",
                () -> Filled.id(town.merchantId).with(AgreementTown.onPaper(agreements.published())));
        forms.put("getTillAgreement", () -> {
            agreements.published();
            return Filled.nothing();
        });
        forms.put("acceptAgreementAtTill", () -> Filled.body(AgreementTown.atTill(agreements.published())));
        options.add(new Option(
                "proposeAgreement",
                () -> Filled.body(
                        AgreementTown.text(AgreementTown.LONG).put("valid_from", "2199-01-01T00:00:00.000Z"))));
    }

    private void tills() {
        String today = SettlementTown.today();
        forms.put(
                "addFiscalDocument",
                () -> Filled.id(payment("automatic"))
                        .with(new JsonObject().put("number", "0041-0012").put("date", today)));
        forms.put("reversePayment", () -> {
            String reference = "reversed/" + things.next();
            town.till(
                            "/payments",
                            TestNode.newKey(),
                            town.payment(town.card, 1)
                                    .put("terminal_reference", reference)
                                    .encode())
                    .expect(201);
            return Filled.body(new JsonObject().put("terminal_reference", reference));
        });
        forms.put("getTerminalTotals", () -> Filled.id(town.till.id));
        forms.put("listTillPayments", Filled::nothing);
        forms.put("getTillDay", () -> Filled.id(today));
        forms.put("closeTillDay", () -> Filled.body(new JsonObject().put("day", today)));
        forms.put("getTillStatistics", Filled::nothing);
        options.add(new Option("listPublicMerchants", () -> Filled.query("?circuit_id=" + town.circuitId)));
    }

    private JsonObject newTerminal() {
        return node.post("/outlets/" + town.outletId + "/terminals", town.social)
                .expect(201);
    }
}

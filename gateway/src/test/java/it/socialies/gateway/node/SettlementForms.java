// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Operations by which shops are paid, and reports. */
final class SettlementForms extends OperationForms {
    SettlementForms(Things things) {
        super(things);
        payees();
        settlements();
        reports();
    }

    private void payees() {
        forms.put(
                "proposePayee", () -> Filled.id(town.newMerchant()).with(SettlementTown.account(SettlementTown.IBAN)));
        forms.put("listPayees", () -> Filled.id(settlingTown().changedShop()));
        forms.put(
                "getPayeeLetter",
                () -> Filled.ids(settlingTown().changedShop(), settlingTown().changedPayee()));
        forms.put("confirmPayee", () -> {
            String merchantId = settlingTown().newChangedShop();
            return Filled.id(merchantId).with(settlingTown().confirmation(merchantId));
        });
        options.add(new Option(
                "proposePayee",
                () -> Filled.id(town.newMerchant())
                        .with(SettlementTown.account(SettlementTown.IBAN).put("bic", "BPMOIT22XXX"))));
        options.add(new Option(
                "listPayees", () -> new Filled(settlingTown().changedShop(), null, null, "?min_sequence=1")));
        options.add(new Option(
                "getPayeeLetter",
                () -> new Filled(
                        settlingTown().changedShop(),
                        null,
                        null,
                        "?language=en",
                        "",
                        settlingTown().changedPayee())));
    }

    private void settlements() {
        forms.put("drawSettlement", () -> Filled.body(settlingTown().request()));
        forms.put("listSettlements", Filled::nothing);
        forms.put("getSettlement", () -> Filled.id(settlingTown().settled()));
        forms.put("listSettlementLines", () -> Filled.id(settlingTown().settled()));
        forms.put("proposeSettlement", () -> Filled.id(settlingTown().rejected()));
        forms.put("returnLines", () -> {
            String id = settlingTown().freshlyApproved();
            return Filled.id(id)
                    .with(new JsonObject()
                            .put("lines", new JsonArray().add(settlingTown().lineOf(id))));
        });
        forms.put("cancelSettlement", () -> Filled.id(settlingTown().drawn()));
        forms.put("listDebitNotes", () -> Filled.id(settlingTown().settled()));
        forms.put("getDebitNote", () -> Filled.ids(settlingTown().settled(), town.merchantId));
        forms.put("getDebitNotePaper", () -> {
            town.describe();
            return Filled.ids(settlingTown().settled(), town.merchantId);
        });
        options.add(new Option("getDebitNotePaper", () -> {
            town.describe();
            String id = settlingTown().settled();
            return new Filled(id, null, null, "?language=en", "", town.merchantId);
        }));
        forms.put("confirmDebitNote", () -> {
            String id = settlingTown().freshlyApproved();
            return Filled.ids(id, town.merchantId).with(settlingTown().noteOf(id, "N" + things.next()));
        });
        forms.put("listOwnDebitNotes", Filled::nothing);
        forms.put("listPaymentOrders", () -> Filled.id(settlingTown().settled()));
        forms.put(
                "orderPayments",
                () -> Filled.id(settlingTown().noted("N" + things.next())).with(SettlementTown.mandate()));
        forms.put("getPaymentOrder", () -> Filled.id(settlingTown().order()));
        forms.put("listPaymentOrderItems", () -> Filled.id(settlingTown().order()));
        forms.put("getSepaFile", () -> Filled.id(settlingTown().transferOrder("N" + things.next())));
        options.add(new Option(
                "getSepaFile",
                () -> new Filled(settlingTown().transferOrder("N" + things.next()), null, null, "?variant=iso")));
        forms.put("listPaymentChecks", () -> Filled.id(town.merchantId));
        forms.put("recordOutcomes", () -> Filled.body(SettlementTown.outcomes("IES-0-1", "paid", 1)));
        forms.put(
                "uploadOutcomeFile",
                () -> new Filled(null, null, null, "?format=mandates", SettlementTown.UNKNOWN_MANDATE));
        forms.put("listReconciliations", Filled::nothing);
        forms.put("getReconciliation", () -> Filled.id(settlingTown().reconciliation()));
        forms.put("listReconciliationLines", () -> Filled.id(settlingTown().reconciliation()));
        forms.put("reconcileSettlement", () -> Filled.id(settlingTown().settled()));
        options.add(new Option(
                "listReconciliationLines",
                () -> new Filled(settlingTown().reconciliation(), null, null, "?result=noted")));
        forms.put("getLiquidationLines", () -> Filled.id(settlingTown().order()));
        forms.put("listAccountingCommitments", () -> Filled.id(town.programmeId));
        forms.put(
                "enterAccountingCommitment",
                () -> Filled.id(town.programmeId).with(SettlementTown.commitment("C" + things.next(), 1_000_00)));
        forms.put("recordPaymentCheck", () -> Filled.id(town.merchantId).with(SettlementTown.clear()));
        options.add(new Option(
                "drawSettlement",
                () -> Filled.body(settlingTown()
                        .request()
                        .put("merchants", new JsonArray().add(town.merchantId))
                        .put("programmes", new JsonArray().add(town.programmeId)))));
        options.add(new Option(
                "drawSettlement",
                () -> Filled.body(settlingTown().request().put("act_reference", Operations.act(town, newAct())))));
        options.add(new Option(
                "listSettlementLines",
                () -> new Filled(settlingTown().settled(), null, null, "?merchant_id=" + town.merchantId)));
        options.add(new Option(
                "orderPayments",
                () -> Filled.id(settlingTown().noted("N" + things.next())).with(SettlementTown.transfer())));
    }

    private void reports() {
        ReportTown reports = new ReportTown(town);
        forms.put("requestReport", () -> Filled.body(ReportTown.spend()));
        options.add(new Option(
                "requestReport", () -> Filled.body(ReportTown.spend().put("programme_id", town.programmeId))));
        options.add(new Option(
                "requestReport",
                () -> Filled.body(new JsonObject()
                        .put("kind", "first_spend")
                        .put("format", "xlsx")
                        .put("lang", "en")
                        .put("programme_id", town.programmeId)
                        .put("at_least", 12))));
        forms.put("listReports", Filled::nothing);
        forms.put("getReport", () -> Filled.id(reports.spent()));
        forms.put("getReportFile", () -> Filled.id(reports.spent()));
        forms.put("repeatReport", () -> Filled.id(reports.spent()));
        forms.put("getProgrammeReport", () -> Filled.id(town.programmeId));
        options.add(new Option(
                "getProgrammeReport", () -> new Filled(town.programmeId, null, null, "?year=" + ReportTown.year())));
    }
}

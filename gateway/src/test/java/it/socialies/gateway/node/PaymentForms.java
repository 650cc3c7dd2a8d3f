// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import static it.socialies.gateway.node.TestTown.euro;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Operations of payments, of what proves and disputes them, and of notices. */
final class PaymentForms extends OperationForms {
    PaymentForms(Things things) {
        super(things);
        payments();
        disputes();
        notices();
    }

    private void payments() {
        JsonObject amount = new JsonObject().put("amount", euro(1));
        forms.put("pay", () -> Filled.body(town.payment(town.card, 1)));
        forms.put(
                "payBatch",
                () -> Filled.body(new JsonObject()
                        .put(
                                "payments",
                                new JsonArray()
                                        .add(town.payment(town.card, 1).put("idempotency_key", TestNode.newKey())))));
        forms.put(
                "getAuditEntry",
                () -> Filled.id(pay("automatic").getLong("sequence").toString()));
        forms.put(
                "drawAuditSample",
                () -> Filled.body(new JsonObject().put("seed", "operations").put("size", 1)));
        options.add(new Option(
                "drawAuditSample",
                () -> Filled.body(new JsonObject()
                        .put("seed", "operations")
                        .put("size", 1)
                        .put("programme_id", town.programmeId))));
        forms.put("getAuditSample", () -> Filled.id(Operations.auditSample(town)));
        forms.put("getAuditCase", () -> Filled.ids(Operations.auditSample(town), "1"));
        forms.put("getAuditProof", () -> Filled.query("?payment_id=" + payment("automatic")));
        forms.put("getTrace", () -> {
            JsonObject paid = pay("automatic");
            return new Filled(paid.getString("id"), null, null, "?min_sequence=" + paid.getLong("sequence"));
        });
        forms.put("getPayment", () -> Filled.id(payment("automatic")));
        forms.put("capturePayment", () -> Filled.id(payment("manual")).with(amount));
        forms.put("voidPayment", () -> Filled.id(payment("manual")));
        forms.put("refundPayment", () -> Filled.id(payment("automatic")).with(amount));
        forms.put(
                "inquireBalance",
                () -> Filled.body(new JsonObject()
                        .put("card_token", town.card.getString("card_token"))
                        .put("pin", TestTown.PIN)));
        forms.put("resolveKey", () -> Filled.body(new JsonObject().put("key", TestNode.newKey())));
        options.add(new Option("listPayments", () -> Filled.query("?wallet_id=" + town.card.getString("wallet_id"))));
        options.add(new Option("listPayments", () -> Filled.query("?terminal_id=" + town.till.id)));
    }

    private void disputes() {
        DisputeTown disputes = new DisputeTown(town);
        forms.put("openDispute", () -> Filled.id(payment("automatic")).with(DisputeTown.request(1)));
        forms.put("listDisputes", Filled::nothing);
        forms.put("listOwnDisputes", Filled::nothing);
        forms.put("getDispute", () -> Filled.id(disputes.dispute(1).getString("id")));
        forms.put(
                "addDisputeStatement",
                () -> Filled.id(disputes.dispute(1).getString("id")).with(DisputeTown.statement("shop", "No")));
        forms.put("proposeDisputeDecision", () -> {
            String id = disputes.dispute(1).getString("id");
            disputes.hear(id, "shop", "No").expect(201);
            return Filled.id(id).with(DisputeTown.decision(1));
        });
        forms.put("getDisputeLetter", () -> new Filled(disputes.decided(town.card, 1), null, null, "?party=shop"));
        options.add(new Option("getDisputeLetter", () -> {
            JsonObject card = disputes.cardOfAPerson(emergencyTown());
            return new Filled(disputes.decided(card, 1), null, null, "?party=holder&case_id=" + TestNode.OWN_CASE);
        }));
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        forms.put("listSignals", () -> Filled.query("?from=" + now.minusSeconds(60) + "&to=" + now));
        options.add(new Option("listDisputes", () -> Filled.query("?merchant_id=" + town.merchantId)));
        options.add(new Option("listDisputes", () -> Filled.query("?programme_id=" + town.programmeId)));
    }

    private void notices() {
        forms.put("createWebhookEndpoint", () -> Filled.body(Operations.webhook()));
        forms.put("listWebhookEndpoints", Filled::nothing);
        forms.put("removeWebhookEndpoint", () -> Filled.id(Operations.webhookEndpoint(town)));
        forms.put("redeliverNotices", () -> Filled.id(Operations.webhookEndpoint(town)));
        forms.put("listNotices", Filled::nothing);
        options.add(new Option("listNotices", () -> Filled.query("?state=dead")));
        forms.put("listNoticeChannels", Filled::nothing);
        forms.put("printNoticeLetters", () -> Filled.body(new JsonObject()));
        forms.put(
                "getNoticeLetters",
                () -> new Filled(Operations.noticeRun(town), null, null, "?case_id=" + TestNode.OWN_CASE));
        forms.put(
                "setNoticeContact",
                () -> Filled.id(town.merchantId).with(new JsonObject().put("email", "negozio@notices.invalid")));
    }
}

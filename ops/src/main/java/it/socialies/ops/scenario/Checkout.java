// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import java.util.Set;
import java.util.UUID;

/** What happens at a till: a payment and what may follow it, each answer held against what the scenario's own books expect. Any thread. */
final class Checkout {
    private final ApiClient api;
    private final OwnLedger ledger;
    private final AckLog acks;
    private final Incidents incidents;

    Checkout(ApiClient api, OwnLedger ledger, AckLog acks, Incidents incidents) {
        this.api = api;
        this.ledger = ledger;
        this.acks = acks;
        this.incidents = incidents;
    }

    /** A sale: cents of the bill, and of those the goods that vouchers may pay. */
    record Sale(CardHolder holder, Till till, long billCents, long eligibleCents, String reference) {
        JsonObject toJson(String pin) {
            return new JsonObject()
                    .put("card_token", holder.cardToken())
                    .put("pin", pin)
                    .put("bill_total", SetUp.eur(billCents))
                    .put("eligible_amount", SetUp.eur(eligibleCents))
                    .put("terminal_reference", reference);
        }

        JsonObject toJson() {
            return toJson(holder.beneficiary().pin());
        }
    }

    /** Pays at once and in full. */
    String pay(Sale sale) {
        return paid(sale, sale.toJson(), sale.eligibleCents(), true);
    }

    /** Pays with what somebody else shows at the till. */
    ApiReply payWith(Sale sale, JsonObject body) {
        ApiReply reply = send(sale, api.newKey(), body).orThrow("payment");
        book(sale, reply, sale.eligibleCents(), true);
        return reply;
    }

    /** A sale that must be refused for one of these reasons. */
    ApiReply refusedForOneOf(Sale sale, JsonObject body, Set<String> codes) {
        ApiReply reply = send(sale, api.newKey(), body);
        require(reply.status() == 402 && codes.contains(reply.code()), "expected 402 " + codes, reply);
        return reply;
    }

    /** Pays, then asks the same again as if the answer had been lost: it must be the same answer, marked as such. */
    void payTwiceWithTheSameKey(Sale sale) {
        UUID key = api.newKey();
        ApiReply first = send(sale, key, sale.toJson()).orThrow("payment");
        book(sale, first, sale.eligibleCents(), true);
        ApiReply again = send(sale, key, sale.toJson()).orThrow("repeated payment");
        require(again.hit(), "a repeated payment was not marked Idempotency-Hit", again);
        require(
                again.body().equals(first.body()),
                "a repeated payment was answered differently: " + first.body().encode(),
                again);
        incidents.count(Incidents.Kind.REPEATED);
    }

    /** Takes what there is of a larger sale; the customer pays the rest in cash. */
    String payPartially(Sale sale, long availableCents) {
        String id = paid(sale, sale.toJson().put("partial", "allow"), availableCents, true);
        incidents.count(Incidents.Kind.PARTIAL);
        return id;
    }

    /** Authorizes only; the money is held. */
    String authorize(Sale sale) {
        return paid(sale, sale.toJson().put("capture", "manual"), sale.eligibleCents(), false);
    }

    void capture(Till till, String paymentId, long cents) {
        ApiReply reply = api.post(
                        "/payments/" + paymentId + "/captures",
                        till.session(),
                        new JsonObject().put("amount", SetUp.eur(cents)))
                .orThrow("capture");
        require(reply.amount("captured") == cents, "captured another sum than " + cents, reply);
        ledger.captured(paymentId, cents);
        incidents.count(Incidents.Kind.MANUAL);
    }

    void cancel(Till till, String paymentId) {
        ApiReply reply = api.post("/payments/" + paymentId + "/voids", till.session(), null)
                .orThrow("void");
        require("voided".equals(reply.body().getString("state")), "not voided", reply);
        ledger.released(paymentId);
        incidents.count(Incidents.Kind.VOIDED);
    }

    void refund(Till till, String paymentId, long cents) {
        UUID key = api.newKey();
        acks.refundSent(key, paymentId, cents);
        JsonObject body = new JsonObject().put("amount", SetUp.eur(cents));
        ApiReply reply = api.send("POST", "/payments/" + paymentId + "/refunds", till.session(), key, body)
                .orThrow("refund");
        acks.refunded(key);
        require(reply.amount("refunded") == cents, "refunded another sum than " + cents, reply);
        ledger.refunded(paymentId, cents);
        incidents.count(Incidents.Kind.REFUND);
    }

    /** A sale that must be refused, and why. */
    void refused(Sale sale, JsonObject body, String code, Incidents.Kind kind) {
        ApiReply reply = send(sale, api.newKey(), body);
        require(reply.status() == 402 && reply.code().equals(code), "expected 402 " + code, reply);
        incidents.count(kind);
    }

    private String paid(Sale sale, JsonObject body, long expectedCents, boolean captured) {
        ApiReply reply = send(sale, api.newKey(), body).orThrow("payment");
        book(sale, reply, expectedCents, captured);
        return reply.body().getString("id");
    }

    private void book(Sale sale, ApiReply reply, long expectedCents, boolean captured) {
        require(reply.amount("drawn") == expectedCents, "drew another sum than " + expectedCents, reply);
        require(
                (captured ? "captured" : "authorized").equals(reply.body().getString("state")),
                "is in another state than expected",
                reply);
        String id = reply.body().getString("id");
        ledger.authorized(
                id,
                sale.holder().walletId(),
                sale.till().merchantId(),
                sale.till().shop().category(),
                expectedCents);
        if (captured) {
            ledger.captured(id, expectedCents);
        }
        incidents.count(Incidents.Kind.PAYMENT);
    }

    private ApiReply send(Sale sale, UUID key, JsonObject body) {
        acks.sent(key);
        ApiReply reply = api.send("POST", "/payments", sale.till().session(), key, body);
        if (reply.status() == 201 || reply.status() == 402) {
            acks.acknowledged(key, reply.status(), reply.body());
        }
        return reply;
    }

    private static void require(boolean condition, String message, ApiReply reply) {
        if (!condition) {
            throw new ScenarioFailed(
                    message + ": " + reply.status() + " " + reply.body().encode());
        }
    }
}

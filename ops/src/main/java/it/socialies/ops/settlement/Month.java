// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.settlement;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.P256;
import it.socialies.ops.client.TerminalSession;
import it.socialies.ops.client.Workers;
import it.socialies.ops.figures.ExternalIds;
import it.socialies.ops.scenario.SecondPerson;
import it.socialies.ops.town.InventedIban;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Shops with their tills and accounts, cards with money, and what is bought in a month. One thread, but for its workers. */
final class Month {
    private static final String PIN = "48213";
    private static final int CARDS_PER_BATCH = 100;
    private static final int PAYMENTS_PER_REQUEST = 500;
    private static final int CREATED = 201;

    private final ApiClient api;
    private final Office office;
    private final Workers workers;

    Month(ApiClient api, Office office, Workers workers) {
        this.api = api;
        this.office = office;
        this.workers = workers;
    }

    /** A shop with one till. */
    record Shop(int number, String merchantId, TerminalSession till) {}

    /** An active card. */
    record Card(String cardId, String walletId, String token) {}

    /** The cents of a payment, by its number: the same whenever it is asked. */
    static long cents(int payment) {
        return 50 + payment * 7919L % 400;
    }

    List<Shop> openShops(int count) {
        List<Shop> shops = Collections.synchronizedList(new ArrayList<>());
        workers.forEach(IntStream.rangeClosed(1, count).boxed().toList(), number -> shops.add(openShop(number)));
        return shops.stream()
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .toList();
    }

    private Shop openShop(int number) {
        String name = String.format(Locale.ROOT, "Negozio %04d", number);
        String merchantId = api.post(
                        "/merchants",
                        office.admin(),
                        new JsonObject().put("name", name).put("category", "grocery"))
                .orThrow("register shop")
                .body()
                .getString("id");
        String outletId = api.post(
                        "/merchants/" + merchantId + "/outlets",
                        office.admin(),
                        new JsonObject().put("name", name).put("address", "via Prova " + number))
                .orThrow("open outlet")
                .body()
                .getString("id");
        JsonObject terminal = api.post("/outlets/" + outletId + "/terminals", office.admin(), null)
                .orThrow("register terminal")
                .body();
        KeyPair keys = P256.newKeyPair();
        api.send(
                        "POST",
                        "/terminals/" + terminal.getString("id") + "/enrolments",
                        null,
                        api.newKey(),
                        new JsonObject()
                                .put("enrolment_code", terminal.getString("enrolment_code"))
                                .put("public_key", P256.toJwk(keys.getPublic())))
                .orThrow("enrol terminal");
        return new Shop(number, merchantId, new TerminalSession(api, terminal.getString("id"), keys));
    }

    /** Each proposed by one person and approved by another. */
    void openAccounts(List<Shop> shops) {
        workers.forEach(shops, shop -> {
            String proposalId = api.post(
                            "/merchants/" + shop.merchantId() + "/payee-changes",
                            office.social(),
                            new JsonObject()
                                    .put("iban", InventedIban.of(shop.number()))
                                    .put("account_holder", "Negozio " + shop.number()))
                    .orThrow("propose payee")
                    .body()
                    .getString("id");
            SecondPerson.approve(office.api(), office.admin(), proposalId);
        });
    }

    /** Handed over, with a PIN, and the money for what they will buy. */
    List<Card> openCards(int count, int payments, String programmeId) {
        List<Card> cards = new ArrayList<>();
        for (int first = 0; first < count; first += CARDS_PER_BATCH) {
            api.post("/cards", office.social(), new JsonObject().put("count", Math.min(CARDS_PER_BATCH, count - first)))
                    .orThrow("issue cards")
                    .body()
                    .getJsonArray("items")
                    .forEach(each -> {
                        JsonObject card = (JsonObject) each;
                        cards.add(new Card(
                                card.getString("id"), card.getString("wallet_id"), card.getString("card_token")));
                    });
        }
        workers.forEach(IntStream.range(0, count).boxed().toList(), i -> {
            String path = "/cards/" + cards.get(i).cardId();
            api.post(
                            path + "/assignments",
                            office.social(),
                            new JsonObject()
                                    .put("holder_id", ExternalIds.holder(i + 1L))
                                    .put("household_size", 1))
                    .orThrow("assign card");
            api.post(path + "/activations", office.social(), new JsonObject().put("new_pin", PIN))
                    .orThrow("activate card");
        });
        JsonArray rows = new JsonArray();
        for (int i = 0; i < count; i++) {
            long cents = 0;
            for (int payment = i; payment < payments; payment += count) {
                cents += cents(payment);
            }
            rows.add(new JsonObject().put("wallet_id", cards.get(i).walletId()).put("amount", Office.euro(cents)));
        }
        topUp(programmeId, rows);
        return cards;
    }

    private void topUp(String programmeId, JsonArray rows) {
        JsonObject proposed = api.post(
                        "/top-ups",
                        office.social(),
                        new JsonObject().put("programme_id", programmeId).put("rows", rows))
                .orThrow("propose top-ups")
                .body();
        api.post(
                        "/top-ups/" + proposed.getString("id") + "/approvals",
                        office.secondSocial(),
                        new JsonObject()
                                .put("amount", proposed.getJsonObject("amount"))
                                .put("row_count", proposed.getInteger("row_count"))
                                .put("digest", proposed.getString("digest")))
                .orThrow("approve top-ups");
    }

    /** Payments spread evenly over shops and cards, in batches. */
    void pay(List<Shop> shops, List<Card> cards, int payments) {
        int each = Math.ceilDiv(payments, shops.size());
        workers.forEach(shops, shop -> {
            int first = (shop.number() - 1) * each;
            int last = Math.min(payments, first + each);
            for (int from = first; from < last; from += PAYMENTS_PER_REQUEST) {
                pay(shop, cards, from, Math.min(last, from + PAYMENTS_PER_REQUEST));
            }
        });
    }

    private void pay(Shop shop, List<Card> cards, int from, int to) {
        JsonArray payments = new JsonArray();
        for (int payment = from; payment < to; payment++) {
            JsonObject cents = Office.euro(cents(payment));
            payments.add(new JsonObject()
                    .put("idempotency_key", api.newKey().toString())
                    .put("card_token", cards.get(payment % cards.size()).token())
                    .put("pin", PIN)
                    .put("bill_total", cents)
                    .put("eligible_amount", cents));
        }
        ApiReply reply = api.send(
                        "POST", "/payment-batches", shop.till(), null, new JsonObject().put("payments", payments))
                .orThrow("pay");
        for (Object item : reply.body().getJsonArray("items")) {
            if (((JsonObject) item).getInteger("status") != CREATED) {
                throw new IllegalStateException("payment: " + item);
            }
        }
    }
}

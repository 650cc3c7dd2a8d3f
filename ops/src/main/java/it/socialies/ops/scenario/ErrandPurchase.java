// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.figures.Cents;
import it.socialies.ops.scenario.Checkout.Sale;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** A helper shops once for somebody who cannot go: a code for one shop and one purchase, no PIN; the slip says what it cost, the rest stays where it was. One thread. */
final class ErrandPurchase {
    private static final long MAX_CENTS = 20_00;
    private static final Duration HOURS = Duration.ofHours(3);

    private final ApiClient api;
    private final TownCircuit circuit;
    private final OwnLedger ledger;
    private final Papers papers;
    private final Told told;

    ErrandPurchase(ApiClient api, TownCircuit circuit, OwnLedger ledger, Papers papers, Told told) {
        this.api = api;
        this.circuit = circuit;
        this.ledger = ledger;
        this.papers = papers;
        this.told = told;
    }

    void play(Checkout checkout, CardHolder holder) {
        Till till = circuit.tills().getFirst();
        long before = ledger.available(holder.walletId(), till.shop().category());
        JsonObject errand = api.post(
                        "/wallets/" + holder.walletId() + "/errands",
                        circuit.staff().socials().get(0),
                        new JsonObject()
                                .put("merchant_id", till.merchantId())
                                .put("payment_max", SetUp.eur(MAX_CENTS))
                                .put(
                                        "valid_until",
                                        SetUp.rfc3339(api.clock()
                                                .instant()
                                                .plus(HOURS)
                                                .truncatedTo(ChronoUnit.SECONDS)))
                                .put("helper", "Anna del terzo piano"))
                .orThrow("issue errand")
                .body();
        papers.write(
                "spesa-per-conto.pdf",
                api.postBytes(
                        "/cards/" + errand.getString("id") + "/errand-slips",
                        circuit.staff().socials().get(0),
                        new JsonObject()));
        long cents = Math.min(before, MAX_CENTS) / 2;
        Sale sale = new Sale(holder, till, cents, cents, "errand/" + errand.getString("id"));
        JsonObject shown = withoutPin(sale, errand);
        Till elsewhere = circuit.tills().getLast();
        Sale wrongShop = new Sale(holder, elsewhere, cents, cents, sale.reference() + "/elsewhere");
        checkout.refusedForOneOf(wrongShop, withoutPin(wrongShop, errand), Set.of("card_other_shop"));
        ApiReply paid = checkout.payWith(sale, shown);
        checkout.refusedForOneOf(sale, shown, Set.of("card_closed"));
        long after = api
                .get("/wallets/" + holder.walletId(), circuit.staff().socials().get(0))
                .orThrow("wallet")
                .body()
                .getJsonArray("pockets")
                .stream()
                .mapToLong(pocket -> ApiReply.amountOf((JsonObject) pocket, "available"))
                .sum();
        Told.require(after, ledger.available(holder.walletId()), "Resto della spesa | remainder of the errand");
        papers.write(
                "esito-della-spesa.txt",
                "Spesa per conto di un'altra persona\nAiutante: " + errand.getString("helper") + "\nNegozio: "
                        + till.shop().name() + "\nMassimo: " + Cents.format(MAX_CENTS) + " €\nSpeso: "
                        + Cents.format(paid.amount("drawn")) + " €\nPagamento: "
                        + paid.body().getString("id") + "\n");
        told.done(
                "Spesa per conto: " + errand.getString("helper") + " ha speso " + Cents.format(cents) + " di "
                        + Cents.format(MAX_CENTS)
                        + " € senza PIN, una volta, in un solo negozio; il resto è rimasto al titolare",
                "one-errand purchase: once, in one shop, without a PIN; the remainder stayed with the holder");
    }

    private static JsonObject withoutPin(Sale sale, JsonObject errand) {
        JsonObject shown = sale.toJson().put("card_token", errand.getString("card_token"));
        shown.remove("pin");
        return shown;
    }
}

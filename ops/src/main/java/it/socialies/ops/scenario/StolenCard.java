// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.scenario.Checkout.Sale;
import java.time.Duration;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/** A stolen card: blocked at night with the code of the hand-over sheet, replaced from the drawer in the morning. One thread. */
final class StolenCard {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ApiClient api;
    private final TownCircuit circuit;
    private final HandOverDesk desk;
    private final Told told;

    StolenCard(ApiClient api, TownCircuit circuit, HandOverDesk desk, Told told) {
        this.api = api;
        this.circuit = circuit;
        this.desk = desk;
        this.told = told;
    }

    void play(Checkout checkout, CardHolder holder, String blockCode, Deque<String> stock) {
        OperatorSession social = circuit.staff().socials().get(0);
        Sale sale = new Sale(holder, circuit.tills().getFirst(), 100, 100, "stolen");
        JsonObject withTheStolenCard = sale.toJson();
        api.send("POST", "/public/card-blocks", null, null, new JsonObject().put("code", blockCode))
                .orThrow("block by code");
        checkout.refusedForOneOf(sale, withTheStolenCard, Set.of("card_blocked"));

        long startNs = System.nanoTime();
        String fresh = stock.removeFirst();
        api.post(
                        "/cards/" + holder.cardId() + "/stock-replacements",
                        social,
                        new JsonObject().put("stock_card_id", fresh))
                .orThrow("replace from stock");
        api.post(
                        "/cards/" + fresh + "/activations",
                        social,
                        new JsonObject().put("new_pin", holder.beneficiary().pin()))
                .orThrow("activate card");
        String stolen = holder.cardId();
        holder.replaceCard(fresh, desk.scan(fresh));
        checkout.pay(sale);
        Duration taken = Duration.ofNanos(System.nanoTime() - startNs);
        Told.require(taken.compareTo(LIMIT) < 0, true, "In un minuto | in a minute " + taken);
        checkout.refusedForOneOf(sale, withTheStolenCard, Set.of("card_replaced"));
        told.done(
                String.format(
                        Locale.ROOT,
                        "Tessera rubata %s: bloccata col codice del foglio senza accesso, sostituita con %s in %.1f s; la vecchia è rifiutata",
                        stolen,
                        fresh,
                        taken.toMillis() / 1e3),
                "a stolen card: blocked by code without a login, replaced from the stock; the old one is refused");
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.figures.Cents;
import it.socialies.ops.scenario.Checkout.Sale;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A programme ends with money on the cards; the act that extends it comes afterwards and puts every pocket back as it was. One thread. */
final class EndAndExtension {
    private static final int REFUSED = 3;
    private static final Duration LONGER = Duration.ofDays(400);
    private static final int EXTENSION_ACT = 204;
    private static final long LIMIT_S = 60;
    private static final long POLL_MS = 50;

    private final ApiClient api;
    private final TownCircuit circuit;
    private final WalletView wallets;
    private final OwnLedger ledger;
    private final Told told;

    EndAndExtension(ApiClient api, TownCircuit circuit, WalletView wallets, OwnLedger ledger, Told told) {
        this.api = api;
        this.circuit = circuit;
        this.wallets = wallets;
        this.ledger = ledger;
        this.told = told;
    }

    /** What is on the cards, wallet by wallet, and in the fund. */
    record Standing(Map<String, Long> pockets, long fundCents) {}

    /** To be called before the end, with everything projected. */
    Standing standing(String programmeId) {
        return new Standing(pockets(programmeId), available(programmeId));
    }

    private Map<String, Long> pockets(String programmeId) {
        Map<String, Long> pockets = new TreeMap<>();
        for (CardHolder holder : circuit.holders()) {
            pockets.put(holder.walletId(), wallets.available(holder.walletId(), programmeId));
        }
        return pockets;
    }

    /** To be called when the programme has ended. */
    void play(Checkout checkout, String programmeId, Standing standing) throws InterruptedException {
        Map<String, Long> before = standing.pockets();
        long total = before.values().stream().mapToLong(Long::longValue).sum();
        await(
                () -> available(programmeId),
                standing.fundCents() + total,
                "Fondo dopo la scadenza | fund after the end");
        pockets(programmeId)
                .forEach((wallet, cents) ->
                        Told.require(cents, 0L, "Scaduto e ancora in | ended and still in " + wallet));
        Set<String> refused = refuse(checkout, programmeId);
        told.done(
                "Programma scaduto: " + Cents.format(total) + " € tornati al fondo da " + before.size() + " tessere; "
                        + refused.size() + " spese rifiutate",
                "programme ended: swept back to its fund; payments refused");

        Instant until = api.clock().instant().plus(LONGER).truncatedTo(ChronoUnit.SECONDS);
        String path = "/programmes/" + programmeId;
        String actId = ActRegister.enter(
                api, circuit.staff().socials().get(0), EXTENSION_ACT, "Proroga del termine per la spesa dei buoni");
        JsonObject proposal = api.post(
                        path + "/extensions",
                        circuit.staff().socials().get(0),
                        new JsonObject()
                                .put("valid_until", SetUp.rfc3339(until))
                                .put("act_reference", actId))
                .orThrow("propose extension")
                .body();
        SecondPerson.approve(api, circuit.staff().admins().get(0), proposal);
        await(
                () -> pockets(programmeId).values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                total,
                "Ripristinato | restored");
        Told.require(pockets(programmeId), before, "Ogni borsellino | every pocket");
        ledger.extended(programmeId, until.toEpochMilli());
        checkListed(path, total, refused);
        told.done(
                "Proroga con determinazione n. " + EXTENSION_ACT + " dopo la scadenza: " + Cents.format(total)
                        + " € di nuovo su ogni tessera com'erano; rifiutati nel frattempo elencati: " + refused,
                "extended by act after its end: every pocket restored exactly; who was refused meanwhile is listed");
    }

    /** A shopping that the card would have paid the day before; with what other programmes have, it does not. */
    private Set<String> refuse(Checkout checkout, String programmeId) {
        Till till = circuit.tills().getFirst();
        Set<String> refused = new TreeSet<>();
        for (CardHolder holder : circuit.holders()) {
            if (refused.size() < REFUSED && ledger.inPocket(holder.walletId(), programmeId) > 0) {
                long cents = ledger.available(holder.walletId(), till.shop().category());
                Sale sale = new Sale(
                        holder,
                        till,
                        cents,
                        cents,
                        "end/" + holder.beneficiary().rank());
                checkout.refusedForOneOf(sale, sale.toJson(), Set.of("expired", "insufficient_funds"));
                refused.add(holder.walletId());
            }
        }
        return refused;
    }

    private void checkListed(String path, long total, Set<String> refused) throws InterruptedException {
        var social = circuit.staff().socials().get(0);
        await(
                () -> CardStock.items(api.get(path + "/extensions", social)
                                .orThrow("extensions")
                                .body())
                        .size(),
                1,
                "Proroghe elencate | extensions listed");
        List<JsonObject> extensions = CardStock.items(
                api.get(path + "/extensions", social).orThrow("extensions").body());
        Told.require(ApiReply.amountOf(extensions.getFirst(), "restored"), total, "Ripristinato | restored");
        Set<String> listed = new TreeSet<>();
        CardStock.items(api.get(path + "/refusals-while-ended?limit=200", social)
                        .orThrow("refusals")
                        .body())
                .forEach(each -> listed.add(each.getString("wallet_id")));
        Told.require(listed, refused, "Rifiutati nel frattempo | refused meanwhile");
    }

    private long available(String programmeId) {
        return api.get(
                        "/programmes/" + programmeId + "?min_sequence="
                                + api.readClock().getLong("sequence"),
                        circuit.staff().socials().get(0))
                .orThrow("programme")
                .amount("available");
    }

    private static void await(LongSupplier value, long expected, String what) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        for (long now = value.getAsLong(); now != expected; now = value.getAsLong()) {
            if (System.nanoTime() > endNs) {
                Told.require(Cents.format(now), Cents.format(expected), what);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.figures.Cents;
import it.socialies.ops.scenario.Checkout.Sale;
import it.socialies.ops.scenario.HandOverDesk.HandedOver;
import it.socialies.ops.town.Beneficiary;
import it.socialies.ops.town.Person;
import java.time.LocalDate;
import java.util.Deque;
import java.util.Map;
import java.util.Set;

/** Somebody dies with money on the card: another member of the household gets a card, and the money with it. One thread. */
final class DeathInTheFamily {
    private static final int ACT = 206;
    private static final String PIN_OF_HEIR = "58306";

    private final ApiClient api;
    private final TownCircuit circuit;
    private final HandOverDesk desk;
    private final WalletView wallets;
    private final OwnLedger ledger;
    private final Told told;

    DeathInTheFamily(
            ApiClient api, TownCircuit circuit, HandOverDesk desk, WalletView wallets, OwnLedger ledger, Told told) {
        this.api = api;
        this.circuit = circuit;
        this.desk = desk;
        this.wallets = wallets;
        this.ledger = ledger;
        this.told = told;
    }

    void play(Checkout checkout, CardHolder dead, String personId, Deque<String> stock) {
        OperatorSession social = circuit.staff().socials().get(0);
        String caseId = desk.openCase();
        Map<String, Long> left = wallets.available(dead.walletId());
        long total = left.values().stream().mapToLong(Long::longValue).sum();

        Beneficiary member = memberOfTheHousehold(dead.beneficiary());
        String memberId = enter(social, caseId, member.person(), householdOf(social, caseId, personId));
        HandedOver card = desk.handOver(caseId, memberId, member, stock.removeFirst());
        CardHolder heir = card.holder();
        String actId = ActRegister.enter(api, social, ACT, "Chiusura di una tessera e passaggio al nucleo");
        JsonObject closure = api.post(
                        "/wallets/" + dead.walletId() + "/closures",
                        social,
                        new JsonObject()
                                .put("heir_wallet_id", heir.walletId())
                                .put("reason", "death")
                                .put("act_reference", actId))
                .orThrow("propose closure")
                .body();
        SecondPerson.approve(api, circuit.staff().socials().get(1), closure);

        for (Map.Entry<String, Long> pocket : left.entrySet()) {
            Told.require(
                    wallets.available(heir.walletId(), pocket.getKey()), pocket.getValue(), "Ereditato | inherited");
        }
        Told.require(
                wallets.available(dead.walletId()).values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                0L,
                "Rimasto al defunto | left with the dead");
        Sale sale = new Sale(dead, circuit.tills().getFirst(), 100, 100, "death");
        checkout.refusedForOneOf(sale, sale.toJson(), Set.of("card_blocked"));
        ledger.inherited(dead.walletId(), heir.walletId());
        told.done(
                "Decesso: " + Cents.format(total) + " € da " + dead.walletId() + " a " + heir.walletId()
                        + " di un altro componente del nucleo; la vecchia tessera è rifiutata",
                "a death: the pockets passed to another member of the household; the old card is refused");
        dead.inheritedBy(heir);
    }

    private String householdOf(OperatorSession social, String caseId, String personId) {
        return api.get("/people/" + personId + "?case_id=" + caseId, social)
                .orThrow("read person")
                .body()
                .getJsonObject("person")
                .getJsonObject("household")
                .getString("id");
    }

    private String enter(OperatorSession social, String caseId, Person person, String householdId) {
        return api.post(
                        "/people",
                        social,
                        new JsonObject()
                                .put("case_id", caseId)
                                .put(
                                        "person",
                                        new JsonObject()
                                                .put("given_name", person.givenName())
                                                .put("family_name", person.familyName())
                                                .put(
                                                        "birth_date",
                                                        person.birthDate().toString())
                                                .put("tax_code_absence", "foreigner_awaiting")
                                                .put("preferred_language", "it")
                                                .put(
                                                        "household",
                                                        new JsonObject()
                                                                .put("id", householdId)
                                                                .put("members", new JsonArray()))))
                .orThrow("enter person")
                .body()
                .getString("id");
    }

    /** A spouse who came from abroad: the tax code is on its way. */
    private static Beneficiary memberOfTheHousehold(Beneficiary dead) {
        Person person = new Person(
                "Zübeyde Désirée", "Öztürk-" + dead.person().familyName(), true, LocalDate.of(1971, 4, 9), "");
        return new Beneficiary(
                dead.rank(), person, dead.householdSize(), dead.awardCents(), dead.grants(), PIN_OF_HEIR);
    }
}

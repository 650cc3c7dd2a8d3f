// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.Workers;
import it.socialies.ops.scenario.HandOverDesk.HandedOver;
import it.socialies.ops.town.Beneficiary;
import it.socialies.ops.town.ProgrammePlan;
import it.socialies.ops.town.ProgrammePlan.Funder;
import it.socialies.ops.town.Town;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * As a town hall does it: cards printed in a batch, a ranking out of a spreadsheet, hand-over at the desk, recharge lists; at half time a programme ends and is extended, somebody dies, a card is stolen,
 * a helper shops. One thread, but for the desk.
 */
final class FullIssue implements Issue {
    /** Fewer people cannot have nine faulty rows and as many things happen to them. */
    static final int CARDS_MIN = 12;

    /** The third shop is the first that only one programme admits. */
    static final int SHOPS_MIN = 3;

    /** Cards in the drawer beside those of the ranking. */
    private static final int SPARE_CARDS = 8;

    private static final long WEEK_DAYS = 7;

    /** After the last shopping before half time the Region's programme is valid this long. */
    private static final long VALID_AFTER_SHOPPING_DAYS = 3;

    private static final Duration BEYOND_THE_END = Duration.ofDays(VALID_AFTER_SHOPPING_DAYS + 1);

    private final ApiClient api;
    private final Bootstrap bootstrap;
    private final Workers workers;
    private final OwnLedger ledger;
    private final Papers papers;
    private final PrintStream out;
    private final Told told;
    private final List<HandedOver> handedOver = new ArrayList<>();

    FullIssue(ApiClient api, Bootstrap bootstrap, Workers workers, OwnLedger ledger, Papers papers, PrintStream out) {
        this.api = api;
        this.bootstrap = bootstrap;
        this.workers = workers;
        this.ledger = ledger;
        this.papers = papers;
        this.out = out;
        this.told = new Told(out);
    }

    /** The town with a Region's programme that ends at half time. */
    static Town endingAtHalfTime(Town town, int weeks) {
        int days = Math.toIntExact((weeks / 2 - 1) * WEEK_DAYS + VALID_AFTER_SHOPPING_DAYS);
        List<ProgrammePlan> programmes = town.programmes().stream()
                .map(plan -> plan.funder() == Funder.REGION
                        ? new ProgrammePlan(plan.funder(), plan.name(), plan.categories(), days)
                        : plan)
                .toList();
        return new Town(town.name(), town.seed(), town.staff(), programmes, town.shops(), town.beneficiaries());
    }

    @Override
    public List<CardHolder> handOut(TownCircuit founded) throws IOException, InterruptedException {
        Town town = founded.town();
        told.done(
                "Due fondi con atto: Regione e Comune, assegnati e impegnati da due persone",
                "two funds by act, assigned and committed by two persons");
        CardStock stock = new CardStock(api, founded.staff(), papers, told);
        stock.print(town.beneficiaries().size() + SPARE_CARDS);
        AwardBatches batches = new AwardBatches(api, bootstrap, founded.staff(), papers, told);

        String region = founded.programmeId(Funder.REGION);
        Supplier<RankingFile> ranking = () -> RankingFile.of(
                town.name() + " - Graduatoria buoni spesa, DD 118/2026",
                town.beneficiaries(),
                each -> each.grants().of(0, Funder.REGION));
        String call = batches.define(region, "call", "DD 118/2026");
        RankingFile faulty = ranking.get();
        Map<Integer, RankingFault> planted = faulty.spoil();
        Path faultyFile = papers.write("graduatoria-con-errori.csv", faulty.inWindows1252());
        batches.sendFaulty(call, faultyFile, planted);
        Path mendedFile = papers.write("graduatoria-corretta.csv", ranking.get().inUtf8WithBom());
        batches.carry(call, mendedFile, town.beneficiaries().size(), cents(town, 0, Funder.REGION));
        batches.publish(call);
        book(founded, batches.rows(call), 0, Funder.REGION);

        List<CardHolder> holders = handOver(founded, batches.rows(call));
        recharge(founded.with(holders), batches, 0, Funder.MUNICIPALITY);
        return holders;
    }

    private List<CardHolder> handOver(TownCircuit founded, List<JsonObject> rows) {
        List<Beneficiary> ranking = founded.town().beneficiaries();
        HandOverDesk desk = new HandOverDesk(api, founded.staff().socials().get(0), papers);
        String caseId = desk.openCase();
        List<HandedOver> atTheDesk = Collections.synchronizedList(new ArrayList<>());
        workers.forEach(IntStream.range(0, rows.size()).boxed().toList(), i -> {
            JsonObject row = rows.get(i);
            atTheDesk.add(desk.handOver(caseId, row.getString("holder_id"), ranking.get(i), row.getString("card_id")));
        });
        atTheDesk.sort(
                Comparator.comparingInt(each -> each.holder().beneficiary().rank()));
        handedOver.addAll(atTheDesk);
        StringBuilder codes = new StringBuilder();
        handedOver.forEach(each -> codes.append(each.holder().cardToken()).append('\n'));
        papers.write("codici-qr.txt", codes.toString());
        told.done(
                rows.size() + " tessere consegnate: PIN scelto dal titolare, ricevuta con il codice di blocco",
                "cards handed over: PIN chosen by the holder, receipt with the block-only code");
        return handedOver.stream().map(HandedOver::holder).toList();
    }

    @Override
    public void rechargeAgain(TownCircuit circuit) throws IOException, InterruptedException {
        AwardBatches batches = new AwardBatches(api, bootstrap, circuit.staff(), papers, told);
        recharge(circuit, batches, 1, Funder.REGION);
        recharge(circuit, batches, 1, Funder.MUNICIPALITY);
    }

    private void recharge(TownCircuit circuit, AwardBatches batches, int round, Funder funder)
            throws IOException, InterruptedException {
        Town town = circuit.town();
        RankingFile list = RankingFile.of(
                town.name() + " - Elenco ricariche",
                town.beneficiaries(),
                each -> each.grants().of(round, funder));
        Path file = papers.write(
                "ricariche-" + (round + 1) + "-" + circuit.programmeId(funder) + ".csv", list.inWindows1252());
        String batchId = batches.define(circuit.programmeId(funder), "recharge", "DD " + (119 + round) + "/2026");
        batches.carry(batchId, file, town.beneficiaries().size(), cents(town, round, funder));
        book(circuit, batches.rows(batchId), round, funder);
    }

    private void book(TownCircuit circuit, List<JsonObject> rows, int round, Funder funder) {
        List<Beneficiary> ranking = circuit.town().beneficiaries();
        for (int i = 0; i < rows.size(); i++) {
            ledger.toppedUp(
                    circuit.programmeId(funder),
                    rows.get(i).getString("wallet_id"),
                    ranking.get(i).grants().of(round, funder));
        }
    }

    private static long cents(Town town, int round, Funder funder) {
        return town.beneficiaries().stream()
                .mapToLong(each -> each.grants().of(round, funder))
                .sum();
    }

    @Override
    public void halfTime(TownCircuit circuit, Checkout checkout) throws InterruptedException {
        var social = circuit.staff().socials().get(0);
        WalletView wallets = new WalletView(api, social);
        String region = circuit.programmeId(Funder.REGION);
        String municipality = circuit.programmeId(Funder.MUNICIPALITY);
        DrawOrder order = new DrawOrder(wallets, told);
        order.show(checkout, circuit, region, municipality, "order/1");
        EndAndExtension end = new EndAndExtension(api, circuit, wallets, ledger, told);
        EndAndExtension.Standing before = end.standing(region);
        bootstrap.stepClock(api, BEYOND_THE_END.toMillis());
        end.play(checkout, region, before);
        order.show(checkout, circuit, municipality, region, "order/2");

        HandOverDesk desk = new HandOverDesk(api, social, papers);
        Deque<String> stock = new CardStock(api, circuit.staff(), papers, told).cards();
        List<HandedOver> free = new ArrayList<>(handedOver.stream()
                .filter(each -> each.isStillTheirs()
                        && !wallets.isHeld(each.holder().walletId())
                        && ledger.available(
                                        each.holder().walletId(),
                                        circuit.tills().getFirst().shop().category())
                                > 0)
                .toList());
        HandedOver dead = free.removeFirst();
        HandedOver robbed = free.removeFirst();
        HandedOver helped = free.removeFirst();
        new DeathInTheFamily(api, circuit, desk, wallets, ledger, told)
                .play(checkout, dead.holder(), dead.personId(), stock);
        new StolenCard(api, circuit, desk, told).play(checkout, robbed.holder(), robbed.blockCode(), stock);
        new ErrandPurchase(api, circuit, ledger, papers, told).play(checkout, helped.holder());
    }

    @Override
    public boolean close(TownCircuit circuit) throws IOException, InterruptedException {
        Map<String, Long> paid = new ShopSettlement(api, bootstrap, circuit, ledger, papers, told).play();
        new RegionReports(api, circuit, ledger, papers, told).make(paid);
        return new FundBalance(api, circuit, ledger, out).agrees(paid);
    }
}

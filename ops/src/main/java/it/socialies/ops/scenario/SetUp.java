// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.client.P256;
import it.socialies.ops.client.TerminalSession;
import it.socialies.ops.client.Workers;
import it.socialies.ops.figures.ExternalIds;
import it.socialies.ops.scenario.TownCircuit.OfficeStaff;
import it.socialies.ops.terminal.Progress;
import it.socialies.ops.town.Beneficiary;
import it.socialies.ops.town.ProgrammePlan;
import it.socialies.ops.town.ProgrammePlan.Funder;
import it.socialies.ops.town.Shop;
import it.socialies.ops.town.Staff;
import it.socialies.ops.town.Town;
import java.io.PrintStream;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Creates a town in a fresh circuit, everything over HTTP and each step by the actor whose it is. */
public final class SetUp {
    /** ISTAT code of Balestrate. */
    private static final long ISTAT_CODE = 82_007;

    private static final int CARDS_PER_BATCH = 100;

    /** Number of the act that commits the funds of the scenario. */
    private static final int ACT_OF_REGION = 118;

    private static final int ACT_OF_MUNICIPALITY = 119;

    private final ApiClient api;
    private final Bootstrap bootstrap;
    private final Workers workers;
    private final OwnLedger ledger;
    private final PrintStream out;

    public SetUp(ApiClient api, Bootstrap bootstrap, Workers workers, OwnLedger ledger, PrintStream out) {
        this.api = api;
        this.bootstrap = bootstrap;
        this.workers = workers;
        this.ledger = ledger;
        this.out = out;
    }

    TownCircuit open(Town town) {
        TownCircuit founded = found(town);
        return founded.with(handOverCards(town, founded.staff()));
    }

    /** Operators, what stands on cards, programmes and shops; no card yet. */
    TownCircuit found(Town town) {
        Appointments appointments = new Appointments(api, bootstrap);
        String circuitId = appointments.openCircuit(town.name(), ISTAT_CODE);
        OfficeStaff staff = appoint(appointments, circuitId, town);
        api.post("/card-faces", staff.admins().get(0), cardFace(town.name())).orThrow("set the card face");
        Map<Funder, String> programmeIds = new EnumMap<>(Funder.class);
        try (Progress progress =
                Progress.start(out, "Programmi | programmes", town.programmes().size())) {
            for (ProgrammePlan plan : town.programmes()) {
                programmeIds.put(plan.funder(), openProgramme(plan, town, staff));
                progress.step();
            }
        }
        List<Till> tills = openShops(town, staff);
        return new TownCircuit(town, circuitId, staff, programmeIds, tills, List.of());
    }

    private static JsonObject cardFace(String municipality) {
        return new JsonObject()
                .put("municipality", municipality)
                .put("office", "Ufficio Servizi sociali e solidarietà")
                .put("contact", "Via Madonna del Ponte 1, tel. 091 000 0000, lunedì e giovedì 9-12")
                .put("block_page", "carte.balestrate.example")
                .put("block_phone", "800 000 000");
    }

    private OfficeStaff appoint(Appointments appointments, String circuitId, Town town) {
        List<OperatorSession> admins = new ArrayList<>();
        List<OperatorSession> socials = new ArrayList<>();
        List<OperatorSession> treasurers = new ArrayList<>();
        try (Progress progress =
                Progress.start(out, "Operatori | operators", town.staff().size())) {
            for (Staff member : town.staff()) {
                OperatorSession session = appointments.appoint(circuitId, member);
                switch (member.role()) {
                    case "admin" -> admins.add(session);
                    case "social" -> socials.add(session);
                    default -> treasurers.add(session);
                }
                progress.step();
            }
        }
        return new OfficeStaff(admins, socials, treasurers);
    }

    /** Drafted by social services, published by two people, funded and committed by two treasurers. */
    private String openProgramme(ProgrammePlan plan, Town town, OfficeStaff staff) {
        Instant from = api.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        Instant until = from.plus(Duration.ofDays(plan.validDays()));
        JsonArray caps = new JsonArray();
        Town.HOUSEHOLD_CAPS_CENTS.forEach(caps::add);
        JsonObject draft = new JsonObject()
                .put("name", plan.name())
                .put("categories", new JsonArray(List.copyOf(plan.categories())))
                .put("valid_from", rfc3339(from))
                .put("valid_until", rfc3339(until))
                .put("household_caps", caps);
        String programmeId = api.post("/programmes", staff.socials().get(0), draft)
                .orThrow("create programme")
                .body()
                .getString("id");
        ledger.programmeCreated(programmeId, plan.categories(), until.toEpochMilli());
        SecondPerson.approve(
                api,
                staff.admins().get(0),
                api.post(
                                "/programmes/" + programmeId + "/publications",
                                staff.socials().get(0),
                                null)
                        .orThrow("propose publication")
                        .body());
        long cents = town.fundCents(plan.funder());
        String actId = ActRegister.enter(
                api,
                staff.treasurers().get(0),
                plan.funder() == Funder.REGION ? ACT_OF_REGION : ACT_OF_MUNICIPALITY,
                "Impegno di spesa: " + plan.name());
        SecondPerson.approve(
                api,
                staff.treasurers().get(1),
                api.post(
                                "/programmes/" + programmeId + "/fund-movements",
                                staff.treasurers().get(0),
                                new JsonObject().put("amount", eur(cents)))
                        .orThrow("propose fund movement")
                        .body());
        SecondPerson.approve(
                api,
                staff.treasurers().get(1),
                api.post(
                                "/programmes/" + programmeId + "/commitments",
                                staff.treasurers().get(0),
                                new JsonObject().put("amount", eur(cents)).put("act_reference", actId))
                        .orThrow("propose commitment")
                        .body());
        ledger.funded(programmeId, cents);
        return programmeId;
    }

    private List<Till> openShops(Town town, OfficeStaff staff) {
        ConcurrentLinkedQueue<Till> tills = new ConcurrentLinkedQueue<>();
        try (Progress progress =
                Progress.start(out, "Negozi | shops", town.shops().size())) {
            workers.forEach(town.shops(), shop -> {
                tills.add(openShop(shop, staff.admins().get(0)));
                progress.step();
            });
        }
        return town.shops().stream()
                .map(shop -> tills.stream()
                        .filter(till -> till.shop().equals(shop))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private Till openShop(Shop shop, OperatorSession admin) {
        String merchantId = api.post(
                        "/merchants",
                        admin,
                        new JsonObject()
                                .put("name", shop.name())
                                .put("category", shop.category())
                                .put("vat_number", shop.vatNumber()))
                .orThrow("register shop")
                .body()
                .getString("id");
        String outletId = api.post(
                        "/merchants/" + merchantId + "/outlets",
                        admin,
                        new JsonObject().put("name", shop.name()).put("address", shop.address()))
                .orThrow("open outlet")
                .body()
                .getString("id");
        JsonObject terminal = api.post("/outlets/" + outletId + "/terminals", admin, null)
                .orThrow("register terminal")
                .body();
        KeyPair keyPair = P256.newKeyPair();
        String terminalId = terminal.getString("id");
        api.send(
                        "POST",
                        "/terminals/" + terminalId + "/enrolments",
                        null,
                        api.newKey(),
                        new JsonObject()
                                .put("enrolment_code", terminal.getString("enrolment_code"))
                                .put("public_key", P256.toJwk(keyPair.getPublic())))
                .orThrow("enrol terminal");
        return new Till(shop, merchantId, new TerminalSession(api, terminalId, keyPair));
    }

    /** Issued in batches, assigned by rank, activated with the PIN that the holder chose. */
    List<CardHolder> handOverCards(Town town, OfficeStaff staff) {
        OperatorSession social = staff.socials().get(0);
        List<CardHolder> holders = new ArrayList<>();
        List<Beneficiary> ranking = town.beneficiaries();
        for (int first = 0; first < ranking.size(); first += CARDS_PER_BATCH) {
            int count = Math.min(CARDS_PER_BATCH, ranking.size() - first);
            JsonArray cards = api.post("/cards", social, new JsonObject().put("count", count))
                    .orThrow("issue cards")
                    .body()
                    .getJsonArray("items");
            for (int i = 0; i < count; i++) {
                JsonObject card = cards.getJsonObject(i);
                holders.add(new CardHolder(
                        ranking.get(first + i),
                        card.getString("wallet_id"),
                        card.getString("id"),
                        card.getString("card_token")));
            }
        }
        try (Progress progress = Progress.start(out, "Tessere | cards", holders.size())) {
            workers.forEach(holders, holder -> {
                handOver(holder, social);
                progress.step();
            });
        }
        return holders;
    }

    private void handOver(CardHolder holder, OperatorSession social) {
        Beneficiary beneficiary = holder.beneficiary();
        api.post(
                        "/cards/" + holder.cardId() + "/assignments",
                        social,
                        new JsonObject()
                                .put("holder_id", ExternalIds.holder(beneficiary.rank()))
                                .put("household_size", beneficiary.householdSize()))
                .orThrow("assign card");
        activate(api, holder, social);
    }

    static void activate(ApiClient api, CardHolder holder, OperatorSession social) {
        api.post(
                        "/cards/" + holder.cardId() + "/activations",
                        social,
                        new JsonObject().put("new_pin", holder.beneficiary().pin()))
                .orThrow("activate card");
    }

    /** One round of top-ups: a batch per programme, proposed by one person and approved by another. */
    void recharge(TownCircuit circuit, int round) {
        for (Funder funder : Funder.values()) {
            String programmeId = circuit.programmeIds().get(funder);
            if (programmeId == null) {
                continue;
            }
            JsonArray rows = new JsonArray();
            for (CardHolder holder : circuit.holders()) {
                long cents = holder.beneficiary().grants().of(round, funder);
                if (cents > 0) {
                    rows.add(
                            new JsonObject().put("wallet_id", holder.walletId()).put("amount", eur(cents)));
                }
            }
            topUp(circuit, programmeId, rows);
            for (CardHolder holder : circuit.holders()) {
                ledger.toppedUp(
                        programmeId,
                        holder.walletId(),
                        holder.beneficiary().grants().of(round, funder));
            }
        }
    }

    private void topUp(TownCircuit circuit, String programmeId, JsonArray rows) {
        JsonObject proposed = api.post(
                        "/top-ups",
                        circuit.staff().socials().get(0),
                        new JsonObject().put("programme_id", programmeId).put("rows", rows))
                .orThrow("propose top-ups")
                .body();
        JsonObject seen = new JsonObject().put("amount", proposed.getJsonObject("amount"));
        if (rows.size() > 1) {
            seen.put("row_count", proposed.getInteger("row_count")).put("digest", proposed.getString("digest"));
        }
        JsonObject done = api.post(
                        "/top-ups/" + proposed.getString("id") + "/approvals",
                        circuit.staff().socials().get(1),
                        seen)
                .orThrow("approve top-ups")
                .body();
        if (!"executed".equals(done.getString("state"))
                || !done.getJsonArray("refused", new JsonArray()).isEmpty()) {
            throw new IllegalStateException("the top-ups were not all executed: " + done.encode());
        }
    }

    static JsonObject eur(long cents) {
        return new JsonObject().put("amount", cents).put("currency", "EUR");
    }

    static String rfc3339(Instant instant) {
        // Instant.toString leaves out milliseconds that are zero; the interface always has them.
        return instant.toString().replaceFirst("(:[0-9]{2})Z$", "$1.000Z");
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.transfers;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.ApiReply;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.client.Workers;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.data.PostgresLogins;
import it.socialies.ops.figures.Cents;
import it.socialies.ops.figures.ExternalIds;
import it.socialies.ops.figures.Figures;
import it.socialies.ops.figures.GatewayFigures;
import it.socialies.ops.figures.JournalFigures;
import it.socialies.ops.figures.PostgresFigures;
import it.socialies.ops.figures.Reconciliation;
import it.socialies.ops.journal.Hashes;
import it.socialies.ops.journal.JournalScan;
import it.socialies.ops.scenario.Appointments;
import it.socialies.ops.scenario.Bootstrap;
import it.socialies.ops.scenario.SecondPerson;
import it.socialies.ops.terminal.Progress;
import it.socialies.ops.terminal.TextTable;
import it.socialies.ops.town.Staff;
import it.socialies.ops.town.Town;
import it.socialies.ops.transfers.Wallets.Wallet;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Replays a file of real transfers in a fresh circuit that enables transfers between persons, at zero tariff, strictly in file order, and holds every final
 * balance against the sums of the file.
 */
public final class ReplayTransfers {
    private static final int CLIENTS = 8;
    private static final long LEGAL_BASIS = 1;
    private static final String DISTRIBUTION = "distribution";
    private static final double NS_PER_MS = 1e6;

    private final URI gateway;
    private final DataFolder folder;
    private final Town town;
    private final PrintStream out;

    /** @param town lends its staff */
    public ReplayTransfers(URI gateway, DataFolder folder, Town town, PrintStream out) {
        this.gateway = gateway;
        this.folder = folder;
        this.town = town;
        this.out = out;
    }

    /** Runs it; returns true when every balance agrees everywhere. */
    public boolean run(TransferFile file) throws IOException {
        Map<String, Long> issuers = file.issuers();
        long issued = issuers.values().stream().mapToLong(Long::longValue).sum();
        out.printf(
                Locale.ROOT,
                "%,d trasferimenti | transfers, %,d indirizzi | addresses, %d emittenti | issuers, %s IES%n",
                file.lines().size(),
                file.addresses().size(),
                issuers.size(),
                Cents.format(issued));
        if (!file.skipped().isEmpty()) {
            out.println("Righe senza movimento | lines that move nothing: " + file.skipped());
        }
        try (ApiClient api = ApiClient.connect(gateway);
                Workers workers = new Workers(CLIENTS)) {
            Appointments appointments = new Appointments(api, Bootstrap.read(api, folder));
            String circuitId = appointments.openCircuit("Circuito di scambio", 0);
            out.println("Circuito | circuit " + circuitId);
            List<OperatorSession> admins = appoint(appointments, circuitId, "admin");
            List<OperatorSession> treasurers = appoint(appointments, circuitId, "treasurer");
            OperatorSession social = appoint(appointments, circuitId, "social").getFirst();

            enableTransfers(api, circuitId, admins);
            List<String> names = new ArrayList<>(file.addresses());
            names.add(DISTRIBUTION);
            Map<String, Wallet> wallets = Wallets.open(api, social, workers, names, town.seed(), out);
            issue(api, treasurers, wallet(wallets, DISTRIBUTION), issued);
            issuers.forEach(
                    (address, cents) -> transfer(api, wallet(wallets, DISTRIBUTION), wallet(wallets, address), cents));
            replay(api, file, wallets);
            return reconcile(api, treasurers.getFirst(), circuitId, file, wallets, issued);
        }
    }

    private List<OperatorSession> appoint(Appointments appointments, String circuitId, String role) {
        return town.staff().stream()
                .filter(member -> member.role().equals(role))
                .map((Staff member) -> appointments.appoint(circuitId, member))
                .toList();
    }

    private static void enableTransfers(ApiClient api, String circuitId, List<OperatorSession> admins) {
        JsonObject configuration = new JsonObject()
                .put("transfers_between_persons", true)
                .put("redemption_by_persons", false)
                .put("legal_basis", LEGAL_BASIS);
        approved(api, admins, "/circuits/" + circuitId + "/configurations", configuration);
        approved(api, admins, "/tariffs", new JsonObject().put("flat", ies(0)).put("basis_points", 0));
    }

    private static void issue(ApiClient api, List<OperatorSession> treasurers, Wallet wallet, long cents) {
        JsonObject movement = new JsonObject()
                .put("amount", new JsonObject().put("amount", cents).put("currency", "EUR"))
                .put("statement_reference", 1);
        approved(api, treasurers, "/reserve-movements", movement);
        approved(
                api,
                treasurers,
                "/issuances",
                new JsonObject().put("wallet_id", wallet.id()).put("amount", ies(cents)));
    }

    private static void approved(ApiClient api, List<OperatorSession> twoPersons, String path, JsonObject body) {
        JsonObject proposal = api.post(path, twoPersons.get(0), body)
                .orThrow("propose " + path)
                .body();
        SecondPerson.approve(api, twoPersons.get(1), proposal);
    }

    private static ApiReply transfer(ApiClient api, Wallet from, Wallet to, long cents) {
        return api.post(
                        "/transfers",
                        from.holder(),
                        new JsonObject()
                                .put("from_wallet_id", from.id())
                                .put("to_wallet_id", to.id())
                                .put("amount", ies(cents))
                                .put("expected_fee", ies(0)))
                .orThrow("transfer");
    }

    /** One after the other: the order of the file is the order of execution. */
    private void replay(ApiClient api, TransferFile file, Map<String, Wallet> wallets) {
        Histogram latencies = new Histogram(TimeUnit.MINUTES.toNanos(2), 3);
        Map<String, Integer> sources = new TreeMap<>();
        file.lines().forEach(line -> sources.merge(line.source(), 1, Integer::sum));
        try (Progress progress = Progress.start(out, "Accessi | logins", sources.size())) {
            for (String source : sources.keySet()) {
                wallet(wallets, source).holder().token();
                progress.step();
            }
        }
        long startNs = System.nanoTime();
        try (Progress progress =
                Progress.start(out, "Trasferimenti | transfers", file.lines().size())) {
            for (TransferFile.Line line : file.lines()) {
                long sentNs = System.nanoTime();
                transfer(api, wallet(wallets, line.source()), wallet(wallets, line.target()), line.cents());
                latencies.recordValue(System.nanoTime() - sentNs);
                progress.step();
            }
        }
        double seconds = (System.nanoTime() - startNs) / (double) TimeUnit.SECONDS.toNanos(1);
        out.printf(
                Locale.ROOT,
                "%,d trasferimenti uno alla volta | transfers one at a time: %.1f s, %.0f/s; ms p50 %.2f, p99 %.2f, p99.9 %.2f, max %.2f%n",
                file.lines().size(),
                seconds,
                file.lines().size() / seconds,
                latencies.getValueAtPercentile(50) / NS_PER_MS,
                latencies.getValueAtPercentile(99) / NS_PER_MS,
                latencies.getValueAtPercentile(99.9) / NS_PER_MS,
                latencies.getMaxValue() / NS_PER_MS);
    }

    private boolean reconcile(
            ApiClient api,
            OperatorSession treasurer,
            String circuitId,
            TransferFile file,
            Map<String, Wallet> wallets,
            long issued)
            throws IOException {
        long sequence = api.readClock().getLong("sequence");
        Figures.Builder own = Figures.builder().add("circuit/reserve", issued).add("circuit/outstanding", issued);
        file.balances()
                .forEach((address, cents) ->
                        own.add("wallet/" + wallet(wallets, address).id() + "/IES", cents));
        Reconciliation reconciliation = new Reconciliation().witness("file", own.build());
        GatewayFigures core = new GatewayFigures(api, treasurer);
        reconciliation.witness(
                "core",
                core.wallets(wallets.values().stream().map(Wallet::id).toList()),
                name -> name.startsWith("wallet/"));
        reconciliation.witness("backing", core.backing(), name -> name.startsWith("circuit/"));
        int circuitNumber = Math.toIntExact(ExternalIds.number(circuitId));
        JournalFigures journal = new JournalFigures(circuitNumber);
        JournalScan.of(folder)
                .events(sequence, (record, header, buffer, offset) -> journal.onEvent(header, buffer, offset));
        reconciliation.witness("journal", journal.toFigures());
        // Hashes wait until Postgres has read everything, so its rows are read after them.
        Hashes hashes = Hashes.compare(folder, api);
        addPostgres(reconciliation, circuitNumber);

        out.println();
        TextTable table = new TextTable(
                "testimone | witness", "portafogli | wallets", "riserva | reserve", "in circolazione | outstanding");
        for (String witness : reconciliation.witnesses()) {
            table.row(
                    witness,
                    reconciliation.sees(witness, "wallet/x/IES")
                            ? Cents.format(
                                    reconciliation.sums("wallet/", "/IES").getOrDefault(witness, 0L))
                            : "",
                    cell(reconciliation, witness, "circuit/reserve"),
                    cell(reconciliation, witness, "circuit/outstanding"));
        }
        table.print(out);
        List<String> disagreements = reconciliation.disagreements();
        disagreements.forEach(line -> out.println("NON TORNA | DISAGREES: " + line));
        boolean agrees = hashes.print(out) && disagreements.isEmpty();
        out.println(agrees ? "\nTutto torna | every balance agrees" : "\nNON TORNA | DISAGREEMENT");
        return agrees;
    }

    private void addPostgres(Reconciliation reconciliation, int circuitNumber) throws IOException {
        PostgresLogins logins = PostgresLogins.read(folder);
        try (Connection projection =
                DriverManager.getConnection(logins.jdbcUrl(logins.reader()), logins.jdbcProperties(logins.reader()))) {
            reconciliation.witness("Postgres", PostgresFigures.fromAccounts(projection, circuitNumber));
            reconciliation.witness("Postgres entries", PostgresFigures.fromEntries(projection, circuitNumber));
        } catch (SQLException e) {
            throw new IOException("Postgres cannot be read: " + e.getMessage(), e);
        }
    }

    private static String cell(Reconciliation reconciliation, String witness, String name) {
        return reconciliation.sees(witness, name) ? Cents.format(reconciliation.figure(witness, name)) : "";
    }

    private static Wallet wallet(Map<String, Wallet> wallets, String name) {
        Wallet wallet = wallets.get(name);
        if (wallet == null) {
            throw new IllegalArgumentException("no wallet for " + name);
        }
        return wallet;
    }

    private static JsonObject ies(long cents) {
        return new JsonObject().put("amount", cents).put("currency", "IES");
    }
}

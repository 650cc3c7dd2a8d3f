// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import it.socialies.ops.client.ApiClient;
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
import it.socialies.ops.terminal.TextTable;
import it.socialies.ops.town.ProgrammePlan.Funder;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Holds own sums, core, journal and Postgres against each other for one town, to the cent, and prints the tables. */
final class TownReconciliation {
    private final ApiClient api;
    private final DataFolder folder;
    private final TownCircuit circuit;
    private final OwnLedger ledger;
    private final PrintStream out;

    TownReconciliation(ApiClient api, DataFolder folder, TownCircuit circuit, OwnLedger ledger, PrintStream out) {
        this.api = api;
        this.folder = folder;
        this.circuit = circuit;
        this.ledger = ledger;
        this.out = out;
    }

    /** True when all agree and everything was spent. */
    boolean run() throws IOException {
        long sequence = api.readClock().getLong("sequence");
        Figures own = ledger.figures();
        Reconciliation reconciliation = new Reconciliation().witness("own sums", own);
        addGateway(reconciliation, sequence);
        int circuitNumber = Math.toIntExact(ExternalIds.number(circuit.circuitId()));
        JournalFigures journal = new JournalFigures(circuitNumber);
        JournalScan.of(folder)
                .events(sequence, (record, header, buffer, offset) -> journal.onEvent(header, buffer, offset));
        reconciliation.witness("journal", journal.toFigures(), TownReconciliation::isTownFigure);
        addPostgres(reconciliation, circuitNumber);

        printProgrammes(reconciliation);
        printShops(own);
        printCards(reconciliation);
        List<String> disagreements = reconciliation.disagreements();
        disagreements.forEach(line -> out.println("NON TORNA | DISAGREES: " + line));
        boolean spent = own.sum("shop/", "/EUR") == circuit.town().awardedCents();
        if (!spent) {
            out.println("NON TUTTO SPESO | NOT ALL SPENT: " + Cents.format(own.sum("shop/", "/EUR")));
        }
        boolean hashesAgree = Hashes.compare(folder, api).print(out);
        return disagreements.isEmpty() && spent && hashesAgree;
    }

    private void addGateway(Reconciliation reconciliation, long sequence) {
        GatewayFigures gateway =
                new GatewayFigures(api, circuit.staff().treasurers().get(0));
        Figures wallets = gateway.wallets(
                circuit.holders().stream().map(CardHolder::walletId).toList());
        Figures others = gateway.programmesAndShops(
                circuit.programmeIds().values(),
                circuit.tills().stream().map(Till::merchantId).toList(),
                sequence);
        reconciliation.witness(
                "core",
                wallets,
                name -> name.startsWith("wallet/") || name.endsWith("/in_pockets") || name.endsWith("/held"));
        reconciliation.witness(
                "gateway",
                others,
                name -> name.endsWith("/funded") || name.endsWith("/available") || name.endsWith("/EUR"));
    }

    private void addPostgres(Reconciliation reconciliation, int circuitNumber) throws IOException {
        PostgresLogins logins = PostgresLogins.read(folder);
        try (Connection projection =
                DriverManager.getConnection(logins.jdbcUrl(logins.reader()), logins.jdbcProperties(logins.reader()))) {
            reconciliation.witness(
                    "Postgres",
                    PostgresFigures.fromAccounts(projection, circuitNumber),
                    TownReconciliation::isTownFigure);
            reconciliation.witness(
                    "Postgres entries",
                    PostgresFigures.fromEntries(projection, circuitNumber),
                    TownReconciliation::isTownFigure);
        } catch (SQLException e) {
            throw new IOException("Postgres cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isTownFigure(String name) {
        return !name.startsWith("circuit/");
    }

    private void printProgrammes(Reconciliation reconciliation) {
        for (Funder funder : Funder.values()) {
            String id = circuit.programmeIds().get(funder);
            if (id != null) {
                out.println();
                TextTable table = new TextTable(
                        (funder == Funder.REGION ? "Regione | Region " : "Comune | municipality ") + id,
                        "fondo | funded",
                        "rimasto | left in fund",
                        "sulle tessere | on cards",
                        "in sospeso | held",
                        "ai negozi | owed to shops");
                for (String witness : reconciliation.witnesses()) {
                    table.row(
                            witness,
                            cell(reconciliation, witness, "programme/" + id + "/funded"),
                            cell(reconciliation, witness, "programme/" + id + "/available"),
                            cell(reconciliation, witness, "programme/" + id + "/in_pockets"),
                            cell(reconciliation, witness, "programme/" + id + "/held"),
                            cell(reconciliation, witness, "programme/" + id + "/owed"));
                }
                table.print(out);
            }
        }
    }

    private void printShops(Figures own) {
        out.println();
        String region = circuit.programmeIds().get(Funder.REGION);
        String municipality = circuit.programmeIds().get(Funder.MUNICIPALITY);
        TextTable table =
                new TextTable("negozio | shop", "Regione | Region", "Comune | municipality", "totale | total");
        for (Till till : circuit.tills()) {
            String shop = "shop/" + till.merchantId() + "/";
            table.row(
                    till.shop().name(),
                    Cents.format(own.get(shop + region)),
                    Cents.format(own.get(shop + municipality)),
                    Cents.format(own.get(shop + "EUR")));
        }
        table.row(
                "totale | total",
                Cents.format(own.sum("shop/", "/" + region)),
                Cents.format(own.sum("shop/", "/" + municipality)),
                Cents.format(own.sum("shop/", "/EUR")));
        table.print(out);
    }

    private void printCards(Reconciliation reconciliation) {
        out.println();
        TextTable table = new TextTable("tessere | cards", "ricaricato | recharged", "rimasto | left");
        long recharged = circuit.town().awardedCents();
        for (Map.Entry<String, Long> left : reconciliation.sums("wallet/", "").entrySet()) {
            table.row(
                    left.getKey() + " (" + circuit.holders().size() + ")",
                    Cents.format(recharged),
                    Cents.format(left.getValue()));
        }
        table.print(out);
    }

    private static String cell(Reconciliation reconciliation, String witness, String name) {
        return reconciliation.sees(witness, name) ? Cents.format(reconciliation.figure(witness, name)) : "";
    }
}

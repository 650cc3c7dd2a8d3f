// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.scenario;

import it.socialies.ops.client.ApiClient;
import it.socialies.ops.figures.Cents;
import it.socialies.ops.figures.Figures;
import it.socialies.ops.figures.GatewayFigures;
import it.socialies.ops.terminal.TextTable;
import it.socialies.ops.town.ProgrammePlan.Funder;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The books of each programme are read once the shops are paid: assigned, committed, awarded, cashed, spent, left. One thread. */
final class FundBalance {
    private final ApiClient api;
    private final TownCircuit circuit;
    private final OwnLedger ledger;
    private final PrintStream out;

    FundBalance(ApiClient api, TownCircuit circuit, OwnLedger ledger, PrintStream out) {
        this.api = api;
        this.circuit = circuit;
        this.ledger = ledger;
        this.out = out;
    }

    /**
     * @param paid what was paid of each programme
     * @return whether gateway, core and own sums say the same of every programme
     */
    boolean agrees(Map<String, Long> paid) {
        Figures own = ledger.figures();
        Figures core = new GatewayFigures(api, circuit.staff().treasurers().get(0))
                .wallets(circuit.holders().stream().map(CardHolder::walletId).toList());
        TextTable table = new TextTable(
                "programma | programme",
                "assegnato | assigned",
                "impegnato | committed",
                "attribuito | awarded",
                "liquidato | cashed",
                "speso | spent",
                "rimasto | left");
        List<String> wrong = new ArrayList<>();
        long sequence = api.readClock().getLong("sequence");
        for (Funder funder : Funder.values()) {
            String id = circuit.programmeId(funder);
            var programme = api.get(
                            "/programmes/" + id + "?min_sequence=" + sequence,
                            circuit.staff().treasurers().get(0))
                    .orThrow("programme");
            long granted = circuit.town().fundCents(funder);
            long spent = own.get("programme/" + id + "/owed");
            long left = core.get("programme/" + id + "/in_pockets");
            for (String figure : List.of("funded", "committed", "awarded")) {
                compare(wrong, id + " " + figure, programme.amount(figure), granted);
            }
            compare(wrong, id + " cashed", programme.amount("cashed"), paid.getOrDefault(id, 0L));
            compare(wrong, id + " awarded = spent + left", programme.amount("awarded"), spent + left);
            compare(wrong, id + " left", left, own.get("programme/" + id + "/in_pockets"));
            table.row(
                    id,
                    Cents.format(programme.amount("funded")),
                    Cents.format(programme.amount("committed")),
                    Cents.format(programme.amount("awarded")),
                    Cents.format(programme.amount("cashed")),
                    Cents.format(spent),
                    Cents.format(left));
        }
        out.println();
        table.print(out);
        wrong.forEach(line -> out.println("NON TORNA | DISAGREES: " + line));
        return wrong.isEmpty();
    }

    private static void compare(List<String> wrong, String what, long actual, long expected) {
        if (actual != expected) {
            wrong.add(what + ": " + Cents.format(actual) + ", atteso | expected " + Cents.format(expected));
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.settlement.SettlementDrill;
import it.socialies.ops.torture.WorkFolder;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ops/ies settlement-drill}. */
@Command(
        name = "settlement-drill",
        mixinStandardHelpOptions = true,
        description = {
            "Un mese di pagamenti, liquidato, ordinato, pagato e riconciliato, su un'installazione propria; poi verifica che ogni negozio sia stato pagato una volta sola.",
            "A month of payments, settled, ordered, paid and reconciled, on an installation of its own; then checks that every shop was paid exactly once."
        })
final class SettlementDrillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--payments", paramLabel = "N", defaultValue = "20000", description = "default: ${DEFAULT-VALUE}")
    private int payments;

    @Option(names = "--shops", paramLabel = "N", defaultValue = "200", description = "default: ${DEFAULT-VALUE}")
    private int shops;

    @Option(names = "--cards", paramLabel = "N", defaultValue = "200", description = "default: ${DEFAULT-VALUE}")
    private int cards;

    @Option(
            names = "--kill",
            description = "Uccide il nodo tre volte nel mezzo | kills the node three times in the middle")
    private boolean kills;

    @Mixin
    private OwnInstallation installation = new OwnInstallation();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (shops < 2 || shops > 10_000 || cards < 2 || cards > 10_000) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--shops, --cards 2 … 10000");
        }
        if (payments < shops || payments > 10_000_000) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--payments SHOPS … 10000000");
        }
        WorkFolder folder = installation.folder();
        SettlementDrill drill = new SettlementDrill(
                new SettlementDrill.Settings(installation.run(), folder.path(), payments, shops, cards, kills),
                System.out);
        return folder.during(drill, drill::run) ? Ies.AGREED : Ies.DISAGREED;
    }
}

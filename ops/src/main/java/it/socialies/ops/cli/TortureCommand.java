// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.torture.MiseryKind;
import it.socialies.ops.torture.TortureRun;
import it.socialies.ops.torture.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ops/ies torture}. */
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        description = {
            "Tormenta un'installazione vera sotto carico: uccide e ferma nodo, console, Postgres e ops/run, riempie il disco, fa fallire fdatasync; poi verifica"
                    + " ogni conferma.",
            "Tortures a real installation under load: kills and stops node, console, Postgres and ops/run, fills the disk, makes fdatasync fail; then checks"
                    + " every acknowledgement."
        })
final class TortureCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--minutes", paramLabel = "N", defaultValue = "10", description = "default: ${DEFAULT-VALUE}")
    private int minutes;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "0",
            description = "Va avanti finché non ne ha uccisi tanti, anche oltre i minuti"
                    + " | goes on until so many were killed, beyond the minutes too; default: ${DEFAULT-VALUE}")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "delle miserie; senza, uno a caso | of the miseries; without it, one at random")
    private @Nullable Long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "Pagamenti al secondo | payments a second; default: ${DEFAULT-VALUE}")
    private int rate;

    @Mixin
    private OwnInstallation installation = new OwnInstallation();

    @Option(names = "--report", paramLabel = "FILE", description = "Il risultato in JSON | the result as JSON")
    private @Nullable Path report;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (minutes < 1 || minutes > 10_080 || rate < 1 || rate > 2_000 || kills < 0) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--minutes 1 … 10080, --rate 1 … 2000, --kills 0 …");
        }
        WorkFolder folder = installation.folder();
        long chosen = seed == null ? ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE) : seed;
        TortureRun run = new TortureRun(
                new TortureRun.Settings(
                        installation.run(),
                        folder.path(),
                        Duration.ofMinutes(minutes),
                        kills,
                        chosen,
                        rate,
                        true,
                        EnumSet.allOf(MiseryKind.class)),
                System.out);
        boolean passed = folder.during(run, run::run);
        if (report != null) {
            Files.writeString(report, run.report().encodePrettily() + "\n");
        }
        return passed ? Ies.AGREED : Ies.DISAGREED;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.issuance.IssuanceDrill;
import it.socialies.ops.torture.WorkFolder;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ops/ies issuance-drill}. */
@Command(
        name = "issuance-drill",
        mixinStandardHelpOptions = true,
        description = {
            "Una città di beneficiari, dal file alle tessere, su un'installazione propria; poi verifica che ognuno abbia avuto il suo una volta sola.",
            "A town of beneficiaries, from the file to the cards, on an installation of its own; then checks that everybody got theirs exactly once."
        })
final class IssuanceDrillCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--rows", paramLabel = "N", defaultValue = "1000", description = "default: ${DEFAULT-VALUE}")
    private int rows;

    @Option(
            names = "--kill",
            description = "Uccide il nodo quattro volte nel mezzo | kills the node four times in the middle")
    private boolean kills;

    @Mixin
    private OwnInstallation installation = new OwnInstallation();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rows < 10 || rows > 100_000) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--rows 10 … 100000");
        }
        WorkFolder folder = installation.folder();
        IssuanceDrill drill = new IssuanceDrill(
                new IssuanceDrill.Settings(installation.run(), folder.path(), rows, kills), System.out);
        return folder.during(drill, drill::run) ? Ies.AGREED : Ies.DISAGREED;
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.town.TownGenerator;
import it.socialies.ops.transfers.ReplayTransfers;
import it.socialies.ops.transfers.TransferFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Replays a file of transfers. */
@Command(
        name = "replay-transfers",
        mixinStandardHelpOptions = true,
        description = "Rigioca un file di trasferimenti (source, target, weight) | replays a file of transfers.")
final class ReplayTransfersCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "CSV")
    private Path file = Path.of("");

    @Mixin
    private InstallationOptions installation = new InstallationOptions();

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "Il file dei trasferimenti non c'è | the file of transfers is not there: " + file);
        }
        TransferFile transfers = TransferFile.read(file);
        var town = TownGenerator.balestrate(TownGenerator.DEFAULT_SEED);
        boolean agrees =
                new ReplayTransfers(installation.gateway(), installation.folder(), town, System.out).run(transfers);
        return agrees ? Ies.AGREED : Ies.DISAGREED;
    }
}

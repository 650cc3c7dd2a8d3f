// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.journal.JournalPrinter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads the journal. */
@Command(name = "journal", mixinStandardHelpOptions = true, description = "Legge il giornale | reads the journal.")
final class JournalCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Manca il comando | a command is missing");
    }

    @Command(
            name = "print",
            mixinStandardHelpOptions = true,
            description =
                    "Una riga per registrazione, una per evento; niente PIN, niente codici delle tessere | no PINs, no card tokens.")
    int print(
            @Option(
                            names = "--data",
                            paramLabel = "DIR",
                            required = true,
                            description = "Cartella dei dati | data folder")
                    Path data,
            @Option(
                            names = "--from",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Dalla registrazione | from record N")
                    long from,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "" + Long.MAX_VALUE,
                            description = "Quante | how many")
                    long limit) {
        new JournalPrinter(System.out).print(InstallationOptions.requireFolder(spec, data), from, limit);
        return Ies.AGREED;
    }
}

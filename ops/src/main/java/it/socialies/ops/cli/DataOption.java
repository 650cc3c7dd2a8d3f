// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.data.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** {@code --data}: the folder of an installation, which must be there. */
final class DataOption {
    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Cartella dei dati | data folder")
    private Path data = Path.of("");

    DataFolder folder() {
        if (!Files.isDirectory(data)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--data: " + data + " non esiste | does not exist");
        }
        return new DataFolder(data);
    }
}

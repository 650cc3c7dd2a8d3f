// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.torture.WorkFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --data} of commands that start an installation of their own and stop it again. */
final class OwnInstallation {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Cartella vuota o da creare, che resta; senza, una temporanea che resta solo se qualcosa non va"
                            + " | an empty or new folder, which stays; without it, a temporary one, which stays only when something is wrong")
    private @Nullable Path data;

    /** Made when it is asked for, so ask once. */
    WorkFolder folder() throws IOException {
        return WorkFolder.of(data);
    }

    /** The command that starts it. */
    List<String> run() {
        Path home = Path.of(System.getProperty("ies.home", "."));
        return List.of(home.resolve("ops").resolve("run").toString());
    }
}

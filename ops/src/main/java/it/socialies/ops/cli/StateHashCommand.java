// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.client.ApiClient;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.journal.Hashes;
import it.socialies.ops.run.RestingPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares the hashes of the state. */
@Command(
        name = "state-hash",
        mixinStandardHelpOptions = true,
        description = "Confronta lo stato: motore, Postgres, istantanea con il seguito, giornale rigiocato da zero"
                + " | compares core, Postgres, snapshot and tail, replay from zero.")
final class StateHashCommand implements Callable<Integer> {
    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--files-only",
            description =
                    "Solo istantanea e giornale, senza motore e Postgres | snapshot and journal only, neither core nor Postgres")
    private boolean filesOnly;

    @Override
    public Integer call() throws IOException {
        DataFolder folder = data.folder();
        if (filesOnly) {
            return Hashes.compareFiles(folder).print(System.out) ? Ies.AGREED : Ies.DISAGREED;
        }
        boolean agrees = Files.exists(folder.gatewayUrl()) ? compareLive(folder) : compareAtRest(folder);
        return agrees ? Ies.AGREED : Ies.DISAGREED;
    }

    private static boolean compareLive(DataFolder folder) throws IOException {
        URI gateway = URI.create(Files.readString(folder.gatewayUrl()).strip());
        try (ApiClient api = ApiClient.connect(gateway)) {
            return Hashes.compare(folder, api).print(System.out);
        }
    }

    /** Nothing runs on the folder: its Postgres is started for the comparison and stopped again. */
    private static boolean compareAtRest(DataFolder folder) throws IOException {
        return RestingPostgres.during(folder, () -> Hashes.compareAtRest(folder).print(System.out));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.client.ApiClient;
import it.socialies.ops.data.DataFolder;
import it.socialies.ops.journal.Hashes;
import it.socialies.ops.run.RestingPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the hashes of the state. */
@Command(
        name = "state-hash",
        mixinStandardHelpOptions = true,
        description =
                "Confronta lo stato: motore, giornale rigiocato da zero, Postgres | compares core, replay from zero, Postgres.")
final class StateHashCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "Cartella dei dati | data folder")
    private Path data = Path.of("");

    @Override
    public Integer call() throws IOException {
        DataFolder folder = InstallationOptions.requireFolder(spec, data);
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

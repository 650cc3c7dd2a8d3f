// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.issuance.IssuanceSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The steps of an issuance batch, each in the name of an operator whose login lies in a file of mode 0600. */
@Command(
        name = "issuance",
        mixinStandardHelpOptions = true,
        description = "Una lista dal file alle tessere | a batch from the file to the cards.")
final class IssuanceCommand implements Runnable {
    private static final Duration READING_LIMIT = Duration.ofMinutes(30);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @FunctionalInterface
    private interface Work {
        JsonObject with(IssuanceSteps steps, OperatorSession operator) throws IOException, InterruptedException;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Manca il comando | a command is missing");
    }

    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Definisce la lista, o riprende --batch, e manda il file | defines the batch, or takes --batch, and sends the file.")
    int importFile(
            @Parameters(paramLabel = "FILE", description = "CSV") Path file,
            @Mixin OperatorLogin login,
            @Option(names = "--batch", paramLabel = "ID", description = "iss_…") @Nullable String batchId,
            @Option(names = "--definition", paramLabel = "FILE", description = "IssuanceDefinition, JSON") @Nullable
                    Path definition,
            @Option(names = "--drop-isee", description = "Non legge le colonne ISEE | does not read ISEE columns")
                    boolean dropIsee)
            throws IOException, InterruptedException {
        if ((batchId == null) == (definition == null)) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--batch | --definition");
        }
        JsonObject batch = call(login, (steps, operator) -> {
            String id = definition == null
                    ? batchId
                    : steps.define(operator, new JsonObject(Files.readString(definition)))
                            .getString("id");
            steps.send(operator, id == null ? "" : id, file, dropIsee);
            return steps.await(operator, id == null ? "" : id, Set.of("ready", "faulty"), READING_LIMIT, seen -> {});
        });
        return batch.getString("state").equals("ready") ? Ies.AGREED : Ies.DISAGREED;
    }

    @Command(
            name = "report",
            mixinStandardHelpOptions = true,
            description = "Il rapporto di controllo | the validation report.")
    int report(@Parameters(paramLabel = "ID") String batchId, @Mixin OperatorLogin login) throws IOException {
        try (ApiClient api = ApiClient.connect(login.gateway())) {
            OperatorSession operator = login.session(api);
            System.out.write(new IssuanceSteps(api).report(operator, batchId));
            System.out.flush();
            return Ies.AGREED;
        }
    }

    @Command(name = "status", mixinStandardHelpOptions = true, description = "Stato e conti | state and counts.")
    int status(@Parameters(paramLabel = "ID") String batchId, @Mixin OperatorLogin login)
            throws IOException, InterruptedException {
        call(login, (steps, operator) -> steps.status(operator, batchId));
        return Ies.AGREED;
    }

    @Command(
            name = "submit",
            mixinStandardHelpOptions = true,
            description = "La sottopone a un'altra persona | puts it before another person.")
    int submit(@Parameters(paramLabel = "ID") String batchId, @Mixin OperatorLogin login)
            throws IOException, InterruptedException {
        call(login, (steps, operator) -> steps.submit(operator, batchId, READING_LIMIT));
        return Ies.AGREED;
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            description = "Approva ciò che mostra adesso | approves what it says now.")
    int approve(@Parameters(paramLabel = "ID") String batchId, @Mixin OperatorLogin login)
            throws IOException, InterruptedException {
        call(login, (steps, operator) -> steps.approve(operator, batchId));
        return Ies.AGREED;
    }

    @Command(name = "reject", mixinStandardHelpOptions = true, description = "La rimanda indietro | sends it back.")
    int reject(@Parameters(paramLabel = "ID") String batchId, @Mixin OperatorLogin login)
            throws IOException, InterruptedException {
        return step(batchId, login, "rejections");
    }

    @Command(name = "cancel", mixinStandardHelpOptions = true, description = "La annulla | cancels it.")
    int cancel(@Parameters(paramLabel = "ID") String batchId, @Mixin OperatorLogin login)
            throws IOException, InterruptedException {
        return step(batchId, login, "cancellations");
    }

    @Command(
            name = "execute",
            mixinStandardHelpOptions = true,
            description = "Riprende se si è fermata | goes on when it stopped.")
    int execute(@Parameters(paramLabel = "ID") String batchId, @Mixin OperatorLogin login)
            throws IOException, InterruptedException {
        return step(batchId, login, "executions");
    }

    private int step(String batchId, OperatorLogin login, String step) throws IOException, InterruptedException {
        call(login, (steps, operator) -> steps.step(operator, batchId, step));
        return Ies.AGREED;
    }

    private JsonObject call(OperatorLogin login, Work work) throws IOException, InterruptedException {
        try (ApiClient api = ApiClient.connect(login.gateway())) {
            JsonObject batch = work.with(new IssuanceSteps(api), login.session(api));
            spec.commandLine().getOut().println(batch.encodePrettily());
            spec.commandLine().getOut().flush();
            return batch;
        }
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import it.socialies.ops.client.ApiClient;
import it.socialies.ops.client.OperatorSession;
import it.socialies.ops.data.SecretFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Who acts, and on which gateway; passwords lie in a file of mode 0600. */
final class OperatorLogin {
    @Spec(Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--gateway", paramLabel = "URL", required = true, description = "http://host:port")
    private URI gateway = URI.create("");

    @Option(
            names = "--logins",
            paramLabel = "FILE",
            required = true,
            description = "JSON {\"operators\": [{\"username\": …, \"password\": …}]}, mode 0600")
    private Path logins = Path.of("");

    @Option(names = "--as", paramLabel = "USERNAME", required = true, description = "Chi agisce | who acts")
    private String username = "";

    URI gateway() {
        return gateway;
    }

    OperatorSession session(ApiClient api) throws IOException {
        JsonArray operators = SecretFile.read(logins).getJsonArray("operators", new JsonArray());
        for (Object each : operators) {
            JsonObject operator = (JsonObject) each;
            if (username.equals(operator.getString("username"))) {
                return new OperatorSession(api, username, operator.getString("password"));
            }
        }
        throw new CommandLine.ParameterException(spec.commandLine(), username + ": non in | not in " + logins);
    }
}

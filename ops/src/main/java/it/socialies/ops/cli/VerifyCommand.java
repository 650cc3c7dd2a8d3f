// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.ops.audit.StandaloneVerifier;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Starts the standalone verifier in a JVM of its own, with nothing of the engine on its class path, and passes its answer on. */
@Command(
        name = "verify",
        description = {
            "Il verificatore a sé stante, senza nulla del motore: una cartella, un tratto esportato, la prova di un pagamento.",
            "The standalone verifier, with nothing of the engine: a folder, an exported range, the proof of a payment.",
            "  ops/ies verify folder DIR | range FILE | proof FILE | case FILE  [--checkpoint FILE]… [--jwks FILE]"
        })
final class VerifyCommand implements Callable<Integer> {
    @Unmatched
    private @Nullable List<String> arguments;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> given = arguments == null ? List.of() : arguments;
        return StandaloneVerifier.command(given).inheritIO().start().waitFor();
    }
}

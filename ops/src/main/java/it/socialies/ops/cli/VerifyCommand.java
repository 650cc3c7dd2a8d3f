// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.cli;

import it.socialies.verifier.Verifier;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
            "  ops/ies verify folder DIR | range FILE | proof FILE  [--checkpoint FILE]… [--jwks FILE]"
        })
final class VerifyCommand implements Callable<Integer> {
    @Unmatched
    private @Nullable List<String> arguments;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path code = code();
        if (Files.isDirectory(code)) {
            command.addAll(List.of("-cp", code.toString(), Verifier.class.getName()));
        } else {
            command.addAll(List.of("-jar", code.toString()));
        }
        command.addAll(arguments == null ? List.of() : arguments);
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    /** The jar of the verifier; its classes, where it was not packaged. */
    private static Path code() {
        try {
            return Path.of(Verifier.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the verifier lies nowhere", e);
        }
    }
}

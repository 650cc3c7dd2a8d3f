// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.audit;

import it.socialies.verifier.Verifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The standalone verifier in a JVM of its own, with nothing of the engine on its class path. Stateless. */
public final class StandaloneVerifier {
    private StandaloneVerifier() {}

    /** How to start it; its exit code is 0 when it says yes. */
    public static ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path code = code();
        if (Files.isDirectory(code)) {
            command.addAll(List.of("-cp", code.toString(), Verifier.class.getName()));
        } else {
            command.addAll(List.of("-jar", code.toString()));
        }
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** Its jar; its classes, where it was not packaged. */
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

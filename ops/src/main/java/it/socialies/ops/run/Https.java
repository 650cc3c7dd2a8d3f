// SPDX-License-Identifier: EUPL-1.2
package it.socialies.ops.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * HTTPS of the node's own, as {@code ops/run} was told: it wins over the settings in the data folder. What the files hold is the node's to judge.
 *
 * @param certificate chain in PEM, absolute
 * @param key its key, absolute
 */
record Https(Path certificate, Path key, int port) {
    static final int PORT = 8443;

    /**
     * Null when nothing is said of it.
     *
     * @throws RunFailure when one of the files is not named, or is not there
     */
    static @Nullable Https of(@Nullable Path certificate, @Nullable Path key, @Nullable Integer port) {
        if (certificate == null && key == null && port == null) {
            return null;
        }
        if (certificate == null || key == null) {
            throw new RunFailure(
                    "HTTPS vuole --https-certificate e --https-key", "HTTPS needs --https-certificate and --https-key");
        }
        return new Https(present(certificate), present(key), port == null ? PORT : port);
    }

    private static Path present(Path file) {
        if (!Files.isReadable(file)) {
            throw new RunFailure("Il file " + file + " non si può leggere", "The file " + file + " cannot be read");
        }
        return file.toAbsolutePath();
    }

    /** Settings of the node, as {@code name=value}. */
    List<String> properties() {
        return List.of("ies.https.certificate=" + certificate, "ies.https.key=" + key, "ies.https.port=" + port);
    }
}

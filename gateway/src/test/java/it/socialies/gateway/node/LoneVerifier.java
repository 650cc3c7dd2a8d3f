// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.node;

import io.vertx.core.json.JsonObject;
import it.socialies.verifier.Verifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The standalone verifier in the hands of somebody who has a paper, the published keys and nothing else. */
final class LoneVerifier {
    static final int YES = 0;
    static final int NO = 1;
    static final int NOTHING_PROVEN = 2;

    private final Path kept;
    private String printed = "";

    /** @param kept a folder of theirs */
    LoneVerifier(Path kept) {
        this.kept = kept;
    }

    /** The keys that a node publishes, kept in a file. */
    Path keysOf(TestNode node) throws IOException {
        return keys(
                "keys.json",
                node.send(node.request("/.well-known/jwks.json").build())
                        .expect(200)
                        .encode());
    }

    Path keys(String file, String jwks) throws IOException {
        return Files.writeString(kept.resolve(file), jwks);
    }

    /** What it says of the proof of a payment. */
    int proof(JsonObject proof, Path keys) throws IOException {
        return verify("proof", Files.writeString(kept.resolve("proof.json"), proof.encode()), keys);
    }

    /** What it says of a case of a sample. */
    int ofCase(byte[] zip, Path keys) throws IOException {
        return verify("case", Files.write(kept.resolve("case.zip"), zip), keys);
    }

    private int verify(String kind, Path file, Path keys) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Verifier.run(new String[] {kind, file.toString(), "--jwks", keys.toString()}, out, out);
        printed = bytes.toString(StandardCharsets.UTF_8);
        return code;
    }

    /** What it printed last. */
    String printed() {
        return printed;
    }
}

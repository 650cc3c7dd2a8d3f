// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier;

import it.socialies.fuzzing.Edits;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import it.socialies.verifier.checkpoint.Malformed;
import it.socialies.verifier.checkpoint.TestSigner;
import it.socialies.verifier.proof.Proof;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;

/**
 * Proofs of one record, through the verifier's command line. First byte: 0 any text, 1 edits of a good proof; in either CHECKPOINT stands for the signed one. The answer is an
 * exit code, and yes only for a record that was really written.
 */
public final class ProofFuzz implements FuzzTarget {
    private static final String CHECKPOINT = "CHECKPOINT";
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

    private final WrittenRange range = new WrittenRange();
    private final Path folder = Files.createTempDirectory("ies-fuzz-proof");
    private final Path file = folder.resolve("proof.json");
    private final Path jwks = folder.resolve("jwks.json");
    private final String checkpoint;
    private final String good;

    public ProofFuzz() throws IOException, GeneralSecurityException, Malformed {
        TestSigner signer = new TestSigner();
        checkpoint = signer.checkpoint(range.end().sequence(), range.end().hex());
        good = range.proof(CHECKPOINT);
        Files.writeString(jwks, signer.jwks());
        folder.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
        jwks.toFile().deleteOnExit();
    }

    @Override
    public void test(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        byte[] text = (input[0] & 1) == 0
                ? Arrays.copyOfRange(input, 1, input.length)
                : Edits.apply(good.getBytes(StandardCharsets.US_ASCII), input, 1);
        byte[] proof = new String(text, StandardCharsets.ISO_8859_1)
                .replace(CHECKPOINT, checkpoint)
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, proof);
        String[] args = {"proof", file.toString(), "--jwks", jwks.toString()};
        int answer = Verifier.run(args, NOWHERE, NOWHERE);
        if (answer == Answer.YES && !isWritten(proof)) {
            throw new AssertionError("yes to a record that nobody wrote");
        }
        if (answer != Answer.YES && Arrays.equals(text, good.getBytes(StandardCharsets.US_ASCII))) {
            throw new AssertionError("a good proof is refused");
        }
    }

    private boolean isWritten(byte[] proof) throws Malformed {
        byte[] record =
                Proof.parse(new String(proof, StandardCharsets.UTF_8)).entry().bytes();
        return range.records().stream().anyMatch(each -> Arrays.equals(each, record));
    }

    @Override
    public int shortRun() {
        return 500;
    }

    @Override
    public List<byte[]> seeds() {
        int behind = good.indexOf("batches_behind");
        return List.of(
                Seeds.joined(0, good.getBytes(StandardCharsets.US_ASCII)),
                Seeds.joined(1),
                Seeds.joined(1, Edits.script(0, 40, 'B')),
                Seeds.joined(1, Edits.script(0, good.indexOf("\"count\"") + 8, '4')),
                Seeds.joined(1, Edits.script(0, good.indexOf("first_sequence") + 16, '9')),
                Seeds.joined(1, Edits.script(0, good.indexOf("path") + 10, 'f')),
                Seeds.joined(1, Edits.script(0, behind + 20, 'B')),
                Seeds.joined(1, Edits.script(3, behind + 17)),
                Seeds.joined(0, "{\"format\":1}".getBytes(StandardCharsets.US_ASCII)));
    }
}

// SPDX-License-Identifier: EUPL-1.2
package it.socialies.verifier.checkpoint;

import it.socialies.fuzzing.Edits;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * Signed checkpoints and key sets. First byte: 0 any text, 1 edits of a good checkpoint, 2 header and claims of one's own under the good signature, 3 edits of the good key
 * set. No text is taken but as what the key signed.
 */
public final class CheckpointFuzz implements FuzzTarget {
    private static final String CLAIMS =
            "{\"format\":1,\"iss\":\"test\",\"time\":\"2027-03-01T08:00:00Z\",\"sequence\":7,\"chain\":\""
                    + "ab".repeat(32)
                    + "\",\"circuits\":[{\"circuit_id\":\"cir_1\",\"reserve\":{\"amount\":5,\"currency\":\"EUR\"},\"outstanding\":{\"amount\":5,\"currency\":\"IES\"},"
                    + "\"units\":[{\"currency\":\"EUR\",\"debits\":9,\"credits\":9,\"debits_pending\":0,\"credits_pending\":0}]}]}";
    private static final String KEY_ID = "KEY-ID";
    private static final String HEADER = "{\"alg\":\"ES256\",\"kid\":\"" + KEY_ID + "\"}";

    private final String jwks;
    private final KeySet keys;
    private final String keyId;
    private final String good;
    private final String signature;

    public CheckpointFuzz() throws GeneralSecurityException, Malformed {
        TestSigner signer = new TestSigner();
        jwks = signer.jwks();
        keys = KeySet.parse(jwks);
        keyId = signer.keyId();
        good = signer.signed(HEADER.replace(KEY_ID, keyId), CLAIMS);
        signature = good.substring(good.lastIndexOf('.') + 1);
    }

    @Override
    public void test(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        switch (input[0] & 3) {
            case 0 -> judge(text);
            case 1 ->
                judge(new String(
                        Edits.apply(good.getBytes(StandardCharsets.US_ASCII), input, 1), StandardCharsets.UTF_8));
            case 2 -> judge(ownClaims(text));
            default ->
                judgeKeys(new String(
                        Edits.apply(jwks.getBytes(StandardCharsets.US_ASCII), input, 1), StandardCharsets.UTF_8));
        }
    }

    private String ownClaims(String text) {
        int line = text.indexOf('\n');
        String header = line < 0 ? HEADER : text.substring(0, line);
        return TestSigner.base64(header.replace(KEY_ID, keyId))
                + '.'
                + TestSigner.base64(text.substring(line + 1))
                + '.'
                + signature;
    }

    private void judge(String text) throws Malformed {
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.parse(text);
        } catch (Malformed e) {
            return;
        }
        if (checkpoint.refusal(keys) == null) {
            Checkpoint signed = Checkpoint.parse(good);
            if (!signed.chain().equals(checkpoint.chain())
                    || !signed.circuits().equals(checkpoint.circuits())
                    || !signed.issuer().equals(checkpoint.issuer())
                    || !signed.time().equals(checkpoint.time())) {
                throw new AssertionError("taken, and yet nobody signed it");
            }
        } else if (text.equals(good)) {
            throw new AssertionError("a good checkpoint is refused");
        }
    }

    private void judgeKeys(String text) throws Malformed {
        KeySet others;
        try {
            others = KeySet.parse(text);
        } catch (Malformed e) {
            return;
        }
        if (Checkpoint.parse(good).refusal(others) == null
                && !others.thumbprints().contains(keyId)) {
            throw new AssertionError("vouched for by a key of another thumbprint");
        }
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                kind(0, "{\"jws\":\"a.b.c\"}"),
                kind(0, "e30.e30."),
                kind(1, ""),
                Seeds.joined(1, Edits.script(0, 40, 'A')),
                Seeds.joined(1, Edits.script(1, 500, 1)),
                kind(2, HEADER + '\n' + CLAIMS),
                kind(2, "{\"alg\":\"none\",\"kid\":\"KEY-ID\"}\n" + CLAIMS),
                kind(3, ""),
                Seeds.joined(3, Edits.script(0, 50, 'A')));
    }

    private static byte[] kind(int kind, String text) {
        return Seeds.joined(kind, text.getBytes(StandardCharsets.UTF_8));
    }
}

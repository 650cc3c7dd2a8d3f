// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import io.vertx.core.Vertx;
import it.socialies.fuzzing.Edits;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Bearer tokens. First byte: 0 any text, 1 edits of a good token, 2 header and claims of one's own under a good signature, 3 the same without a signature. Nothing is
 * taken that was not issued, and what is taken is whom it was issued to. The key is new in each process: an input speaks of a good token, and of its key as KEY-ID.
 */
public final class TokenFuzz implements FuzzTarget {
    private static final TokenSettings SETTINGS = TokenSettings.defaults();
    private static final int TIMEOUT_SECONDS = 30;
    private static final String KEY_ID = "KEY-ID";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final TokenVerifier verifier;
    private final IssuedToken good;
    private final String header;
    private final String claims;
    private final String signature;
    private final String keyId;

    public TokenFuzz() throws Exception {
        ManualClock clock = new ManualClock();
        Vertx vertx = Vertx.vertx();
        Path folder = Files.createTempDirectory("ies-fuzz-keys");
        BoundedWorker worker = new BoundedWorker(vertx, "fuzz-signatures", 1, 100);
        TokenKeys keys = Secrets.open(folder.resolve("keys")).tokenKeys(SETTINGS, clock.nowMs());
        delete(folder);
        Revocations revocations = new Revocations(clock, SETTINGS);
        TokenIssuer issuer = new TokenIssuer(SETTINGS, keys, clock, revocations, worker);
        clock.advance(java.time.Duration.ofSeconds(1));
        good = Outcomes.get(issuer.toOperator(7, 3, Set.of(OperatorRole.SOCIAL), 0));
        verifier = new TokenVerifier(vertx, SETTINGS, keys, clock, revocations, worker);
        String[] parts = good.token().split("\\.");
        keyId = keys.signer(clock.nowMs()).keyId();
        header = decoded(parts[0]).replace(keyId, KEY_ID);
        claims = decoded(parts[1]);
        signature = parts[2];
    }

    static void delete(Path folder) throws IOException {
        try (java.util.stream.Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String decoded(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
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
                        Edits.apply(good.token().getBytes(StandardCharsets.US_ASCII), input, 1),
                        StandardCharsets.UTF_8));
            case 2 -> judge(assembled(text, signature));
            default -> judge(assembled(text, ""));
        }
    }

    private String assembled(String text, String end) {
        int line = text.indexOf('\n');
        String head = line < 0 ? header : text.substring(0, line);
        return base64(head.replace(KEY_ID, keyId)) + '.' + base64(text.substring(line + 1)) + '.' + end;
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void judge(String token) throws Exception {
        Principal principal;
        try {
            principal = verifier.verify(token)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            boolean isRefused = e.getCause() instanceof Refusal refusal && refusal.code() == RefusalCode.INVALID_TOKEN;
            if (!isRefused || token.equals(good.token())) {
                throw new AssertionError("not refused as an invalid token, or a good one refused", e);
            }
            return;
        }
        String signed = good.token().substring(0, good.token().lastIndexOf('.'));
        // The library passes over blanks around a token; what is signed stays the same.
        if (!principal.equals(good.principal()) || !token.trim().startsWith(signed + '.')) {
            throw new AssertionError("taken, and yet nobody issued it: " + principal);
        }
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                kind(0, "a.b.c"),
                kind(0, "e30.e30."),
                Seeds.joined(1, new byte[0]),
                Seeds.joined(1, Edits.script(0, 30, 'A')),
                Seeds.joined(1, Edits.script(1, 250, 1)),
                kind(2, header + '\n' + claims),
                kind(2, header.replace("ES256", "none") + '\n' + claims),
                kind(2, header.replace("ES256", "HS256") + '\n' + claims),
                kind(2, header + '\n' + claims.replace("operator:social", "operator:treasurer")),
                kind(3, header.replace("ES256", "none") + '\n' + claims),
                kind(3, header + '\n' + claims.replace("opr_7", "opr_8")));
    }

    private static byte[] kind(int kind, String text) {
        return Seeds.joined(kind, text.getBytes(StandardCharsets.UTF_8));
    }
}

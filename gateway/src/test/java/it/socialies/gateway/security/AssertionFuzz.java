// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static it.socialies.fuzzing.Judgement.require;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import it.socialies.fuzzing.Edits;
import it.socialies.fuzzing.FuzzTarget;
import it.socialies.fuzzing.Seeds;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Assertions of a terminal. First byte: 0 any text, 1 edits of a good one, 2 header and claims of one's own under the signature of the good one, 3 claims of one's own that the
 * enrolled key has really signed. A token comes only for bytes that the key signed, whose claims, read by another parser, are what RFC 7523 and we ask for; it never comes
 * twice; and every refusal is {@code invalid_assertion}. The key is new in each process, and so is the name of each assertion: an input speaks of it as TOKEN-ID.
 */
public final class AssertionFuzz implements FuzzTarget {
    private static final TokenSettings SETTINGS = TokenSettings.defaults();
    private static final int TIMEOUT_SECONDS = 30;
    private static final long TERMINAL = 5;
    private static final String TOKEN_ID = "TOKEN-ID";
    private static final String HEADER = "{\"alg\":\"ES256\"}";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** What was used is remembered until it expires: so many may be, before there is no room. */
    private static final int ASSERTIONS_A_GRANT = 5_000;

    private final ManualClock clock = new ManualClock();
    private final BoundedWorker worker = new BoundedWorker(Vertx.vertx(), "fuzz-assertions", 1, 100);
    private final TokenIssuer issuer;
    private final FakeCore core = new FakeCore();
    private final ECDSASigner signer;
    private final String claims;
    private TerminalGrant grant;
    private long assertions;
    private long seconds;

    public AssertionFuzz() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        byte[] point = TerminalKey.ofJwk(key.toPublicJWK().toJSONObject()).toPoint();
        core.terminals.put(TERMINAL, new CoreAccess.TerminalAccess(true, TERMINAL, 3, point));
        Path folder = Files.createTempDirectory("ies-fuzz-assertions");
        TokenKeys keys = Secrets.open(folder.resolve("keys")).tokenKeys(SETTINGS, clock.nowMs());
        TokenFuzz.delete(folder);
        issuer = new TokenIssuer(SETTINGS, keys, clock, new Revocations(clock, SETTINGS), worker);
        grant = newGrant();
        signer = new ECDSASigner(key);
        clock.advance(Duration.ofSeconds(1));
        long nowS = clock.nowMs() / 1_000;
        claims = "{\"iss\":\"trm_5\",\"sub\":\"trm_5\",\"aud\":\"" + TokenSettings.ISSUER + "\",\"jti\":\"" + TOKEN_ID
                + "\",\"iat\":" + nowS + ",\"exp\":" + (nowS + 60) + "}";
    }

    private TerminalGrant newGrant() {
        return new TerminalGrant(
                SETTINGS,
                clock,
                // So much time passes for the limiter that no terminal ever asks too often.
                () -> TimeUnit.SECONDS.toNanos(seconds++),
                core,
                issuer,
                new TerminalSessions(clock, ASSERTIONS_A_GRANT),
                worker);
    }

    @Override
    public void test(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        if (++assertions % ASSERTIONS_A_GRANT == 0) {
            grant = newGrant();
        }
        String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
        String named = text.replace(TOKEN_ID, "a" + assertions);
        String good = signed(HEADER, claims.replace(TOKEN_ID, "b" + assertions));
        switch (input[0] & 3) {
            case 0 -> require(!isTaken(text), "nothing is taken without a signature");
            case 1 -> judgeEdited(good, edited(good, input));
            case 2 -> judgeEdited(good, unsigned(named) + good.substring(good.lastIndexOf('.')));
            default -> judgeSigned(named);
        }
    }

    private static String edited(String good, byte[] input) {
        return new String(Edits.apply(good.getBytes(StandardCharsets.US_ASCII), input, 1), StandardCharsets.UTF_8);
    }

    /** A signature has more than one spelling, and blanks around an assertion are passed over; what it signs has one. */
    private void judgeEdited(String good, String edited) throws Exception {
        boolean isTaken = isTaken(edited);
        boolean sameSigned = edited.trim().startsWith(good.substring(0, good.lastIndexOf('.') + 1));
        require(!isTaken || sameSigned, "nothing is taken but what the key signed");
        require(isTaken || !edited.equals(good), "a good assertion is taken");
        require(!isTaken || !isTaken(edited), "none is taken twice");
    }

    private void judgeSigned(String text) throws Exception {
        String[] lines = lines(text);
        String assertion = signed(lines[0], lines[1]);
        if (isTaken(assertion)) {
            require("ES256".equals(new JsonObject(lines[0]).getString("alg")), "the header names our algorithm");
            requireOurs(new JsonObject(lines[1]));
            require(!isTaken(assertion), "none is taken twice");
        }
    }

    private void requireOurs(JsonObject read) {
        Object audience = read.getValue("aud");
        require("trm_5".equals(read.getString("sub")), "the subject is the terminal");
        require("trm_5".equals(read.getString("iss")), "it speaks for itself");
        require(
                audience instanceof Iterable<?> many
                        ? ((io.vertx.core.json.JsonArray) many).contains(TokenSettings.ISSUER)
                        : TokenSettings.ISSUER.equals(audience),
                "it is meant for us");
        String tokenId = read.getString("jti");
        require(tokenId != null && !tokenId.isEmpty() && tokenId.length() <= 100, "it has a name");
        BigDecimal issued = new BigDecimal(read.getNumber("iat").toString());
        BigDecimal expires = new BigDecimal(read.getNumber("exp").toString());
        BigDecimal nowS = BigDecimal.valueOf(clock.nowMs(), 3);
        require(expires.compareTo(nowS) > 0, "it has not expired");
        require(issued.compareTo(nowS.add(BigDecimal.TEN)) <= 0, "it was not issued in the future");
        // Whole seconds: what is behind the point is dropped on either side.
        require(expires.subtract(issued).compareTo(BigDecimal.valueOf(61)) < 0, "it lives for a minute at most");
    }

    private static String[] lines(String text) {
        int line = text.indexOf('\n');
        return line < 0
                ? new String[] {HEADER, text}
                : new String[] {text.substring(0, line), text.substring(line + 1)};
    }

    private static String unsigned(String text) {
        String[] lines = lines(text);
        return base64(lines[0]) + '.' + base64(lines[1]);
    }

    private String signed(String header, String body) throws Exception {
        String signed = base64(header) + '.' + base64(body);
        Base64URL signature =
                signer.sign(new JWSHeader(JWSAlgorithm.ES256), signed.getBytes(StandardCharsets.US_ASCII));
        return signed + '.' + signature;
    }

    private static String base64(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isTaken(String assertion) throws Exception {
        try {
            IssuedToken issued = grant.token(assertion)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .issued();
            require(issued.principal().id() == TERMINAL, "the token is the terminal's");
            require(issued.principal().circuitId() == 3, "and of its circuit");
            return true;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof Refusal refusal) || refusal.code() != RefusalCode.INVALID_ASSERTION) {
                throw new AssertionError("not refused as an invalid assertion", e);
            }
            return false;
        }
    }

    @Override
    public int shortRun() {
        return 300;
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(
                text(0, "a.b.c"),
                text(0, base64(HEADER) + '.' + base64(claims) + '.'),
                Seeds.joined(1),
                Seeds.joined(1, Edits.script(0, 5, 'A')),
                Seeds.joined(1, Edits.script(1, 200, 1)),
                Seeds.joined(1, Edits.script(2, 0, ' ')),
                text(2, HEADER + '\n' + claims),
                text(2, "{\"alg\":\"none\"}\n" + claims),
                text(3, HEADER + '\n' + claims),
                text(3, "{\"alg\":\"HS256\"}\n" + claims),
                text(3, "{\"alg\":\"ES256\",\"crit\":[\"b64\"],\"b64\":false}\n" + claims),
                text(3, "{\"alg\":\"ES256\",\"kid\":\"x\",\"jwk\":{\"kty\":\"EC\"}}\n" + claims),
                text(3, HEADER + '\n' + claims.replace("trm_5", "trm_05")),
                text(
                        3,
                        HEADER
                                + '\n'
                                + claims.replace("\"aud\":", "\"aud\":[\"x\",").replace(",\"jti", "],\"jti")),
                text(3, HEADER + '\n' + claims.replace("}", ".5}")),
                text(3, HEADER + '\n' + claims.replace("}", "e0}")),
                text(3, HEADER + '\n' + claims.replace("}", ",\"sub\":\"trm_6\"}")),
                text(3, HEADER + '\n' + claims.replace("\"iat\":", "\"iat\":-")));
    }

    private static byte[] text(int kind, String text) {
        return Seeds.joined(kind, text.getBytes(StandardCharsets.UTF_8));
    }
}

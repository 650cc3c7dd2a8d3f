// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static it.socialies.gateway.security.Outcomes.get;
import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {
    private static final TokenSettings SETTINGS = TokenSettings.defaults();

    @TempDir
    private Path data;

    private final ManualClock clock = new ManualClock();
    private Vertx vertx;
    private Secrets secrets;
    private BoundedWorker worker;
    private TokenKeys keys;
    private TokenIssuer issuer;
    private Revocations revocations;
    private TokenVerifier verifier;

    @BeforeEach
    void wire() {
        vertx = Vertx.vertx();
        secrets = Secrets.open(data.resolve("keys"));
        worker = new BoundedWorker(vertx, "test-signatures", 2, 100);
        keys = secrets.tokenKeys(SETTINGS, clock.nowMs());
        revocations = new Revocations(clock, SETTINGS);
        issuer = new TokenIssuer(SETTINGS, keys, clock, revocations, worker);
        clock.advance(Duration.ofSeconds(1));
        verifier = newVerifier();
    }

    private TokenVerifier newVerifier() {
        return new TokenVerifier(vertx, SETTINGS, keys, clock, revocations, worker);
    }

    @AfterEach
    void close() {
        worker.close();
        get(vertx.close());
    }

    @Test
    void shouldGiveBackThePrincipalOfEachKind() {
        IssuedToken operator = get(issuer.toOperator(7, 3, Set.of(OperatorRole.SOCIAL, OperatorRole.TREASURER), 0));
        IssuedToken terminal = get(issuer.toTerminal(8, 3));
        IssuedToken holder = get(issuer.toHolder(9, 3, 40));
        for (IssuedToken issued : List.of(operator, terminal, holder)) {
            assertThat(get(verifier.verify(issued.token()))).isEqualTo(issued.principal());
        }
        assertThat(operator.principal().has(OperatorRole.TREASURER)).isTrue();
        assertThat(operator.principal().has(OperatorRole.ADMIN)).isFalse();
        assertThat(terminal.principal().subject()).isEqualTo("trm_8");
        assertThat(holder.principal().walletId()).isEqualTo(40);
        assertThat(holder.principal().kind()).isEqualTo(PrincipalKind.HOLDER);
        assertThat(operator.expiresInSeconds()).isEqualTo(1_800);
    }

    @Test
    void shouldAnswerARememberedTokenWithoutTheWorker() {
        String token = get(issuer.toTerminal(8, 3)).token();
        get(verifier.verify(token));
        worker.close();
        Future<Principal> again = verifier.verify(token);
        assertThat(again.isComplete()).isTrue();
        assertThat(again.result().id()).isEqualTo(8);
        assertThat(verifier.rememberedCount()).isEqualTo(1);
    }

    @Test
    void shouldExpireByTheClockOfTheInstallation() {
        String token = get(issuer.toHolder(9, 3, 40)).token();
        get(verifier.verify(token));
        clock.advance(Duration.ofMinutes(9));
        get(verifier.verify(token));
        clock.advance(Duration.ofMinutes(1));
        assertThat(refusal(verifier.verify(token))).isEqualTo(RefusalCode.TOKEN_EXPIRED);
        assertThat(refusal(newVerifier().verify(token))).isEqualTo(RefusalCode.TOKEN_EXPIRED);
    }

    @Test
    void shouldEndARevokedToken() {
        IssuedToken one = get(issuer.toTerminal(8, 3));
        IssuedToken other = get(issuer.toTerminal(8, 3));
        get(verifier.verify(one.token()));
        revocations.revokeToken(one.principal().tokenId());
        assertThat(refusal(verifier.verify(one.token()))).isEqualTo(RefusalCode.INVALID_TOKEN);
        get(verifier.verify(other.token()));
        revocations.revokeSubject("trm_8");
        assertThat(refusal(verifier.verify(other.token()))).isEqualTo(RefusalCode.INVALID_TOKEN);
        // At once, in the same second: whoever changed a password logs in again.
        get(verifier.verify(get(issuer.toTerminal(8, 3)).token()));
    }

    @Test
    void shouldRefuseTheTokensOfAProcessWhoseRevocationsAreNotKnown() {
        IssuedToken before = get(issuer.toOperator(7, 3, Set.of(OperatorRole.ADMIN), 0));
        revocations = new Revocations(clock, SETTINGS);
        assertThat(refusal(newVerifier().verify(before.token()))).isEqualTo(RefusalCode.INVALID_TOKEN);
        TokenIssuer next = new TokenIssuer(SETTINGS, keys, clock, revocations, worker);
        get(newVerifier()
                .verify(get(next.toOperator(7, 3, Set.of(OperatorRole.ADMIN), 0))
                        .token()));
    }

    @Test
    void shouldEndTokensThatSayALaterSecondThanTheClock() {
        // A process that has just started issues for the next second, and so does everybody after a revocation.
        revocations = new Revocations(clock, SETTINGS);
        TokenIssuer started = new TokenIssuer(SETTINGS, keys, clock, revocations, worker);
        TokenVerifier judge = newVerifier();
        for (int round = 0; round < 3; round++) {
            IssuedToken ahead = get(started.toTerminal(8, 3));
            get(judge.verify(ahead.token()));
            revocations.revokeSubject("trm_8");
            assertThat(refusal(judge.verify(ahead.token()))).isEqualTo(RefusalCode.INVALID_TOKEN);
        }
        IssuedToken ahead = get(started.toTerminal(8, 3));
        for (int i = 0; i <= 10_000; i++) {
            revocations.revokeToken("token-" + i);
        }
        assertThat(refusal(judge.verify(ahead.token()))).isEqualTo(RefusalCode.INVALID_TOKEN);
    }

    @Test
    void shouldRefuseEverybodyRatherThanForgetARevocation() {
        IssuedToken bystander = get(issuer.toTerminal(8, 3));
        for (int i = 0; i <= 10_000; i++) {
            revocations.revokeToken("token-" + i);
        }
        assertThat(refusal(verifier.verify(bystander.token()))).isEqualTo(RefusalCode.INVALID_TOKEN);
        get(verifier.verify(get(issuer.toTerminal(8, 3)).token()));
    }

    @Test
    void shouldRememberNoMoreThanItsBound() {
        TokenSettings small = new TokenSettings(
                SETTINGS.issuer(),
                SETTINGS.audience(),
                SETTINGS.operatorLifeMs(),
                SETTINGS.terminalLifeMs(),
                SETTINGS.holderLifeMs(),
                SETTINGS.keyRotationMs(),
                10);
        TokenVerifier bounded = new TokenVerifier(vertx, small, keys, clock, revocations, worker);
        for (int i = 1; i <= 50; i++) {
            get(bounded.verify(get(issuer.toTerminal(i, 3)).token()));
        }
        assertThat(bounded.rememberedCount()).isLessThanOrEqualTo(10);
    }

    @Test
    void shouldRotateKeysAndVerifyWithTheOldOneUntilItsTokensExpired() throws Exception {
        String oldToken =
                get(issuer.toOperator(7, 3, Set.of(OperatorRole.ADMIN), 0)).token();
        String oldKeyId = SignedJWT.parse(oldToken).getHeader().getKeyID();
        clock.advance(Duration.ofDays(30).minusMinutes(5));
        String lastOfOldKey =
                get(issuer.toOperator(7, 3, Set.of(OperatorRole.ADMIN), 0)).token();
        clock.advance(Duration.ofMinutes(6));
        String newToken =
                get(issuer.toOperator(7, 3, Set.of(OperatorRole.ADMIN), 0)).token();

        assertThat(SignedJWT.parse(lastOfOldKey).getHeader().getKeyID()).isEqualTo(oldKeyId);
        assertThat(SignedJWT.parse(newToken).getHeader().getKeyID()).isNotEqualTo(oldKeyId);
        assertThat(JWKSet.parse(keys.publicJwks()).getKeys()).hasSize(2);
        get(newVerifier().verify(lastOfOldKey));
        get(newVerifier().verify(newToken));

        keys = secrets.tokenKeys(SETTINGS, clock.nowMs());
        issuer = new TokenIssuer(SETTINGS, keys, clock, revocations, worker);
        get(newVerifier().verify(lastOfOldKey));

        clock.advance(Duration.ofDays(31));
        get(issuer.toTerminal(8, 3));
        assertThat(JWKSet.parse(keys.publicJwks()).getKeyByKeyId(oldKeyId)).isNull();
        assertThat(JWKSet.parse(keys.publicJwks()).getKeys()).hasSize(2);
    }

    @Test
    void shouldPublishNoPrivateKey() throws Exception {
        assertThat(JWKSet.parse(keys.publicJwks()).getKeys()).hasSize(1).noneMatch(key -> key.isPrivate());
        assertThat(keys.publicJwks()).doesNotContain("\"d\"");
    }

    @Test
    void shouldRefuseForgedAndForeignTokens() throws Exception {
        String good =
                get(issuer.toOperator(7, 3, Set.of(OperatorRole.SOCIAL), 0)).token();
        SignedJWT parsed = SignedJWT.parse(good);
        JWTClaimsSet claims = parsed.getJWTClaimsSet();
        String keyId = parsed.getHeader().getKeyID();
        JWTClaimsSet raised = new JWTClaimsSet.Builder(claims)
                .claim("role", List.of("operator:treasurer"))
                .build();
        String[] parts = good.split("\\.");
        String swapped = parts[0]
                + '.'
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(raised.toString().getBytes(StandardCharsets.UTF_8))
                + '.'
                + parts[2];

        SignedJWT foreign = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(TokenIssuer.TYPE)
                        .keyID(keyId)
                        .build(),
                claims);
        foreign.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));

        // The public key used as an HMAC secret (RFC 8725 2.1).
        SignedJWT confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(TokenIssuer.TYPE)
                        .keyID(keyId)
                        .build(),
                claims);
        confused.sign(new MACSigner(keys.publicJwks().getBytes(StandardCharsets.UTF_8)));

        TokenKeys.Signer signer = keys.signer(clock.nowMs());
        List<String> bad = List.of(
                "",
                "x",
                "a.b.c",
                good + "x",
                good.substring(0, good.length() - 4),
                "x".repeat(5_000),
                swapped,
                foreign.serialize(),
                confused.serialize(),
                new PlainJWT(claims).serialize(),
                signed(
                        signer,
                        TokenIssuer.TYPE,
                        new JWTClaimsSet.Builder(claims).issuer("else").build()),
                signed(
                        signer,
                        TokenIssuer.TYPE,
                        new JWTClaimsSet.Builder(claims).audience("else").build()),
                signed(signer, JOSEObjectType.JWT, claims),
                signed(
                        signer,
                        TokenIssuer.TYPE,
                        new JWTClaimsSet.Builder(claims).expirationTime(null).build()),
                signed(
                        signer,
                        TokenIssuer.TYPE,
                        new JWTClaimsSet.Builder(claims)
                                .claim("circuit", "cir_zzzzzzz")
                                .build()),
                signed(
                        signer,
                        TokenIssuer.TYPE,
                        new JWTClaimsSet.Builder(claims).subject("trm_7").build()),
                signed(
                        signer,
                        TokenIssuer.TYPE,
                        new JWTClaimsSet.Builder(claims)
                                .claim("role", "operator:admin")
                                .build()));
        for (String token : bad) {
            assertThat(refusal(verifier.verify(token))).as(token).isEqualTo(RefusalCode.INVALID_TOKEN);
        }
        assertThat(verifier.rememberedCount()).isZero();
        get(verifier.verify(signed(signer, TokenIssuer.TYPE, claims)));
    }

    @Test
    void shouldVerifyAFloodOfTheSameTokenOnce() {
        String token = get(issuer.toTerminal(8, 3)).token();
        BoundedWorker single = new BoundedWorker(vertx, "test-single", 1, 1);
        TokenVerifier narrow = new TokenVerifier(vertx, SETTINGS, keys, clock, revocations, single);
        List<Future<Principal>> all = java.util.stream.Stream.generate(() -> narrow.verify(token))
                .limit(200)
                .toList();
        assertThat(get(Future.all(all)).size()).isEqualTo(200);
        single.close();
    }

    private static String signed(TokenKeys.Signer signer, JOSEObjectType type, JWTClaimsSet claims) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(type)
                        .keyID(signer.keyId())
                        .build(),
                claims);
        jwt.sign(signer.signer());
        return jwt.serialize();
    }
}

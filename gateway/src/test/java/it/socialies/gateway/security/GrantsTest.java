// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import static it.socialies.gateway.security.Outcomes.failure;
import static it.socialies.gateway.security.Outcomes.get;
import static it.socialies.gateway.security.Outcomes.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import it.socialies.engine.protocol.sbe.ResultCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrantsTest {
    private static final String HOST = "192.0.2.1";
    private static final String PASSWORD = "un gatto verde sul tetto";
    private static final CardToken CARD = new CardToken(1, 2);

    @TempDir
    private Path data;

    private final ManualClock clock = new ManualClock();
    private final FakeCore core = new FakeCore();
    private final Map<String, OperatorLogins.OperatorLogin> logins = new HashMap<>();
    private final Set<String> recoveryCodes = new HashSet<>();
    private boolean officeAway;
    private final AtomicLong wallClockMs = new AtomicLong(1_234_567_890_000L);
    private Secrets secrets;
    private Vertx vertx;
    private Access access;
    private ECKey terminalKey;

    @BeforeEach
    void wire() throws Exception {
        vertx = Vertx.vertx();
        secrets = Secrets.open(data.resolve("keys"));
        access = newAccess(SecondFactorPolicy.OPTIONAL);
        clock.advance(Duration.ofSeconds(1));
        logins.put(
                "anna", new OperatorLogins.OperatorLogin(7, access.passwords().hash(PASSWORD), null));
        core.operators.put(7L, new CoreAccess.OperatorAccess(true, 7, 70, 3, 4 | 8, 0));
        terminalKey = new ECKeyGenerator(Curve.P_256).generate();
        core.terminals.put(
                5L,
                new CoreAccess.TerminalAccess(
                        true,
                        5,
                        3,
                        TerminalKey.ofJwk(terminalKey.toPublicJWK().toJSONObject())
                                .toPoint()));
    }

    private Access newAccess(SecondFactorPolicy policy) {
        return new Access(
                vertx,
                secrets,
                TokenSettings.defaults(),
                GuessLimits.defaults(),
                clock,
                clock::nanos,
                () -> Instant.ofEpochMilli(wallClockMs.get()),
                policy,
                core,
                new Office());
    }

    /** The office's table of logins, in memory. */
    private final class Office implements OperatorLogins {
        @Override
        public Future<Optional<OperatorLogin>> findActive(String username) {
            return officeAway
                    ? Future.failedFuture(new Refusal(RefusalCode.OFFICE_UNAVAILABLE))
                    : Future.succeededFuture(Optional.ofNullable(logins.get(username.toLowerCase(Locale.ROOT))));
        }

        @Override
        public Future<Boolean> keepUsed(long operatorId, SecondFactors.Stored before, SecondFactors.Stored used) {
            OperatorLogin login = logins.get("anna");
            boolean isAsBefore = before.equals(login.secondFactor());
            if (isAsBefore) {
                logins.put("anna", new OperatorLogin(operatorId, login.passwordHash(), used));
            }
            return Future.succeededFuture(isAsBefore);
        }

        @Override
        public Future<Boolean> recover(long operatorId, String recoveryCode, Buffer unknown) {
            OperatorLogin login = logins.get("anna");
            boolean isGood = recoveryCodes.remove(recoveryCode);
            if (isGood) {
                logins.put(
                        "anna",
                        new OperatorLogin(operatorId, login.passwordHash(), new SecondFactors.Stored(unknown, 0)));
            }
            return Future.succeededFuture(isGood);
        }
    }

    @AfterEach
    void close() {
        access.close();
        get(vertx.close());
    }

    @Test
    void shouldGiveAnOperatorTheRolesOfTheCore() {
        IssuedToken issued = get(access.operators().token("Anna", PASSWORD, null, HOST));
        assertThat(issued.principal().roles()).isEqualTo(Set.of(OperatorRole.SOCIAL, OperatorRole.TREASURER));
        assertThat(issued.principal().circuitId()).isEqualTo(3);
        assertThat(get(access.verifier().verify(issued.token()))).isEqualTo(issued.principal());
    }

    @Test
    void shouldAnswerAnUnknownUserLikeAWrongPassword() {
        assertThat(refusal(access.operators().token("anna", "wrong", null, HOST)))
                .isEqualTo(RefusalCode.INVALID_CREDENTIALS);
        assertThat(refusal(access.operators().token("nobody", PASSWORD, null, HOST)))
                .isEqualTo(RefusalCode.INVALID_CREDENTIALS);
    }

    @Test
    void shouldGiveWhoHasARecoveryCodeATokenForEnrollingOnly() {
        recoveryCodes.add("K7QM-2XRD-9F0H-T3WA");
        IssuedToken before = get(access.operators().token("anna", PASSWORD, null, HOST));
        clock.advance(Duration.ofSeconds(2));

        assertThat(refusal(access.operators().recover("anna", "wrong", "K7QM-2XRD-9F0H-T3WA", HOST)))
                .isEqualTo(RefusalCode.INVALID_CREDENTIALS);
        assertThat(refusal(access.operators().recover("anna", PASSWORD, "0000-0000-0000-0000", HOST)))
                .isEqualTo(RefusalCode.SECOND_FACTOR_WRONG);
        IssuedToken issued = get(access.operators().recover("anna", PASSWORD, "K7QM-2XRD-9F0H-T3WA", HOST));

        assertThat(issued.principal().mayOnlyEnrol()).isTrue();
        assertThat(refusal(access.operators().recover("anna", PASSWORD, "K7QM-2XRD-9F0H-T3WA", HOST)))
                .isEqualTo(RefusalCode.SECOND_FACTOR_WRONG);
        assertThat(refusal(access.verifier().verify(before.token()))).isEqualTo(RefusalCode.INVALID_TOKEN);
        assertThat(refusal(access.operators().token("anna", PASSWORD, null, HOST)))
                .as("the password alone is not enough, though no device counts")
                .isEqualTo(RefusalCode.SECOND_FACTOR_NEEDED);
    }

    @Test
    void shouldThrottleGuessesOfRecoveryCodes() {
        for (int i = 0; i < 10; i++) {
            assertThat(refusal(access.operators().recover("anna", PASSWORD, "0000-0000-0000-000" + i, HOST)))
                    .isEqualTo(RefusalCode.SECOND_FACTOR_WRONG);
        }
        assertThat(refusal(access.operators().recover("anna", PASSWORD, "0000-0000-0000-0000", HOST)))
                .isEqualTo(RefusalCode.TOO_MANY_ATTEMPTS);
    }

    @Test
    void shouldEndATokenWithTheFirstOfItsRoles() {
        core.operators.put(7L, new CoreAccess.OperatorAccess(true, 7, 70, 3, 4 | 8, clock.nowMs() + 30_000));
        IssuedToken issued = get(access.operators().token("anna", PASSWORD, null, HOST));

        clock.advance(Duration.ofSeconds(31));

        assertThat(refusal(access.verifier().verify(issued.token()))).isEqualTo(RefusalCode.TOKEN_EXPIRED);
    }

    @Test
    void shouldRefuseAnOperatorWithoutARoleInForce() {
        core.operators.put(7L, new CoreAccess.OperatorAccess(true, 7, 70, 3, 0, 0));
        assertThat(refusal(access.operators().token("anna", PASSWORD, null, HOST)))
                .isEqualTo(RefusalCode.ROLE_NOT_EFFECTIVE);
        core.operators.clear();
        assertThat(refusal(access.operators().token("anna", PASSWORD, null, HOST)))
                .isEqualTo(RefusalCode.ROLE_NOT_EFFECTIVE);
    }

    @Test
    void shouldNotCountAttemptsWhileTheOfficeIsAway() {
        officeAway = true;
        for (int i = 0; i < 50; i++) {
            assertThat(refusal(access.operators().token("anna", PASSWORD, null, HOST)))
                    .isEqualTo(RefusalCode.OFFICE_UNAVAILABLE);
        }
        officeAway = false;
        get(access.operators().token("anna", PASSWORD, null, HOST));
    }

    @Test
    void shouldThrottleGuesses() {
        for (int i = 0; i < 10; i++) {
            assertThat(refusal(access.operators().token("anna", "guess " + i, null, HOST)))
                    .isEqualTo(RefusalCode.INVALID_CREDENTIALS);
        }
        Throwable refused = failure(access.operators().token("anna", PASSWORD, null, HOST));
        assertThat(((Refusal) refused).code()).isEqualTo(RefusalCode.TOO_MANY_ATTEMPTS);
        assertThat(((Refusal) refused).retryAfterMs()).isPositive();
    }

    /** Gives anna a second factor; returns what makes its codes. */
    private IntFunction<String> enrolAnna() {
        byte[] secret = access.secondFactors().newSecret();
        logins.computeIfPresent(
                "anna",
                (name, login) -> new OperatorLogins.OperatorLogin(
                        7,
                        login.passwordHash(),
                        new SecondFactors.Stored(access.secondFactors().seal(secret, 7), 0)));
        Totp totp = new Totp(() -> Instant.ofEpochMilli(wallClockMs.get()));
        return stepsFromNow -> totp.code(secret, totp.currentStep() + stepsFromNow);
    }

    @Test
    void shouldAskWhoHasASecondFactorForACodeThatIsGoodOnce() {
        IntFunction<String> codes = enrolAnna();
        assertThat(refusal(access.operators().token("anna", PASSWORD, null, HOST)))
                .isEqualTo(RefusalCode.SECOND_FACTOR_NEEDED);
        assertThat(refusal(access.operators().token("anna", "wrong", codes.apply(0), HOST)))
                .as("the password comes first, and a code that was not looked at is not used up")
                .isEqualTo(RefusalCode.INVALID_CREDENTIALS);

        IssuedToken issued = get(access.operators().token("anna", PASSWORD, codes.apply(0), HOST));

        assertThat(issued.principal().roles()).isEqualTo(Set.of(OperatorRole.SOCIAL, OperatorRole.TREASURER));
        assertThat(refusal(access.operators().token("anna", PASSWORD, codes.apply(0), HOST)))
                .as("replayed")
                .isEqualTo(RefusalCode.SECOND_FACTOR_WRONG);
        assertThat(refusal(access.operators().token("anna", PASSWORD, codes.apply(-1), HOST)))
                .isEqualTo(RefusalCode.SECOND_FACTOR_WRONG);
        get(access.operators().token("anna", PASSWORD, codes.apply(1), HOST));
    }

    @Test
    void shouldGiveOneTokenForACodeThatIsSentTwiceAtOnce() {
        String code = enrolAnna().apply(0);
        var first = access.operators().token("anna", PASSWORD, code, HOST);
        var second = access.operators().token("anna", PASSWORD, code, HOST);
        await().until(() -> first.isComplete() && second.isComplete());
        assertThat(first.succeeded()).isNotEqualTo(second.succeeded());
    }

    @Test
    void shouldThrottleGuessedCodesAndNotCountWhoIsAskedForOne() {
        IntFunction<String> codes = enrolAnna();
        for (int i = 0; i < 12; i++) {
            assertThat(refusal(access.operators().token("anna", PASSWORD, null, HOST)))
                    .isEqualTo(RefusalCode.SECOND_FACTOR_NEEDED);
        }
        String wrong = codes.apply(5);
        for (int i = 0; i < 10; i++) {
            assertThat(refusal(access.operators().token("anna", PASSWORD, wrong, HOST)))
                    .isEqualTo(RefusalCode.SECOND_FACTOR_WRONG);
        }
        assertThat(refusal(access.operators().token("anna", PASSWORD, codes.apply(0), HOST)))
                .isEqualTo(RefusalCode.TOO_MANY_ATTEMPTS);
    }

    /** A sandbox whose clock was moved by a year, and a phone that knows nothing of that. */
    @Test
    void shouldReadCodesByTheMachinesClockAndNotByTheInstallations() {
        IntFunction<String> codes = enrolAnna();
        clock.advance(Duration.ofDays(365));
        get(access.operators().token("anna", PASSWORD, codes.apply(0), HOST));
        wallClockMs.addAndGet(Duration.ofSeconds(90).toMillis());
        get(access.operators().token("anna", PASSWORD, codes.apply(0), HOST));
    }

    @Test
    void shouldLetWhoHasNoSecondFactorOnlyEnrolOneWhereItIsRequired() {
        access.close();
        access = newAccess(SecondFactorPolicy.REQUIRED);
        IssuedToken limited = get(access.operators().token("anna", PASSWORD, null, HOST));
        assertThat(limited.principal().roles()).isEmpty();
        assertThat(get(access.verifier().verify(limited.token())).mayOnlyEnrol())
                .isTrue();

        IntFunction<String> codes = enrolAnna();
        IssuedToken full = get(access.operators().token("anna", PASSWORD, codes.apply(0), HOST));
        assertThat(get(access.verifier().verify(full.token())).mayOnlyEnrol()).isFalse();
        assertThat(full.principal().roles()).isEqualTo(Set.of(OperatorRole.SOCIAL, OperatorRole.TREASURER));
    }

    @Test
    void shouldKeepTerminalsAndHoldersGoingWithoutTheOffice() throws Exception {
        officeAway = true;
        core.proof = new CoreAccess.CardProof(ResultCode.OK, 9, 40, 3, 3);
        for (int i = 0; i < 4; i++) {
            IssuedToken terminal =
                    get(access.terminals().token(assertion(claims -> claims))).issued();
            IssuedToken holder = get(access.holders().token(3, CARD, pin("48213"), HOST));
            assertThat(get(access.verifier().verify(terminal.token())).id()).isEqualTo(5);
            assertThat(get(access.verifier().verify(holder.token())).walletId()).isEqualTo(40);
            clock.advance(Duration.ofMinutes(15));
        }
    }

    @Test
    void shouldTakeAnAssertionOnce() throws Exception {
        String assertion = assertion(claims -> claims);
        get(access.terminals().token(assertion));
        assertThat(refusal(access.terminals().token(assertion))).isEqualTo(RefusalCode.INVALID_ASSERTION);
        get(access.terminals().token(assertion(claims -> claims)));
    }

    @Test
    void shouldRefuseAnAssertionThatIsNotInOrder() throws Exception {
        long nowMs = clock.nowMs();
        Map<String, UnaryOperator<JWTClaimsSet.Builder>> faults = Map.of(
                "another issuer", claims -> claims.issuer("trm_6"),
                "an unknown terminal", claims -> claims.issuer("trm_6").subject("trm_6"),
                "no terminal", claims -> claims.issuer("opr_5").subject("opr_5"),
                "another audience", claims -> claims.audience("elsewhere"),
                "no id", claims -> claims.jwtID(null),
                "expired", claims -> claims.expirationTime(JwtTime.of(nowMs - 1_000)),
                "no expiry", claims -> claims.expirationTime(null),
                "too long", claims -> claims.expirationTime(JwtTime.of(nowMs + 62_000)),
                "of the future", claims -> claims.issueTime(JwtTime.of(nowMs + 20_000)),
                "of an earlier process", claims -> claims.issueTime(JwtTime.of(nowMs - 5_000)));
        for (Map.Entry<String, UnaryOperator<JWTClaimsSet.Builder>> fault : faults.entrySet()) {
            assertThat(refusal(access.terminals().token(assertion(fault.getValue()))))
                    .as(fault.getKey())
                    .isEqualTo(RefusalCode.INVALID_ASSERTION);
        }
        assertThat(refusal(access.terminals().token("junk"))).isEqualTo(RefusalCode.INVALID_ASSERTION);
        assertThat(refusal(access.terminals().token("x".repeat(4_000)))).isEqualTo(RefusalCode.INVALID_ASSERTION);
    }

    @Test
    void shouldRefuseAnotherKeyAndARevokedTerminal() throws Exception {
        ECKey own = terminalKey;
        terminalKey = new ECKeyGenerator(Curve.P_256).generate();
        assertThat(refusal(access.terminals().token(assertion(claims -> claims))))
                .isEqualTo(RefusalCode.INVALID_ASSERTION);
        terminalKey = own;
        core.terminals.clear();
        assertThat(refusal(access.terminals().token(assertion(claims -> claims))))
                .isEqualTo(RefusalCode.INVALID_ASSERTION);
    }

    @Test
    void shouldAgreeOnASessionKeyWithTheTerminal() throws Exception {
        TerminalGrant.TerminalToken token = get(access.terminals().token(assertion(claims -> claims)));
        Principal principal = token.issued().principal();
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(terminalKey.toECPrivateKey());
        agreement.doPhase(ECKey.parse(token.serverPublicKey()).toECPublicKey(), true);
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(SHA256Digest.newInstance());
        hkdf.init(new HKDFParameters(
                agreement.generateSecret(), utf8(token.sessionId()), utf8("socialies terminal session 1")));
        byte[] key = new byte[32];
        hkdf.generateBytes(key, 0, key.length);
        byte[] mac = new KeyedHash(new SecretKeySpec(key, "HmacSHA256")).bytes(utf8("POST\n"), utf8("body"));

        access.sessions().requireMac(principal, mac, utf8("POST\nbody"));
        assertThat(refusal(() -> access.sessions().requireMac(principal, mac, utf8("POST\nBody"))))
                .isEqualTo(RefusalCode.MAC_INVALID);
        assertThat(refusal(() -> access.sessions().requireMac(principal, new byte[0], utf8("POST\nbody"))))
                .isEqualTo(RefusalCode.MAC_INVALID);
        clock.advance(Duration.ofMinutes(15));
        assertThat(refusal(() -> access.sessions().requireMac(principal, mac, utf8("POST\nbody"))))
                .isEqualTo(RefusalCode.SESSION_UNKNOWN);
        assertThat(token.serverPublicKey()).doesNotContainKey("d");
    }

    @Test
    void shouldRefuseKeysThatAreNotPublicPointsOnTheCurve() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_384).generate();
        Map<String, Object> offCurve = new HashMap<>(terminalKey.toPublicJWK().toJSONObject());
        offCurve.put("x", offCurve.get("y"));
        assertThat(refusal(() -> TerminalKey.ofJwk(terminalKey.toJSONObject())))
                .isEqualTo(RefusalCode.PUBLIC_KEY_INVALID);
        assertThat(refusal(() -> TerminalKey.ofJwk(other.toPublicJWK().toJSONObject())))
                .isEqualTo(RefusalCode.PUBLIC_KEY_INVALID);
        assertThat(refusal(() -> TerminalKey.ofJwk(offCurve))).isEqualTo(RefusalCode.PUBLIC_KEY_INVALID);
        assertThat(refusal(() -> TerminalKey.ofJwk(Map.of()))).isEqualTo(RefusalCode.PUBLIC_KEY_INVALID);
        assertThat(refusal(() -> TerminalKey.ofPoint(new byte[64]))).isEqualTo(RefusalCode.PUBLIC_KEY_INVALID);
        assertThat(refusal(() -> TerminalKey.ofPoint(new byte[63]))).isEqualTo(RefusalCode.PUBLIC_KEY_INVALID);
    }

    @Test
    void shouldPassOnWhatTheCoreSaysOfACard() {
        core.proof = new CoreAccess.CardProof(ResultCode.PIN_WRONG, 0, 0, 0, 2);
        Throwable refused = failure(access.holders().token(3, CARD, pin("48213"), HOST));
        assertThat(refused).isInstanceOf(CoreRefusal.class);
        assertThat(((CoreRefusal) refused).code()).isEqualTo(ResultCode.PIN_WRONG);
        assertThat(((CoreRefusal) refused).triesLeft()).isEqualTo(2);
        core.lastVerifier = null;
        assertThat(refusal(access.holders().token(3, CARD, pin("48x13"), HOST))).isEqualTo(RefusalCode.PIN_NOT_DIGITS);
        assertThat(core.lastVerifier).as("a malformed PIN costs no try").isNull();
    }

    private String assertion(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer("trm_5")
                .subject("trm_5")
                .audience(TokenSettings.ISSUER)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(JwtTime.of(clock.nowMs()))
                .expirationTime(JwtTime.of(clock.nowMs() + 60_000));
        SignedJWT jwt = new SignedJWT(
                new JWSHeader(JWSAlgorithm.ES256), change.apply(claims).build());
        jwt.sign(new ECDSASigner(terminalKey));
        return jwt.serialize();
    }

    private static byte[] pin(String digits) {
        return digits.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

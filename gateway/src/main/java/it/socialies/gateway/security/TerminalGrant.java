// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import it.socialies.gateway.api.Ids;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token for a terminal that signs an assertion with its enrolled key (RFC 7523 section 3): a JWT under ES256 with {@code iss} = {@code
 * sub} = {@code trm_…}, {@code aud} = our issuer name, {@code jti}, {@code iat} and {@code exp} at most 60 s later, used once. Needs the
 * core and nothing else. Whatever is wrong with an assertion, the answer is the same.
 */
public final class TerminalGrant {
    private static final int ASSERTION_LENGTH_MAX = 2_048;
    private static final int TOKEN_ID_LENGTH_MAX = 100;
    private static final long LIFE_MAX_MS = 60_000;

    /** A terminal takes its time from {@code GET /status}; the way back and whole seconds blur it. */
    private static final long SKEW_MAX_MS = 10_000;

    private static final int USED_ASSERTIONS_MAX = 100_000;
    private static final int TERMINALS_MAX = 50_000;

    private final TokenSettings settings;
    private final InstallationClock clock;
    private final CoreAccess core;
    private final TokenIssuer issuer;
    private final TerminalSessions sessions;
    private final BoundedWorker signatures;
    private final ReplayGuard replays = new ReplayGuard(USED_ASSERTIONS_MAX);
    private final RateLimiter perTerminal;
    private final long startedMs;

    TerminalGrant(
            TokenSettings settings,
            InstallationClock clock,
            LongSupplier nanoClock,
            CoreAccess core,
            TokenIssuer issuer,
            TerminalSessions sessions,
            BoundedWorker signatures) {
        this.settings = settings;
        this.clock = clock;
        this.core = core;
        this.issuer = issuer;
        this.sessions = sessions;
        this.signatures = signatures;
        // A sandbox ages tokens with its clock, so a terminal may need many in a minute.
        perTerminal = new RateLimiter(120, Duration.ofMinutes(1), TERMINALS_MAX, nanoClock);
        // Which assertions an earlier process saw is not known: none of its time is taken.
        startedMs = wholeSeconds(clock.nowMs());
    }

    /** Fails with {@code INVALID_ASSERTION}, {@code TOO_MANY_ATTEMPTS} or {@code BUSY}. */
    public Future<TerminalToken> token(String assertion) {
        Candidate candidate;
        try {
            candidate = candidate(assertion);
        } catch (ParseException | RuntimeException e) {
            // Nobody has signed this yet: whatever it does to a parser, the answer is the same.
            return refused();
        }
        return core.terminal(candidate.terminalId()).compose(terminal -> {
            if (!terminal.enrolled()) {
                return refused();
            }
            TerminalKey key = TerminalKey.ofPoint(terminal.publicKey());
            return signatures
                    .run(() -> prove(candidate, key))
                    .compose(proved -> issuer.toTerminal(terminal.terminalId(), terminal.circuitId()))
                    .compose(issued -> signatures.run(() -> open(issued, key)));
        });
    }

    /** Everything but the signature. */
    private Candidate candidate(String assertion) throws ParseException {
        if (assertion.length() > ASSERTION_LENGTH_MAX) {
            throw new Refusal(RefusalCode.INVALID_ASSERTION);
        }
        SignedJWT jwt = SignedJWT.parse(assertion);
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        String subject = claims.getSubject();
        String tokenId = claims.getJWTID();
        long issuedMs = JwtTime.ms(claims.getIssueTime());
        long expiresMs = JwtTime.ms(claims.getExpirationTime());
        long nowMs = clock.nowMs();
        long terminalId = subject == null ? Ids.INVALID : Ids.TERMINAL.read(subject);
        if (!JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
                || subject == null
                || terminalId <= 0
                || !subject.equals(claims.getIssuer())
                || !claims.getAudience().contains(settings.issuer())
                || tokenId == null
                || tokenId.isEmpty()
                || tokenId.length() > TOKEN_ID_LENGTH_MAX
                || issuedMs < startedMs
                || issuedMs > nowMs + SKEW_MAX_MS
                || expiresMs <= nowMs
                || expiresMs - issuedMs > LIFE_MAX_MS) {
            throw new Refusal(RefusalCode.INVALID_ASSERTION);
        }
        return new Candidate(jwt, terminalId, subject, tokenId, expiresMs);
    }

    private boolean prove(Candidate candidate, TerminalKey key) throws JOSEException {
        if (!candidate.jwt().verify(new ECDSAVerifier(key.toPublicKey()))) {
            throw new Refusal(RefusalCode.INVALID_ASSERTION);
        }
        RateLimiter.Decision decision = perTerminal.take(candidate.subject());
        if (!decision.allowed()) {
            throw new Refusal(RefusalCode.TOO_MANY_ATTEMPTS, decision.retryAfterMs());
        }
        if (!replays.isFirst(candidate.subject(), candidate.tokenId(), candidate.expiresMs(), clock.nowMs())) {
            throw new Refusal(RefusalCode.INVALID_ASSERTION);
        }
        return true;
    }

    private TerminalToken open(IssuedToken issued, TerminalKey key) throws Exception {
        return new TerminalToken(issued, issued.principal().tokenId(), sessions.open(issued.principal(), key));
    }

    private static long wholeSeconds(long ms) {
        return Math.floorDiv(ms, 1_000) * 1_000;
    }

    private static <T> Future<T> refused() {
        return Future.failedFuture(new Refusal(RefusalCode.INVALID_ASSERTION));
    }

    /**
     * @param sessionId names the session, and salts its key
     * @param serverPublicKey our half of the key agreement, a JWK
     */
    public record TerminalToken(IssuedToken issued, String sessionId, Map<String, Object> serverPublicKey) {}

    private record Candidate(SignedJWT jwt, long terminalId, String subject, String tokenId, long expiresMs) {}
}

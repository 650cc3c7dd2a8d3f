// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.Ids;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns a bearer token into its {@link Principal}. A signature costs half a millisecond, so verified tokens are remembered: bounded in
 * number, until they expire by the installation's clock or are revoked, under the SHA-256 of the token so that the memory holds no
 * bearer token. Misses are verified on a worker, each token once however many requests bring it. Only ES256 under a published key, only
 * our type, issuer and audience (RFC 8725 3.1, 3.8, 3.9, 3.11). May be called from any thread.
 */
public final class TokenVerifier {
    private static final int TOKEN_LENGTH_MAX = 2_048;

    private final Vertx vertx;
    private final TokenSettings settings;
    private final TokenKeys keys;
    private final InstallationClock clock;
    private final Revocations revocations;
    private final BoundedWorker signatures;
    private final Cache<Digest256, Principal> verified;

    /** Verifications under way; as bounded as the worker's queue. */
    private final Map<Digest256, CompletableFuture<Principal>> pending = new ConcurrentHashMap<>();

    public TokenVerifier(
            Vertx vertx,
            TokenSettings settings,
            TokenKeys keys,
            InstallationClock clock,
            Revocations revocations,
            BoundedWorker signatures) {
        this.vertx = vertx;
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        this.revocations = revocations;
        this.signatures = signatures;
        verified = Caffeine.newBuilder()
                .maximumSize(settings.verifiedTokensMax())
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.nowMs()))
                .expireAfter(Expiry.<Digest256, Principal>creating(
                        (key, principal) -> Duration.ofMillis(Math.max(0, principal.expiresMs() - clock.nowMs()))))
                .executor(Runnable::run)
                .build();
    }

    /**
     * Verifies a token as it came after {@code Bearer}. The future fails with {@link RefusalCode#INVALID_TOKEN}, {@link
     * RefusalCode#TOKEN_EXPIRED} (401 both) or {@link RefusalCode#BUSY} (503), and completes at once when the token is remembered.
     */
    public Future<Principal> verify(String token) {
        if (token.length() > TOKEN_LENGTH_MAX) {
            return Future.failedFuture(new Refusal(RefusalCode.INVALID_TOKEN));
        }
        Digest256 key = Digest256.sha256(token.getBytes(StandardCharsets.UTF_8));
        Principal known = verified.getIfPresent(key);
        if (known != null) {
            return current(known);
        }
        Candidate candidate;
        try {
            candidate = candidate(token);
        } catch (Refusal e) {
            return Future.failedFuture(e);
        }
        return Future.fromCompletionStage(verification(key, candidate), vertx.getOrCreateContext())
                .compose(this::current);
    }

    /** The verification under way for a token, or a new one. */
    private CompletableFuture<Principal> verification(Digest256 key, Candidate candidate) {
        CompletableFuture<Principal> fresh = new CompletableFuture<>();
        CompletableFuture<Principal> underWay = pending.putIfAbsent(key, fresh);
        if (underWay != null) {
            return underWay;
        }
        signatures.run(() -> prove(candidate)).onComplete(result -> {
            if (result.succeeded()) {
                verified.put(key, result.result());
                fresh.complete(result.result());
            } else {
                fresh.completeExceptionally(result.cause());
            }
            pending.remove(key);
        });
        return fresh;
    }

    /** How many verified tokens are remembered, for the metrics. */
    public long rememberedCount() {
        return verified.estimatedSize();
    }

    private Future<Principal> current(Principal principal) {
        if (clock.nowMs() >= principal.expiresMs()) {
            return Future.failedFuture(new Refusal(RefusalCode.TOKEN_EXPIRED));
        }
        if (revocations.isRevoked(principal)) {
            return Future.failedFuture(new Refusal(RefusalCode.INVALID_TOKEN));
        }
        return Future.succeededFuture(principal);
    }

    /** Everything but the signature: cheap, so that junk never reaches the worker. */
    private Candidate candidate(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWSHeader header = jwt.getHeader();
            String keyId = header.getKeyID();
            ECDSAVerifier verifier = keyId == null ? null : keys.verifier(keyId);
            if (verifier == null
                    || !JWSAlgorithm.ES256.equals(header.getAlgorithm())
                    || !TokenIssuer.TYPE.equals(header.getType())) {
                throw new Refusal(RefusalCode.INVALID_TOKEN);
            }
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!settings.issuer().equals(claims.getIssuer())
                    || !claims.getAudience().contains(settings.audience())) {
                throw new Refusal(RefusalCode.INVALID_TOKEN);
            }
            return new Candidate(jwt, verifier, principal(claims));
        } catch (ParseException | RuntimeException e) {
            // Nobody has signed this yet: whatever it does to a parser, the answer is the same.
            throw new Refusal(RefusalCode.INVALID_TOKEN);
        }
    }

    private static Principal prove(Candidate candidate) throws JOSEException {
        if (!candidate.jwt().verify(candidate.verifier())) {
            throw new Refusal(RefusalCode.INVALID_TOKEN);
        }
        return candidate.principal();
    }

    private static Principal principal(JWTClaimsSet claims) throws ParseException {
        String subject = required(claims.getSubject());
        List<String> roleClaims = required(claims.getStringListClaim(TokenIssuer.ROLE));
        PrincipalKind kind = kindOf(roleClaims);
        long id = number(Principal.idsOf(kind), subject);
        long circuitId = number(Ids.CIRCUIT, required(claims.getStringClaim(TokenIssuer.CIRCUIT)));
        long walletId = kind == PrincipalKind.HOLDER
                ? number(Ids.WALLET, required(claims.getStringClaim(TokenIssuer.WALLET)))
                : 0;
        return new Principal(
                kind,
                id,
                Math.toIntExact(circuitId),
                kind == PrincipalKind.OPERATOR ? operatorRoles(roleClaims) : Set.of(),
                walletId,
                required(claims.getJWTID()),
                JwtTime.ms(required(claims.getIssueTime())),
                JwtTime.ms(required(claims.getExpirationTime())));
    }

    private static PrincipalKind kindOf(List<String> roleClaims) {
        if (roleClaims.contains(TokenIssuer.TERMINAL_ROLE)) {
            return PrincipalKind.TERMINAL;
        }
        return roleClaims.contains(TokenIssuer.HOLDER_ROLE) ? PrincipalKind.HOLDER : PrincipalKind.OPERATOR;
    }

    private static Set<OperatorRole> operatorRoles(List<String> roleClaims) {
        Set<OperatorRole> roles = EnumSet.noneOf(OperatorRole.class);
        for (String claim : roleClaims) {
            OperatorRole role = OperatorRole.ofClaim(claim);
            if (role != null) {
                roles.add(role);
            }
        }
        return roles;
    }

    private static long number(Ids ids, String text) throws ParseException {
        long number = ids.read(text);
        if (number == Ids.INVALID) {
            throw new ParseException("not an identifier", 0);
        }
        return number;
    }

    private static <T> T required(@Nullable T claim) throws ParseException {
        if (claim == null) {
            throw new ParseException("a claim is missing", 0);
        }
        return claim;
    }

    private record Candidate(SignedJWT jwt, ECDSAVerifier verifier, Principal principal) {}
}

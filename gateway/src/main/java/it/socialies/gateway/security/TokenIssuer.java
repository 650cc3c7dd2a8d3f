// SPDX-License-Identifier: EUPL-1.2
package it.socialies.gateway.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import it.socialies.engine.protocol.sbe.PrincipalKind;
import it.socialies.gateway.api.Ids;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Writes access tokens in the form of RFC 9068 ({@code typ: at+jwt}; {@code iss, aud, sub, role, circuit, jti, iat, exp}), signed on a
 * worker. Only the grants call it, after they have proved who asks. May be called from any thread.
 */
final class TokenIssuer {
    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");
    static final String ROLE = "role";
    static final String CIRCUIT = "circuit";
    static final String WALLET = "wallet";
    static final String TERMINAL_ROLE = "merchant-terminal";
    static final String HOLDER_ROLE = "holder";

    /** No role: good for enrolling a second factor. */
    private static final String ENROLLING = "operator:enrolling";

    private final TokenSettings settings;
    private final TokenKeys keys;
    private final InstallationClock clock;
    private final Revocations revocations;
    private final BoundedWorker signatures;

    TokenIssuer(
            TokenSettings settings,
            TokenKeys keys,
            InstallationClock clock,
            Revocations revocations,
            BoundedWorker signatures) {
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        this.revocations = revocations;
        this.signatures = signatures;
    }

    /** @param rolesUntilMs when the first of the roles ends: the token, which says it has them, lives no longer; 0 when none ends */
    Future<IssuedToken> toOperator(long operatorId, int circuitId, Set<OperatorRole> roles, long rolesUntilMs) {
        long leftMs = rolesUntilMs == 0 ? Long.MAX_VALUE : Math.max(0, rolesUntilMs - clock.nowMs());
        return issue(
                PrincipalKind.OPERATOR, operatorId, circuitId, roles, 0, Math.min(settings.operatorLifeMs(), leftMs));
    }

    Future<IssuedToken> toEnrollingOperator(long operatorId, int circuitId) {
        return issue(PrincipalKind.OPERATOR, operatorId, circuitId, Set.of(), 0, settings.operatorLifeMs());
    }

    Future<IssuedToken> toTerminal(long terminalId, int circuitId) {
        return issue(PrincipalKind.TERMINAL, terminalId, circuitId, Set.of(), 0, settings.terminalLifeMs());
    }

    Future<IssuedToken> toHolder(long cardId, int circuitId, long walletId) {
        return issue(PrincipalKind.HOLDER, cardId, circuitId, Set.of(), walletId, settings.holderLifeMs());
    }

    private Future<IssuedToken> issue(
            PrincipalKind kind, long id, int circuitId, Set<OperatorRole> roles, long walletId, long lifeMs) {
        // Claims are whole seconds (RFC 7519 NumericDate).
        String subject = Principal.idsOf(kind).format(id);
        long issuedMs = Math.max(Math.floorDiv(clock.nowMs(), 1_000) * 1_000, revocations.earliestIssueMs(subject));
        // A random UUID comes from SecureRandom and is only a name.
        Principal principal = new Principal(
                kind, id, circuitId, roles, walletId, UUID.randomUUID().toString(), issuedMs, issuedMs + lifeMs);
        return signatures.run(() -> new IssuedToken(sign(principal), principal));
    }

    private String sign(Principal principal) throws JOSEException {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(settings.issuer())
                .audience(settings.audience())
                .subject(principal.subject())
                .claim(ROLE, roleClaims(principal))
                .claim(CIRCUIT, Ids.CIRCUIT.format(principal.circuitId()))
                .jwtID(principal.tokenId())
                .issueTime(JwtTime.of(principal.issuedMs()))
                .expirationTime(JwtTime.of(principal.expiresMs()));
        if (principal.kind() == PrincipalKind.HOLDER) {
            claims.claim(WALLET, Ids.WALLET.format(principal.walletId()));
        }
        TokenKeys.Signer signer = keys.signer(principal.issuedMs());
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TYPE)
                .keyID(signer.keyId())
                .build();
        SignedJWT token = new SignedJWT(header, claims.build());
        token.sign(signer.signer());
        return token.serialize();
    }

    private static List<String> roleClaims(Principal principal) {
        if (principal.mayOnlyEnrol()) {
            return List.of(ENROLLING);
        }
        return switch (principal.kind()) {
            case TERMINAL -> List.of(TERMINAL_ROLE);
            case HOLDER -> List.of(HOLDER_ROLE);
            default ->
                principal.roles().stream().map(OperatorRole::claim).sorted().toList();
        };
    }
}
